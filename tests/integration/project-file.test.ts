import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, loadMessages } from '#main/services/messages.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { assetRecord, buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { aProposal, aSmallTwin, anImportEntry, created, importedRecords, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { anAsset, flatGround, IDS } from '#tests/builders/twin-builder.ts'

const path = () => join(temporaryFolder(), 'city.gpkg')

describe('the twin in a project file', () => {
  it('comes back as it was put in, at once and after opening again', async () => {
    const file = path()
    const records = aSmallTwin()
    const first = await created(file, { records })
    const columns = buildAssetColumns(records.assets, [430_000, 4_581_000, 0])
    expect(first.columns()).toEqual(columns)
    await first.close()
    const { project, recovery, migratedFrom } = await opened(file)
    expect([recovery, migratedFrom]).toEqual([null, null])
    expect(project.columns()).toEqual(columns)
    expect(project.attributes(IDS.W1)).toEqual({ attributes: { material: '球墨铸铁', year: 1987, live: true, note: null }, importedFrom: null, levelReference: null })
    const context = project.context()
    expect(context.nodes).toEqual(records.nodes)
    expect(context.blocks).toEqual(records.blocks)
    expect(context.surfaceFeatures).toHaveLength(3)
    expect(context.surfaceFeatures).toEqual(expect.arrayContaining([...records.surfaceFeatures]))
  })

  it('gives the ground in the local frame', async () => {
    const project = await created(path())
    expect(project.context().ground).toEqual({ type: 'grid', name: 'ground', cols: 3, rows: 2, cellSizeM: 50, x0: 0, y0: 0, z: Float64Array.of(34, 35, 36, 34.5, NaN, 36.5) })
    expect(project.surfaces()).toEqual([{ name: 'ground', type: 'grid', cols: 3, rows: 2 }])
  })

  it('says what it is', async () => {
    const project = await created(path())
    expect(project.info()).toMatchObject({
      name: 'city.gpkg', crs: 'EPSG:25831', crsName: 'ETRS89 / UTM zone 31N', origin: [430_000, 4_581_000, 0], assetCount: 3, segmentCount: 4, nodeCount: 2,
      extent: [430_000, 4_581_000, 30.5, 430_040, 4_581_040, 34], readOnly: null, savedRevision: null, changedSinceSave: false, scenarios: [],
    })
  })

  it('is one plain file without companions once closed, and is not touched by being looked at', async () => {
    const file = path()
    await (await created(file)).close()
    expect(readdirSync(dirname(file))).toEqual(['city.gpkg'])
    const before = readFileSync(file)
    const { project } = await opened(file)
    project.info()
    await project.close()
    expect(readdirSync(dirname(file))).toEqual(['city.gpkg'])
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('rebuilds its columns from the tables when the cache is gone, damaged or of another twin', async () => {
    const file = path()
    const expected = (await created(file)).columns()
    for (const damage of [
      'DELETE FROM underplan_column_cache', "DELETE FROM underplan_column_cache WHERE name = 'xyz'", "UPDATE underplan_column_cache SET data = x'00' WHERE name = 'header'",
      "UPDATE underplan_column_cache SET data = zeroblob(3) WHERE name = 'vertexStart'", "UPDATE underplan_column_cache SET data = replace(data, '\"label\":\"', '\"label\":\"0') WHERE name = 'header'",
    ]) {
      await (await ProjectFile.open(file)).project.close()
      new DatabaseSync(file).exec(damage)
      for (const readOnly of [true, false]) {
        const { project } = await ProjectFile.open(file, { readOnly })
        expect(project.columns()).toEqual(expected)
        await project.close()
      }
    }
  })

  it('reads nodes and features anew where the kept ones are gone, damaged or of other rows, and never shows what another program has changed', async () => {
    const file = path()
    const first = await created(file)
    const expected = { nodes: first.context().nodes, features: first.context().surfaceFeatures }
    await first.close()
    for (const damage of [
      "DELETE FROM underplan_column_cache WHERE name LIKE 'context/%'", "DELETE FROM underplan_column_cache WHERE name = 'context/nodes.at'", "UPDATE underplan_column_cache SET data = x'00' WHERE name = 'context/header'",
      "UPDATE underplan_column_cache SET data = zeroblob(3) WHERE name = 'context/nodes.kind'", "UPDATE underplan_column_cache SET data = replace(data, '\"label\":\"', '\"label\":\"0') WHERE name = 'context/header'",
    ]) {
      new DatabaseSync(file).exec(damage)
      const { project } = await ProjectFile.open(file, { readOnly: true })
      expect({ nodes: project.context().nodes, features: project.context().surfaceFeatures }).toEqual(expected)
      await project.close()
    }
    const outside = new DatabaseSync(file)
    // SQLite alone has not the functions of the spatial index.
    for (const { name } of outside.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'nodes' AND name LIKE 'rtree%'").all()) outside.exec(`DROP TRIGGER "${String(name)}"`)
    outside.exec(`UPDATE nodes SET owner = 'changed' WHERE node_id = '${expected.nodes[0]!.id}'`)
    outside.close()
    for (const readOnly of [true, false, true]) {
      const { project } = await ProjectFile.open(file, { readOnly })
      expect(project.context().nodes[0]!.owner).toBe('changed')
      expect(project.context().nodes.slice(1)).toEqual(expected.nodes.slice(1))
      await project.close()
    }
  })

  it('reports progress in words of both languages while it is made and copied', async () => {
    const stages = new Set<string>()
    let last = 0
    const job: JobControl = {
      progress(fraction, stage) {
        stages.add(stage)
        if (stage.endsWith('writing')) expect(fraction).toBeGreaterThanOrEqual(last)
        last = fraction ?? last
      },
      throwIfCancelled: () => undefined,
    }
    const folder = temporaryFolder()
    const assets = Array.from({ length: 20_000 }, (_, i) => anAsset({ id: `n${i}`, axis: [[i, 0, 1], [i, 9, 1]] }))
    const project = await ProjectFile.create(join(folder, 'a.gpkg'), { records: { ...aSmallTwin(), assets } }, job)
    const { project: copy } = await project.saveAs(join(folder, 'b.gpkg'), {}, job)
    await copy.close()
    expect([...stages].map(stage => stage.split('.')[1])).toEqual(expect.arrayContaining(['writing', 'columns', 'reading', 'copying']))
    for (const language of LANGUAGES) {
      const t = await loadMessages(language)
      for (const stage of [...stages, 'project-file:stage.rebuilding', 'project-file:stage.sample']) expect(t(stage)).not.toMatch(/stage\./)
    }
  })

  it('a copy that is cancelled leaves nothing, and the project open', async () => {
    const folder = temporaryFolder()
    const assets = Array.from({ length: 20_000 }, (_, i) => anAsset({ id: `n${i}`, axis: [[i, 0, 1], [i, 9, 1]] }))
    const project = await created(join(folder, 'a.gpkg'), { records: { ...aSmallTwin(), assets } })
    let turns = 0
    const job: JobControl = { progress: () => undefined, throwIfCancelled: () => { if (++turns > 1) throw new CancelledError() } }
    await expect(project.saveAs(join(folder, 'b.gpkg'), {}, job)).rejects.toThrow(CancelledError)
    expect(turns).toBe(2)
    expect(readdirSync(folder).filter(name => name.endsWith('.gpkg') || name.endsWith('.new'))).toEqual(['a.gpkg'])
    expect((await project.createScenario('A')).revision).toBe(0)
  })

  it('opens a local frame and an empty project', async () => {
    const project = await created(path(), {})
    expect(project.isEmpty).toBe(true)
    expect(project.info()).toMatchObject({ crs: null, crsName: '', extent: null, assetCount: 0, origin: [0, 0, 0] })
    expect(project.context()).toEqual({ nodes: [], ground: null, surfaceFeatures: [], blocks: [] })
  })
})

describe('the twin hash', () => {
  it('stays through opening, VACUUM, Save As and edits of scenarios, and differs for another twin', async () => {
    const folder = temporaryFolder()
    const first = await created(join(folder, 'a.gpkg'))
    const hash = first.twinHash
    const scenario = await first.createScenario('S')
    await first.execute(scenario.document.id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    await first.close()
    new DatabaseSync(join(folder, 'a.gpkg')).exec('VACUUM')
    const { project } = await opened(join(folder, 'a.gpkg'))
    expect(project.twinHash).toBe(hash)
    const copy = await project.saveAs(join(folder, 'b.gpkg'))
    expect(copy.project.twinHash).toBe(hash)
    await copy.project.addRecords(importedRecords({ assets: [anAsset({ id: 'new', axis: [[430_000, 4_581_000, 1], [430_001, 4_581_000, 1]] })] }), anImportEntry())
    expect(copy.project.twinHash).not.toBe(hash)
    await copy.project.close()
  })

  it('is that of the content, not of the order or the number of steps it came in', async () => {
    const folder = temporaryFolder()
    const records = aSmallTwin()
    const whole = await created(join(folder, 'a.gpkg'), { records: { ...records, ground: null, surfaceFeatures: [], blocks: [] } })
    const steps = await created(join(folder, 'b.gpkg'), {})
    for (const asset of records.assets.toReversed()) await steps.addRecords(importedRecords({ assets: [asset] }), anImportEntry())
    await steps.addRecords(importedRecords({ nodes: records.nodes }), anImportEntry())
    expect(steps.twinHash).toBe(whole.twinHash)
  })
})

describe('imports', () => {
  it('add to the twin, keep their provenance and survive opening again', async () => {
    const file = path()
    const project = await created(file)
    const added = anAsset({ id: 'new', kind: 'heat', owner: 'heat works', axis: [[430_100, 4_581_100, 12], [430_110, 4_581_100, 12]], attributes: { levelReference: 'invert' } })
    const issue = { code: 'level_missing', severity: 'warning', count: 3, example: 'row 4' } as const
    await project.addRecords(importedRecords({ assets: [added] }), { ...anImportEntry('C:\\Users\\someone\\arcs.geojson'), issues: [issue] })
    const expected = [...aSmallTwin().assets, added].map(asset => ({ ...asset, attributes: {} }))
    expect(expected.map((_, i) => assetRecord(project.columns(), i))).toEqual(expected)
    await project.close()
    const { project: again } = await opened(file)
    expect(expected.map((_, i) => assetRecord(again.columns(), i))).toEqual(expected)
    expect(again.attributes('new')).toEqual({ attributes: { levelReference: 'invert' }, importedFrom: 'arcs.geojson', levelReference: 'invert' })
    expect(again.importsList()).toMatchObject([{ files: [{ name: 'arcs.geojson' }], counts: { assets: 1, nodes: 0 }, issues: [issue] }])
    expect(again.issues()).toEqual([issue])
    expect(again.info().extent).toEqual([430_000, 4_581_000, 12, 430_110, 4_581_100, 34])
    expect(again.info().changedSinceSave).toBe(true)
  })

  it('give an empty project their coordinate system and frame, and are refused in any other afterwards', async () => {
    const project = await created(path(), {})
    const scenario = await project.createScenario('drawn before')
    await project.execute(scenario.document.id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    const asset = anAsset({ id: 'a', axis: [[3_600_123, 250, 1], [3_600_150, 250, 1]] })
    await project.addRecords(importedRecords({ crs: 'EPSG:4547', assets: [asset] }), anImportEntry())
    expect(project.info()).toMatchObject({ crs: 'EPSG:4547', origin: [3_600_100, 200, 0], assetCount: 1 })
    await expect(project.addRecords(importedRecords({ crs: 'EPSG:25831', assets: [asset] }), anImportEntry())).rejects.toMatchObject({ code: 'invalid', details: { project: 'EPSG:4547' } })
    expect(project.info().assetCount).toBe(1)
    expect(project.scenarioDocument(scenario.document.id).proposals).toHaveProperty('X')
  })

  it('rename ids the project has already, and say so', async () => {
    const project = await created(path())
    const axis = [[430_000, 4_581_000, 1], [430_001, 4_581_000, 1]] as const
    const { issues } = await project.addRecords(importedRecords({ assets: [anAsset({ id: IDS.W1, axis }), anAsset({ id: IDS.W1, axis }), anAsset({ id: 'free', axis })] }), anImportEntry())
    expect(issues).toEqual([{ code: 'duplicate_id', severity: 'warning', count: 2, example: `${IDS.W1} renamedTo=${IDS.W1}~2` }])
    expect(project.attributes(`${IDS.W1}~3`)).toBeDefined()
  })

  it('put proposals into a scenario of their own, and leave other scenarios as they were', async () => {
    const project = await created(path())
    const mine = await project.createScenario('imported')
    await project.addRecords(importedRecords({ proposals: [anAsset({ id: 'N', kind: 'gas' }), anAsset({ id: 'N', kind: 'gas' }), anAsset({ id: 'wrong', section: { shape: 'circle', diameterM: 900 } })] }), anImportEntry())
    expect(project.scenarios()).toMatchObject([{ name: 'imported', proposals: 0 }, { name: 'imported 2', proposals: 2 }])
    expect(project.issues()).toMatchObject([{ code: 'property_invalid', count: 1 }, { code: 'duplicate_id', count: 1 }])
    expect(project.scenarioState(mine.document.id).revision).toBe(0)
  })

  it('use the largest ground of the last import that brought one', async () => {
    const project = await created(path())
    await project.addRecords(importedRecords({ grounds: [{ ...flatGround(7), name: 'small', cellSizeM: 1 }, { ...flatGround(8), name: 'large' }] }), anImportEntry())
    expect(project.context().ground?.name).toBe('large')
  })

  it('that are cancelled midway leave the project as it was', async () => {
    const project = await created(path())
    const { twinHash, assetCount } = project.info()
    const assets = Array.from({ length: 20_000 }, (_, i) => anAsset({ id: `n${i}`, axis: [[430_000 + i, 4_581_000, 1], [430_001 + i, 4_581_000, 1]] }))
    let turns = 0
    const job: JobControl = { progress: () => undefined, throwIfCancelled: () => { if (++turns > 2) throw new CancelledError() } }
    await expect(project.addRecords(importedRecords({ assets }), anImportEntry(), job)).rejects.toThrow(CancelledError)
    expect(turns).toBeGreaterThan(2)
    expect(project.info()).toMatchObject({ twinHash, assetCount })
    expect(project.importsList()).toEqual([])
    await project.addRecords(importedRecords({ assets: assets.slice(0, 5) }), anImportEntry())
    expect(project.info().assetCount).toBe(assetCount + 5)
  })

  it('do not let an edit slip into their transaction', async () => {
    const project = await created(path())
    const { document: { id } } = await project.createScenario('S')
    const assets = Array.from({ length: 20_000 }, (_, i) => anAsset({ id: `n${i}`, axis: [[430_000 + i, 4_581_000, 1], [430_001 + i, 4_581_000, 1]] }))
    let turns = 0
    const job: JobControl = { progress: () => undefined, throwIfCancelled: () => { if (++turns > 3) throw new CancelledError() } }
    const importing = project.addRecords(importedRecords({ assets }), anImportEntry(), job).catch((cause: unknown) => cause)
    const edit = project.execute(id, 0, { op: 'proposal.add', proposal: aProposal('X') })
    expect(await importing).toBeInstanceOf(CancelledError)
    expect((await edit).revision).toBe(1)
    await project.close()
    const { project: again } = await opened(project.path)
    expect(again.scenarioDocument(id).proposals).toHaveProperty('X')
    expect(again.info().assetCount).toBe(3)
  })

  it('remember the mapping made for a source', async () => {
    const project = await created(path())
    const field = { field: null }
    const mapping: LayerMapping = {
      layer: 'arcs', target: 'assets', id: field, kind: { ...field, values: {}, fallback: 'water' }, owner: { ...field, fallback: '' },
      size: { field: 'd', heightField: null, widthField: null, shapeField: null, unit: 'mm', dimension: 'inner', wallField: null, wallUnit: 'mm', fallbackDiameterM: null },
      level: { reference: 'invert', gravityReference: null, source: 'geometry', startField: null, endField: null, groundStartField: null, groundEndField: null, unit: 'm', zeroIsUnknown: true, fallbackCoverM: 1 },
      status: { ...field, values: {}, fallback: 'in_use' }, pressureClass: { ...field, values: {} }, laying: { ...field, values: {} }, voltage: { ...field, unit: 'kV' },
      nodeType: { ...field, values: {}, fallback: 'other' },
    }
    await project.rememberMapping('fields a, b', mapping)
    await project.rememberMapping('fields a, b', { ...mapping, layer: 'second' })
    expect(project.mappingFor('fields a, b')).toEqual({ ...mapping, layer: 'second' })
    expect(project.mappingFor('other')).toBeNull()
    await project.addRecords(importedRecords({ assets: [anAsset({ id: 'm', axis: [[430_000, 4_581_000, 1], [430_001, 4_581_000, 1]] })] }), { ...anImportEntry(), mapping: { format: 'underplan-mapping/1', layers: [mapping] } })
    expect(project.attributes('m').levelReference).toBe('invert')
  })
})

describe('what leaves the machine with the file', () => {
  it('is no path and no user name', async () => {
    const folder = temporaryFolder()
    const project = await created(join(folder, 'a.gpkg'))
    await project.addRecords(importedRecords({ nodes: [] }), anImportEntry(join(folder, 'source.geojson')))
    await project.save('handed in')
    await project.close()
    const bytes = readFileSync(project.path)
    for (const secret of [folder, basename(folder), process.env['USER'] ?? 'nobody-by-that-name', process.env['HOME'] ?? 'no-home']) {
      if (secret.length > 4) expect(bytes.includes(secret)).toBe(false)
    }
  })
})
