import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { FEATURE_TABLES } from '#shared/project-format/layout.ts'
import { assetRecord } from '#shared/twin/asset-columns.ts'
import { aProposal, aSmallTwin, anImportEntry, created, importedRecords, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { anAsset, IDS } from '#tests/builders/twin-builder.ts'

const hasGdal = spawnSync('ogrinfo', ['--version']).error === undefined

/** What GDAL says; anything on standard error is a fault of the file. */
function gdal(program: 'ogrinfo' | 'ogr2ogr', ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' })
  expect([stderr, status]).toEqual(['', 0])
  return stdout
}

async function closedProject(): Promise<string> {
  const project = await created(join(temporaryFolder(), 'city.gpkg'))
  const { document: { id } } = await project.createScenario('方案')
  await project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
  const axis = [[430_500, 4_581_500, 20], [430_600, 4_581_500, 20]] as const
  await project.addRecords(importedRecords({ assets: [anAsset({ id: 'far', axis })] }), anImportEntry())
  await project.close()
  return project.path
}

describe.skipIf(!hasGdal)('in GDAL, and so in QGIS', () => {
  it('every feature layer opens as 3D in the project\'s coordinate system', async () => {
    const path = await closedProject()
    const shape = { LINESTRING: '3D Line String', POINT: '3D Point', POLYGON: '3D Polygon' }
    for (const table of FEATURE_TABLES) {
      const text = gdal('ogrinfo', '-so', path, table.name)
      expect(text).toContain(`Geometry: ${shape[table.geometry]}\n`)
      expect(text).toContain('ID["EPSG",25831]')
      for (const column of table.columns) expect(text).toContain(`${column.name}: `)
    }
  })
  it('features come back with their coordinates, found through the R-tree', async () => {
    const path = await closedProject()
    expect(gdal('ogrinfo', path, 'assets', '-where', `asset_id = '${IDS.W1}'`)).toContain('LINESTRING Z (430003.25 4581007.5 31.125,430020 4581000 31,430040 4581000 30.5)')
    const near = gdal('ogrinfo', '-so', path, 'assets', '-spat', '430450', '4581450', '430650', '4581550')
    expect(near).toContain('Feature Count: 1')
    expect(gdal('ogrinfo', path, 'scenario_assets')).toMatch(/scenario \(String\) = 方案[\s\S]*LINESTRING Z \(430000 4581000 30/)
    expect(gdal('ogrinfo', path, 'surface_areas')).toContain('POLYGON Z')
    const indexed = new DatabaseSync(path, { readOnly: true }).prepare('SELECT (SELECT count(*) FROM rtree_assets_geom) AS tree, (SELECT count(*) FROM assets) AS rows').get()
    expect(indexed).toEqual({ tree: 4, rows: 4 })
  })
  it('a project without a coordinate system opens too', async () => {
    const project = await created(join(temporaryFolder(), 'local.gpkg'), { records: { ...aSmallTwin(), crs: null } })
    await project.close()
    expect(gdal('ogrinfo', '-so', '-al', project.path)).toContain('3D Line String')
  })
  it('what is edited there is seen here, with another twin hash', async () => {
    const path = await closedProject()
    const before = await opened(path)
    const hash = before.project.twinHash
    await before.project.close()
    gdal('ogrinfo', path, '-sql', `UPDATE assets SET diameter_m = 0.75, kind = 'no such kind' WHERE asset_id = '${IDS.W1}'`)
    gdal('ogrinfo', path, '-sql', `DELETE FROM assets WHERE asset_id = '${IDS.G1}'`)
    gdal('ogrinfo', path, '-sql', `UPDATE assets SET geom = NULL WHERE asset_id = 'far'`)
    const reader = await opened(path, { readOnly: true })
    const { project } = await opened(path)
    for (const seen of [reader.project, project]) {
      expect(seen.twinHash).not.toBe(hash)
      expect(seen.info().assetCount).toBe(2)
      expect(assetRecord(seen.columns(), 0)).toMatchObject({ id: IDS.W1, kind: 'unknown', section: { diameterM: 0.75 } })
      expect(seen.issues()).toEqual([{ code: 'geometry_null', severity: 'error', count: 1, example: 'assets' }])
    }
    const changed = project.twinHash
    await project.close()
    expect((await opened(path)).project.twinHash).toBe(changed)
  })
  it('layers made anew by another program do not hide behind the old hash', async () => {
    const path = await closedProject()
    const { project } = await opened(path)
    const hash = project.twinHash
    await project.close()
    const copy = join(temporaryFolder(), 'assets.gpkg')
    gdal('ogr2ogr', copy, path, 'assets', '-where', `asset_id <> '${IDS.G1}'`, '-nln', 'assets')
    gdal('ogr2ogr', '-update', '-overwrite', path, copy, 'assets')
    const { project: again } = await opened(path)
    expect(again.twinHash).not.toBe(hash)
    expect(again.info().assetCount).toBe(3)
  })
  it('a layer can be read while the project is open and edited here', async () => {
    const project = await created(join(temporaryFolder(), 'a.gpkg'))
    const { document: { id } } = await project.createScenario('A')
    for (let i = 0; i < 3; i++) {
      await project.execute(id, i, { op: 'proposal.add', proposal: aProposal(`X${i}`) })
      expect(execFileSync('ogrinfo', ['-ro', '-so', project.path, 'scenario_assets'], { encoding: 'utf8' })).toContain(`Feature Count: ${i + 1}`)
    }
  })
})
