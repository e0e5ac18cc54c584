import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ImportRefused } from '#main/services/import/import-files.ts'
import { readGeoPackage } from '#main/services/import/import-geopackage.ts'
import { runImportTask, type TrialImport } from '#main/services/import/import-task.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'
import { encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import { temporaryFolder } from '../builders/temporary-folder.ts'
import { cpuMs, expectWhole, importOfReading, MAX_MUTANT_MS } from '../unit/io/mutate.ts'

const MUTANTS = Number(process.env['UNDERPLAN_MUTANTS'] ?? 200)
const SEED = 20_261_127

/** A GeoPackage as a GIS writes it: two pipes, one row without geometry. */
function writePackage(path: string, more: (database: DatabaseSync) => void = () => undefined): string {
  const database = new DatabaseSync(path)
  database.exec(`CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 4545, 'EPSG', 4545, 'undefined');
    INSERT INTO gpkg_contents VALUES ('管线', 'features', 4545);
    INSERT INTO gpkg_geometry_columns VALUES ('管线', 'geom', 'LINESTRING', 4545, 1, 0);
    CREATE TABLE "管线" (fid INTEGER PRIMARY KEY, geom BLOB, 编号 TEXT, 管线种类 TEXT, 管径 REAL, big INTEGER)`)
  const insert = database.prepare('INSERT INTO "管线" VALUES (?, ?, ?, ?, ?, ?)')
  insert.run(1, encodeGeometry('line', [[500000, 3280000, 200], [500100, 3280000, 201]], 4545), 'a', '燃气', 300, 9007199254740993n)
  insert.run(2, encodeGeometry('line', [[500000, 3280010, 200], [500100, 3280010, 201]], 4545), 'b', '给水', 200, 1)
  insert.run(3, null, 'c', '给水', 200, 1)
  more(database)
  database.close()
  return path
}

const importFile = (path: string) => runImportTask({ do: 'import', files: [{ path, mappings: [] }], crs: 'own', ground: null, assetIds: null, withRecords: true }, unattendedJob) as TrialImport

describe('GeoPackage', () => {
  it('reads features with levels, Chinese names and numbers of any size; a row without geometry is told', () => {
    const { records, issues, crs } = importFile(writePackage(join(temporaryFolder(), 'a.gpkg')))
    expect(crs).toBe('EPSG:4545')
    expect(records!.assets.map(asset => [asset.id, asset.kind, asset.axis])).toEqual([
      ['a', 'gas', [[500000, 3280000, 200], [500100, 3280000, 201]]], ['b', 'water', [[500000, 3280010, 200], [500100, 3280010, 201]]],
    ])
    expect(records!.assets[0]!.attributes['big']).toBe('9007199254740993')
    expect(issues.find(issue => issue.code === 'geometry_null')).toMatchObject({ count: 1 })
  })

  it('runs nothing of a file that is not trusted: a view in place of a table is left out, and told', () => {
    const path = writePackage(join(temporaryFolder(), 'v.gpkg'), database => {
      database.exec(`CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n;
        INSERT INTO gpkg_contents VALUES ('endless', 'features', 4545); INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'LINESTRING', 4545, 0, 0)`)
    })
    const { assets, issues } = importFile(path)
    expect(assets.total).toBe(2)
    expect(issues.find(issue => issue.code === 'feature_unsupported')!.example).toContain('endless')
  })

  it('refuses a database that is no GeoPackage', () => {
    const path = join(temporaryFolder(), 'n.gpkg')
    const database = new DatabaseSync(path)
    database.exec('CREATE TABLE t (x)')
    database.close()
    expect(() => importFile(path)).toThrow(ImportRefused)
  })

  it(`${MUTANTS} mutants (bytes, pages, cells of its tables), seed ${SEED}: refused whole, or whole`, { timeout: 60_000 + 50 * MUTANTS }, () => {
    const folder = temporaryFolder()
    const original = writePackage(join(folder, 'o.gpkg'))
    const random = seededRandom(SEED)
    const path = join(folder, 'm.gpkg')
    const started = performance.now()
    let [refused, read, longestMs] = [0, 0, 0]
    for (let n = 0; n < MUTANTS; n++) {
      const where = `mutant ${n} of seed ${SEED}`
      if (random.chance(0.5)) writeFileSync(path, damagedBytes(readFileSync(original), random))
      else {
        copyFileSync(original, path)
        damageCells(path, random)
      }
      const start = cpuMs()
      const reading = readGeoPackage(path, 'm.gpkg', DEFAULT_IMPORT_LIMITS, unattendedJob)
      if (expectWhole(importOfReading(reading), where)) read++
      else refused++
      const tookMs = cpuMs() - start
      expect(tookMs, where).toBeLessThan(MAX_MUTANT_MS)
      longestMs = Math.max(longestMs, tookMs)
    }
    expect(Math.min(refused, read)).toBeGreaterThan(MUTANTS / 20)
    if (process.env['UNDERPLAN_MUTANTS'] !== undefined) process.stdout.write(`GeoPackage: ${MUTANTS} mutants, ${refused} refused, ${read} read, longest ${longestMs.toFixed(0)} ms of processor time, ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  })
})

/** Bytes changed in place, pages exchanged, the end cut off. */
function damagedBytes(bytes: Buffer, random: Random): Buffer {
  const page = 4096
  for (let i = 1 + random.int(20); i > 0; i--) bytes[random.int(bytes.length)] = random.int(256)
  if (random.chance(0.2)) bytes.copy(bytes, page * random.int(bytes.length / page), page * random.int(bytes.length / page), bytes.length)
  return random.chance(0.2) ? bytes.subarray(0, random.int(bytes.length)) : bytes
}

const CELLS: readonly (readonly [table: string, columns: readonly string[]])[] = [
  ['gpkg_spatial_ref_sys', ['srs_id', 'organization', 'organization_coordsys_id', 'definition']], ['gpkg_contents', ['table_name', 'data_type', 'srs_id']],
  ['gpkg_geometry_columns', ['table_name', 'column_name', 'srs_id']], ['"管线"', ['geom', '编号', '管线种类', '管径', 'big']],
]

/** A well-formed database whose tables say strange things: what a careless or hostile program writes. */
function damageCells(path: string, random: Random): void {
  const database = new DatabaseSync(path)
  for (let n = 1 + random.int(4); n > 0; n--) {
    const [table, columns] = random.pick(CELLS)
    const column = random.pick(columns)
    const select = database.prepare(`SELECT rowid AS at, ${column} AS value FROM ${table}`)
    select.setReadBigInts(true)
    const rows = select.all()
    if (rows.length === 0) continue
    const { at, value } = random.pick(rows)
    const blob = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from('GP\0\x01\0\0\0\0\x01\x02\0\0\0\xff\xff\xff\x7f', 'latin1')
    for (let i = 1 + random.int(4); i > 0; i--) blob[random.int(blob.length)] = random.int(256)
    const strange = random.pick([null, '', 'geom', '管线', "'; DROP TABLE gpkg_contents; --", 'sqlite_master', -1, 4326, 1e308, '__proto__', 'x'.repeat(20_000), blob, blob.subarray(0, random.int(blob.length))])
    try {
      database.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(strange, at as bigint)
    } catch {
      // A key that is there already: this mutant stays as it was.
    }
  }
  database.close()
}
