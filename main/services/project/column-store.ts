import { z } from 'zod'
import { columnsFromBytes, columnsToBytes, COLUMN_CACHE_VERSION, type ColumnCacheHeader } from '#shared/project-format/column-cache.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { Database } from './database.ts'
import { assetFromRow, TWIN_COLUMNS } from './twin-rows.ts'

/** Piece of one column in a row of the cache: SQLite reads and writes blobs of this size without fuss. */
const CHUNK_BYTES = 8 << 20

const headerSchema: z.ZodType<ColumnCacheHeader> = z.strictObject({
  version: z.number(), label: z.string(), origin: z.tuple([z.number(), z.number(), z.number()]), count: z.int().min(0), owners: z.array(z.string()),
})

/** Replaces the cache. Inside the caller's transaction. @param label of the tables the columns were built from. */
export function writeColumnCache(db: Database, columns: AssetColumns, label: string): void {
  db.exec('DELETE FROM underplan_column_cache')
  const insert = (name: string, chunk: number, data: Uint8Array) => db.run('INSERT INTO underplan_column_cache VALUES (?, ?, ?)', name, chunk, data)
  for (const [name, bytes] of columnsToBytes(columns)) {
    // An empty column is a row too: what is missing altogether marks a damaged cache.
    for (let from = 0, chunk = 0; chunk === 0 || from < bytes.byteLength; from += CHUNK_BYTES, chunk++) insert(name, chunk, bytes.subarray(from, from + CHUNK_BYTES))
  }
  const { origin, count, owners } = columns
  insert('header', 0, Buffer.from(JSON.stringify({ version: COLUMN_CACHE_VERSION, label, origin, count, owners } satisfies ColumnCacheHeader)))
}

/** The cached columns, or null where there are none, they are damaged, or they were built from other tables than these. */
export function readColumnCache(db: Database, label: string): AssetColumns | null {
  const header = readHeader(db)
  if (header?.version !== COLUMN_CACHE_VERSION || header.label !== label) return null
  const parts = new Map<string, Uint8Array[]>()
  for (const { name, data } of db.iterate("SELECT name, data FROM underplan_column_cache WHERE name <> 'header' ORDER BY name, chunk")) {
    if (typeof name !== 'string' || !(data instanceof Uint8Array)) return null
    parts.set(name, [...(parts.get(name) ?? []), data])
  }
  return columnsFromBytes(header, new Map([...parts].map(([name, chunks]) => [name, concatenated(chunks)])))
}

function readHeader(db: Database): ColumnCacheHeader | null {
  const data = db.get("SELECT data FROM underplan_column_cache WHERE name = 'header'")?.['data']
  if (!(data instanceof Uint8Array)) return null
  try {
    return headerSchema.safeParse(JSON.parse(Buffer.from(data).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function concatenated(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** The columns from the rows themselves. `unusable` counts rows that another program left without geometry or size. */
export function columnsFromTable(db: Database, origin: Vec3): { columns: AssetColumns; unusable: number } {
  const records: AssetRecord[] = []
  let unusable = 0
  for (const row of db.iterate(`SELECT ${TWIN_COLUMNS.assets.join(', ')} FROM assets ORDER BY fid`)) {
    // Attributes stay in the file.
    const record = assetFromRow({ ...row, attributes: null })
    if (record) records.push(record)
    else unusable++
  }
  return { columns: buildAssetColumns(records, origin), unusable }
}
