import { basename } from 'node:path'
import { z } from 'zod'
import type { IssueSummary } from '#shared/core/issues.ts'
import { issueSummarySchema } from '#shared/contract/shapes.ts'
import { layerMappingSchema, type ImportMapping, type LayerMapping } from '#shared/io/mapping.ts'
import type { Database } from './database.ts'

/** What the project remembers of one import. File names only: no path of anybody's machine gets into a project. */
export interface ImportEntry {
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  readonly crs: string | null
  /** Null for sources that need none. */
  readonly mapping: ImportMapping | null
  readonly issues: readonly IssueSummary[]
}

export interface StoredImport extends ImportEntry {
  readonly id: number
  readonly at: string
  readonly counts: { readonly assets: number; readonly nodes: number; readonly surfaces: number; readonly proposals: number }
}

const fileSchema = z.object({ name: z.string(), sha256: z.string() })
const countsSchema = z.object({ assets: z.int(), nodes: z.int(), surfaces: z.int(), proposals: z.int() })

export function addImport(db: Database, entry: ImportEntry, counts: StoredImport['counts'], at: string): number {
  const files = entry.files.map(({ name, sha256 }) => ({ name: basename(name.replaceAll('\\', '/')), sha256 }))
  return db.run(
    'INSERT INTO imports (at, files_json, crs, mapping_json, issues_json, counts_json) VALUES (?, ?, ?, ?, ?, ?)',
    at, JSON.stringify(files), entry.crs, entry.mapping && JSON.stringify(entry.mapping), JSON.stringify(entry.issues), JSON.stringify(counts),
  ).lastId
}

/** Says how many assets and nodes of a survey were taken. */
export function setImportCounts(db: Database, id: number, taken: number): void {
  const counts: StoredImport['counts'] = { assets: taken, nodes: 0, surfaces: 0, proposals: 0 }
  db.run('UPDATE imports SET counts_json = ? WHERE id = ?', JSON.stringify(counts), id)
}

/** Imports that are in the twin, oldest first. */
export function listImports(db: Database): StoredImport[] {
  return db.all('SELECT * FROM imports WHERE undone_at IS NULL ORDER BY id').map(row => ({
    id: Number(row['id']),
    at: String(row['at']),
    files: z.array(fileSchema).parse(JSON.parse(String(row['files_json']))),
    crs: typeof row['crs'] === 'string' ? row['crs'] : null,
    mapping: typeof row['mapping_json'] === 'string' ? (JSON.parse(row['mapping_json']) as ImportMapping) : null,
    issues: z.array(issueSummarySchema).parse(JSON.parse(String(row['issues_json']))),
    counts: countsSchema.parse(JSON.parse(String(row['counts_json']))),
  }))
}

/** Keeps the mapping made for a layer, for the next source with the same fields. @param signature of those fields. */
export function rememberMapping(db: Database, signature: string, mapping: LayerMapping): void {
  db.run('INSERT INTO mappings (signature, mapping_json) VALUES (?1, ?2) ON CONFLICT (signature) DO UPDATE SET mapping_json = ?2', signature, JSON.stringify(mapping))
}

/** @returns null where none was made, or it is of a form no longer understood. */
export function mappingFor(db: Database, signature: string): LayerMapping | null {
  const text = db.get('SELECT mapping_json FROM mappings WHERE signature = ?', signature)?.['mapping_json']
  return typeof text === 'string' ? (layerMappingSchema.safeParse(JSON.parse(text)).data ?? null) : null
}
