import { z } from 'zod'
import { columnsFromBytes, columnsToBytes, COLUMN_CACHE_VERSION, type ColumnCacheHeader } from '#shared/project-format/column-cache.ts'
import { CONTEXT_CACHE_VERSION, surroundingsFromBytes, surroundingsToBytes, type ContextCacheHeader, type PackedSurroundings } from '#shared/project-format/context-cache.ts'
import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { Database } from './database.ts'
import { assetFromRow, TWIN_COLUMNS } from './twin-rows.ts'

/** Piece of one column in a row of the cache: SQLite reads and writes blobs of this size without fuss. */
const CHUNK_BYTES = 8 << 20

const headerSchema: z.ZodType<ColumnCacheHeader> = z.strictObject({
  version: z.number(), label: z.string(), origin: z.tuple([z.number(), z.number(), z.number()]), count: z.int().min(0), owners: z.array(z.string()),
})

const contextHeaderSchema: z.ZodType<ContextCacheHeader> = z.strictObject({ version: z.number(), label: z.string(), nodes: z.int().min(0), features: z.int().min(0) })

/** Names in the table: the columns plain, what surrounds them under a prefix. */
const PREFIX = { columns: '', context: 'context/' } as const
type CacheName = keyof typeof PREFIX
const WHERE: Readonly<Record<CacheName, string>> = { columns: "name NOT LIKE 'context/%'", context: "name LIKE 'context/%'" }

/** Replaces the cache. Inside the caller's transaction. @param label of the tables the columns were built from. */
export function writeColumnCache(db: Database, columns: AssetColumns, label: string): void {
  const { origin, count, owners } = columns
  writeCache(db, 'columns', columnsToBytes(columns), { version: COLUMN_CACHE_VERSION, label, origin, count, owners } satisfies ColumnCacheHeader)
}

/** The cached columns, or null where there are none, they are damaged, or they were built from other tables than these. */
export function readColumnCache(db: Database, label: string): AssetColumns | null {
  const header = readHeader(db, 'columns', headerSchema)
  if (header?.version !== COLUMN_CACHE_VERSION || header.label !== label) return null
  const parts = readParts(db, 'columns')
  return parts && columnsFromBytes(header, parts)
}

/** The same for nodes and surface features. */
export function writeContextCache(db: Database, surroundings: PackedSurroundings, label: string): void {
  const { nodes, surfaceFeatures } = surroundings
  const header = { version: CONTEXT_CACHE_VERSION, label, nodes: nodes.nodeType.length, features: surfaceFeatures.featureType.length } satisfies ContextCacheHeader
  writeCache(db, 'context', surroundingsToBytes(surroundings), header)
}

export function readContextCache(db: Database, label: string): PackedSurroundings | null {
  const header = contextHeader(db, label)
  const parts = header && readParts(db, 'context')
  return header && parts && surroundingsFromBytes(header, parts)
}

/** Whether there is one of these tables, without reading it. */
export const hasContextCache = (db: Database, label: string): boolean => contextHeader(db, label) !== null

function contextHeader(db: Database, label: string): ContextCacheHeader | null {
  const header = readHeader(db, 'context', contextHeaderSchema)
  return header?.version === CONTEXT_CACHE_VERSION && header.label === label ? header : null
}

function writeCache(db: Database, cache: CacheName, parts: ReadonlyMap<string, Uint8Array>, header: object): void {
  db.exec(`DELETE FROM underplan_column_cache WHERE ${WHERE[cache]}`)
  const insert = (name: string, chunk: number, data: Uint8Array) => db.run('INSERT INTO underplan_column_cache VALUES (?, ?, ?)', PREFIX[cache] + name, chunk, data)
  for (const [name, bytes] of parts) {
    // An empty column is a row too: what is missing altogether marks a damaged cache.
    for (let from = 0, chunk = 0; chunk === 0 || from < bytes.byteLength; from += CHUNK_BYTES, chunk++) insert(name, chunk, bytes.subarray(from, from + CHUNK_BYTES))
  }
  insert('header', 0, Buffer.from(JSON.stringify(header)))
}

/** The arrays of a cache by name; null where a row is not what it should be. */
function readParts(db: Database, cache: CacheName): ReadonlyMap<string, Uint8Array<ArrayBuffer>> | null {
  const parts = new Map<string, Uint8Array[]>()
  for (const { name, data } of db.iterate(`SELECT name, data FROM underplan_column_cache WHERE ${WHERE[cache]} AND name <> ? ORDER BY name, chunk`, `${PREFIX[cache]}header`)) {
    if (typeof name !== 'string' || !(data instanceof Uint8Array)) return null
    const key = name.slice(PREFIX[cache].length)
    const chunks = parts.get(key)
    if (chunks) chunks.push(data)
    else parts.set(key, [data])
  }
  return new Map([...parts].map(([name, chunks]) => [name, concatenated(chunks)]))
}

function readHeader<T>(db: Database, cache: CacheName, schema: z.ZodType<T>): T | null {
  const data = db.get('SELECT data FROM underplan_column_cache WHERE name = ?', `${PREFIX[cache]}header`)?.['data']
  if (!(data instanceof Uint8Array)) return null
  try {
    return schema.safeParse(JSON.parse(Buffer.from(data).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}

function concatenated(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  // One whole array of its own needs no copy.
  const [only] = chunks
  if (chunks.length === 1 && only!.buffer instanceof ArrayBuffer && only!.byteOffset === 0 && only!.byteLength === only!.buffer.byteLength) return only as Uint8Array<ArrayBuffer>
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
