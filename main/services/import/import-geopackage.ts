import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { JobControl } from '#shared/core/job.ts'
import type { AttributeValue } from '#shared/twin/asset.ts'
import { crsOfWkt } from '#shared/io/crs-wkt.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { IssueLog, SourceRefused } from '#shared/io/issue-log.ts'
import { layersOf } from '#shared/io/source-layers.ts'
import type { ImportLimits, SourceFeature, SourceLayer, SourceReading, WithIssues } from '#shared/io/source.ts'
import { readGeoPackageBlob } from '#shared/io/wkb.ts'

const SQLITE_MAGIC = 'SQLite format 3\0'
const PROGRESS_EVERY = 4096
const MAX_TEXT = 10_000

/** A project is a GeoPackage too: of another project the twin is taken, not its schemes, findings and surroundings as if these were lines. */
const PROJECT_MARK = 'underplan_format'
const TWIN_TABLES: ReadonlySet<string> = new Set(['assets', 'nodes', 'blocks'])

/** True for bytes of an SQLite database, which a GeoPackage is. Read here, not in shared: it needs the database engine. */
export const isSqlite = (bytes: Uint8Array): boolean => new TextDecoder('latin1').decode(bytes.subarray(0, SQLITE_MAGIC.length)) === SQLITE_MAGIC

/**
 * Reads the feature tables of a GeoPackage (OGC 12-128r17). The file is opened read-only and not trusted: no views, no
 * triggers, no functions of its schema are run.
 * @returns as `readSource`; no layers and an error where it is no GeoPackage.
 * @throws CancelledError
 */
export function readGeoPackage(path: string, name: string, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(path, { readOnly: true, defensive: true })
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON')
    return { value: { format: 'geopackage', layers: readLayers(database, name, limits, job, log), grounds: [] }, issues: log.issues }
  } catch (cause) {
    // A database that is cut off or damaged fails in any statement: nothing of it is used.
    const issue = cause instanceof SourceRefused ? cause.issue
      : cause instanceof Error && 'errcode' in cause ? { code: 'schema_invalid' as const, severity: 'error' as const, context: { problem: 'not_a_geopackage', said: cause.message.slice(0, 100) } } : null
    if (!issue) throw cause
    return { value: { format: 'geopackage', layers: [], grounds: [] }, issues: [{ ref: name, ...issue }] }
  } finally {
    database?.close()
  }
}

interface Table {
  readonly name: string
  readonly geometry: string
  /** The table's own row number: the engine's business, an id only where the user's columns give none. */
  readonly key: string | null
  readonly crs: string | null
}

function readLayers(database: DatabaseSync, name: string, limits: ImportLimits, job: JobControl, log: IssueLog): SourceLayer[] {
  const tables = featureTables(database, log)
  const layers: SourceLayer[] = []
  const budget = { features: limits.maxFeatures, vertices: limits.maxVertices }
  for (const table of tables) {
    const features = readFeatures(database, table, budget, limits, job, log)
    for (const layer of layersOf(table.name, features, table.crs)) layers.push(layer)
  }
  if (layers.every(layer => layer.features.length === 0)) log.add('schema_invalid', 'warning', name, { problem: 'no_features' })
  return layers
}

function featureTables(database: DatabaseSync, log: IssueLog): Table[] {
  const has = (table: string) => database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(table) !== undefined
  if (!has('gpkg_contents') || !has('gpkg_geometry_columns')) throw new SourceRefused('schema_invalid', { problem: 'not_a_geopackage' })
  const rows = database.prepare(`SELECT c.table_name AS name, g.column_name AS geometry, s.organization AS organization, s.organization_coordsys_id AS code, s.definition AS definition
    FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
    WHERE c.data_type = 'features' ORDER BY c.table_name LIMIT 500`).all()
  const isProject = has(PROJECT_MARK)
  return rows.flatMap(row => {
    const [table, geometry] = [String(row['name']), String(row['geometry'])]
    if (isProject && !TWIN_TABLES.has(table)) {
      const isEmpty = !has(table) || database.prepare(`SELECT 1 FROM ${quoted(table)} LIMIT 1`).get() === undefined
      if (!isEmpty) log.add('feature_unsupported', 'info', table, { problem: 'not_of_the_twin' })
      return []
    }
    if (!has(table)) {
      log.add('feature_unsupported', 'warning', table, { problem: 'not_a_table' })
      return []
    }
    const said = `EPSG:${String(row['code'])}`
    const isEpsg = String(row['organization']).toUpperCase() === 'EPSG' && lookUpCrs(said) !== null
    const key = database.prepare('SELECT name FROM pragma_table_info(?) WHERE pk = 1').get(table)?.['name']
    return [{ name: table, geometry, key: typeof key === 'string' ? key : null, crs: isEpsg ? said : crsOfWkt(String(row['definition'] ?? '')) }]
  })
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

function readFeatures(database: DatabaseSync, table: Table, budget: { features: number; vertices: number }, limits: ImportLimits, job: JobControl, log: IssueLog): SourceFeature[] {
  const statement = database.prepare(`SELECT * FROM ${quoted(table.name)}`)
  statement.setReadBigInts(true)
  const features: SourceFeature[] = []
  let row = 0
  for (const values of statement.iterate()) {
    row++
    if (row % PROGRESS_EVERY === 0) {
      job.progress(null, 'import:stage.reading')
      job.throwIfCancelled()
    }
    if (--budget.features < 0) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
    const ref = `${table.name}#${row}`
    const blob = values[table.geometry]
    const shapes = blob instanceof Uint8Array ? readGeoPackageBlob(blob) : []
    if (!shapes) {
      log.add('coordinates_invalid', 'error', ref)
      continue
    }
    if (shapes.length === 0) log.add('geometry_null', 'warning', ref)
    for (const shape of shapes) {
      budget.vertices -= shape.parts.reduce((sum, part) => sum + part.length, 0)
      if (budget.vertices < 0) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
      features.push({ id: table.key === null ? null : String(values[table.key]), ref, ...shape, properties: attributesOf(values, table) })
    }
  }
  return features
}

function attributesOf(values: Record<string, SQLOutputValue>, { geometry, key: rowKey }: Table): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]): [string, AttributeValue][] => {
    if (key === geometry || key === rowKey || value instanceof Uint8Array) return []
    const plain = typeof value === 'bigint' ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : typeof value === 'string' ? value.slice(0, MAX_TEXT) : value
    return [[key === '__proto__' ? '_proto_' : key, typeof plain === 'number' && !Number.isFinite(plain) ? null : plain]]
  }))
}
