import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { LEAK_RECORDS } from '#shared/hazards/collapse.ts'
import { importMappingSchema } from '#shared/io/mapping.ts'
import type { Attributes } from '#shared/twin/asset.ts'
import { LEVEL_REFERENCES, type LevelReference } from '#shared/twin/kinds.ts'
import type { Database } from './database.ts'
import { attributesOf } from './twin-rows.ts'

/**
 * Attributes that analyses go by: of drains (material, age, condition, leaks, surveyed flow), of water lines that
 * leaked, and of what names the nodes it runs between (`node1`, `node2`: hydraulic models).
 * Equal ones are one object: a million of them would not fit otherwise.
 */
export function attributesForAnalysis(db: Database): Map<string, Attributes> {
  const has = (name: string): string => `instr(attributes, '"${name}"') > 0`
  const rows = db.all(`SELECT asset_id, attributes FROM assets WHERE kind IN ('sewer_foul', 'sewer_storm', 'sewer_combined') OR ${has('node1')} OR (kind IN ('water', 'reclaimed', 'heat') AND (${LEAK_RECORDS.map(has).join(' OR ')})) ORDER BY fid`)
  const parsed = new Map<unknown, Attributes>()
  return new Map(rows.map(row => {
    const text = row['attributes']
    const known = parsed.get(text) ?? attributesOf(text)
    parsed.set(text, known)
    return [String(row['asset_id']), known]
  }))
}

/** @throws CallFailure `not_found`. */
export function assetAttributes(db: Database, assetId: string): CallOutput<'twin.attributes'> {
  const row = db.get('SELECT attributes, import_id FROM assets WHERE asset_id = ?', assetId)
  if (!row) throw new CallFailure<'twin.attributes'>('not_found', { id: assetId })
  const attributes = attributesOf(row['attributes'])
  const source = typeof row['import_id'] === 'number' ? db.get('SELECT files_json, mapping_json FROM imports WHERE id = ?', row['import_id']) : undefined
  const files = source ? (JSON.parse(String(source['files_json'])) as { name: string }[]) : []
  return {
    attributes,
    importedFrom: files.length > 0 ? files.map(file => file.name).join(', ') : null,
    levelReference: LEVEL_REFERENCES.find(reference => reference === attributes['levelReference']) ?? mappedLevelReference(source?.['mapping_json']),
  }
}

/** Further stretches of objects in several parts, by kind: such an object counts once, with its first (cli.md, import). */
export function furtherParts(db: Database): Readonly<Record<string, number>> {
  const rows = db.all(
    `SELECT kind, count(*) AS n FROM assets WHERE attributes LIKE '%"partOf"%' AND CASE WHEN json_valid(attributes) THEN json_extract(attributes, '$.partOf') END IS NOT NULL GROUP BY kind`,
  )
  return Object.fromEntries(rows.map(row => [String(row['kind']), Number(row['n'])]))
}

/** The reference every mapped layer of lines agrees on; null where they differ or nothing was mapped. */
function mappedLevelReference(mappingJson: unknown): LevelReference | null {
  if (typeof mappingJson !== 'string') return null
  const mapping = importMappingSchema.safeParse(JSON.parse(mappingJson))
  const references = new Set(mapping.data?.layers.filter(layer => layer.target === 'assets').map(layer => layer.level.reference))
  return references.size === 1 ? [...references][0]! : null
}
