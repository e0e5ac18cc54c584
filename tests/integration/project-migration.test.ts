import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { ProjectFile } from '#main/services/project-file.ts'
import { CancelledError } from '#shared/core/job.ts'
import { migrationPath, type Migration } from '#shared/project-format/migrations.ts'
import { aProposal, aSmallTwin, created, opened } from '#tests/builders/project-fixtures.ts'
import { writeFormat0Project, writeFormat1Project, writeFormat2Project } from '#tests/builders/old-format-projects.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'

/** As versions 0 and 1 wrote it. */
const scenario = { id: 's', name: 'S', description: '', proposals: { X: aProposal('X') } }

/** Tables with their columns, indexes and triggers: what the layout is, whatever the order it came about in. */
function layoutOf(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true })
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").all().map(row => String(row['name']))
  const columns = tables.map(table => [table, db.prepare(`SELECT name, type, "notnull" FROM pragma_table_info('${table}') ORDER BY name`).all()])
  const others = db.prepare("SELECT type, name FROM sqlite_schema WHERE type <> 'table' ORDER BY type, name").all()
  const contents = db.prepare('SELECT table_name, data_type, srs_id FROM gpkg_contents ORDER BY table_name').all()
  db.close()
  return { columns, others, contents }
}

describe('a project of an older format', () => {
  it('of before excavations takes them afterwards, and shows them as features', async () => {
    const path = join(temporaryFolder(), 'week.gpkg')
    writeFormat1Project(path, [scenario])
    const { project, migratedFrom } = await opened(path)
    expect([migratedFrom, project.scenarioDocument('s')]).toEqual([1, { ...scenario, excavations: {}, removals: {} }])
    await project.execute('s', 0, { op: 'excavation.add', excavation: { id: 'E', name: '', shape: { type: 'pit', outline: [[430_000, 4_581_000], [430_010, 4_581_000], [430_010, 4_581_010]] }, bottom: { depthM: 2 }, slopeRatio: 0 } })
    const db = new DatabaseSync(path, { readOnly: true })
    expect(db.prepare('SELECT type, depth_m, (SELECT count(*) FROM rtree_excavations_geom) AS indexed FROM excavations').get()).toEqual({ type: 'pit', depth_m: 2, indexed: 1 })
    expect(db.prepare("SELECT DISTINCT srs_id FROM gpkg_geometry_columns").all()).toEqual([{ srs_id: 25831 }])
    db.close()
  })

  it('of before edits of the twin takes them afterwards; what was imported before stays', async () => {
    const path = join(temporaryFolder(), 'survey.gpkg')
    writeFormat2Project(path)
    const { project, migratedFrom } = await opened(path)
    expect([migratedFrom, project.scenarios().map(({ name, proposals }) => [name, proposals]), project.importsList().length, project.twinEdits()]).toEqual([2, [['方案一', 1]], 1, []])
    const before = project.twinHash
    await expect(project.stepTwin('undo')).rejects.toMatchObject({ code: 'nothing_to_undo' })
    const edit = await project.editTwin({ kind: 'fields', who: '', why: '', detail: {} }, () => [...project.assetRecords([0])].map(asset => ({ table: 'assets', id: asset.id, after: { ...asset, owner: '水务集团' } })))
    expect(edit?.counts).toEqual({ changed: 1, added: 0, removed: 0 })
    await project.stepTwin('undo')
    expect(project.twinHash).toBe(before)
  })

  it('opens migrated, with the original kept beside it', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '城市.gpkg')
    writeFormat0Project(path, [scenario])
    const original = readFileSync(path)
    const { project, migratedFrom } = await opened(path)
    expect(migratedFrom).toBe(0)
    expect(project.info()).toMatchObject({ readOnly: null, assetCount: 3, scenarios: [{ name: 'S', proposals: 1 }] })
    expect(project.attributes(IDS.W1).attributes).toEqual(aSmallTwin().assets[0]!.attributes)
    await project.createScenario('new')
    await project.close()
    expect(readdirSync(folder).sort()).toEqual(['城市 (format 0).gpkg', '城市.gpkg'])
    expect(readFileSync(join(folder, '城市 (format 0).gpkg')).equals(original)).toBe(true)
    const again = await opened(path)
    expect([again.migratedFrom, again.project.scenarios().length]).toEqual([null, 2])
  })

  it.each([writeFormat0Project, writeFormat1Project, writeFormat2Project])('has the layout of a new one afterwards (%o)', async write => {
    const folder = temporaryFolder()
    write(join(folder, 'old.gpkg'))
    await (await ProjectFile.open(join(folder, 'old.gpkg'))).project.close()
    await (await created(join(folder, 'new.gpkg'))).close()
    expect(layoutOf(join(folder, 'old.gpkg'))).toEqual(layoutOf(join(folder, 'new.gpkg')))
  })

  it('to be read only is migrated in private: the file is not touched', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'old.gpkg')
    writeFormat0Project(path, [scenario])
    const original = readFileSync(path)
    const { project, migratedFrom } = await ProjectFile.open(path, { readOnly: true })
    expect([migratedFrom, project.info().assetCount]).toEqual([0, 3])
    await project.close()
    expect(readFileSync(path).equals(original)).toBe(true)
    expect(readdirSync(folder)).toEqual(['old.gpkg'])
  })

  it('is left as it was when the migration is cancelled or fails, and opens after that', async () => {
    const folder = temporaryFolder()
    const path = join(folder, 'old.gpkg')
    writeFormat0Project(path)
    const original = readFileSync(path)
    const cancelled = ProjectFile.open(path, {}, { progress: () => undefined, throwIfCancelled: () => { throw new CancelledError() } })
    await expect(cancelled).rejects.toThrow(CancelledError)
    expect(readFileSync(path).equals(original)).toBe(true)
    new DatabaseSync(path).exec('CREATE TABLE mappings (in_the_way)')
    await expect(ProjectFile.open(path)).rejects.toThrow(/mappings/)
    expect(readdirSync(folder)).toEqual(['old.gpkg'])
    new DatabaseSync(path).exec('DROP TABLE mappings')
    expect((await opened(path)).migratedFrom).toBe(0)
  })
})

describe('the way from one format to another', () => {
  const step = (from: number, to: number): Migration => ({ from, to, statements: [] })
  it('is every step in order', () => {
    expect(migrationPath(0, 3, [step(1, 2), step(0, 1), step(2, 3)])?.map(({ to }) => to)).toEqual([1, 2, 3])
    expect(migrationPath(3, 3, [])).toEqual([])
  })
  it('is none where a step is missing, leads past the aim or back', () => {
    expect(migrationPath(0, 2, [step(0, 1)])).toBeNull()
    expect(migrationPath(0, 1, [step(0, 2)])).toBeNull()
    expect(migrationPath(1, 2, [step(1, 1), step(1, 0)])).toBeNull()
  })
})
