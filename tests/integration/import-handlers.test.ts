import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpackStrings } from '#shared/core/packed-strings.ts'
import { PARAMETER_DEFAULTS } from '#shared/hazards/analysis/parameters.ts'
import { startHostSession, type HostSession } from '../builders/host-session.ts'
import { dbfBytes, shpBytes } from '../unit/io/shapefile/shapefile-source.ts'
import { collection, line } from '../unit/io/geojson-source.ts'

const GISWATER = new URL('../../../shared/data/giswater-example/', import.meta.url)
const hasData = existsSync(new URL('ud_arcs.geojson', GISWATER))

let session: HostSession
beforeEach(() => {
  session = startHostSession()
})
afterEach(async () => {
  expect(session.faults).toEqual([])
  await session.close()
})

const call: HostSession['client']['call'] = (...args) => session.client.call(...args)
const giswater = (name: string) => session.ticketFor(new URL(`${name}.geojson`, GISWATER).pathname, 'import')
const ticketOf = (name: string, content: unknown) => {
  const path = join(session.workspace, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return session.ticketFor(path, 'import')
}
const createProject = () => call('project.create', { ticket: session.ticketFor(join(session.workspace, 'p.gpkg'), 'save_project') })
const inspectAll = async (...tickets: string[]) => {
  const { files, suggestedCrs } = await call('import.inspect', { tickets })
  return { files, request: { files: files.map(file => ({ ticket: file.ticket, layers: file.layers.map(layer => layer.mapping) })), crs: suggestedCrs } }
}

describe('the import wizard\'s calls', () => {
  it('read a file once: what was looked at is tried and imported, unless the file has changed since', async () => {
    await createProject()
    const path = join(session.workspace, 'a.geojson')
    const write = (id: string, at: Date) => {
      writeFileSync(path, JSON.stringify(collection([line([[500_000, 3_270_000, 250], [500_040, 3_270_000, 250]], { id, kind: 'water', diameter_mm: 300 })])))
      utimesSync(path, at, at)
    }
    write('JS-1', new Date(1_000_000))
    const { request } = await inspectAll(session.ticketFor(path, 'import'))
    // Not to be told from the file that was read but by reading it again.
    write('JS-2', new Date(1_000_000))
    const request4547 = { ...request, crs: 'EPSG:4547' }
    expect((await call('import.dryRun', request4547)).assets.total).toBe(1)
    const { files } = await call('import.inspect', { tickets: [request.files[0]!.ticket] })
    expect(files[0]!.layers[0]!.fields.find(({ name }) => name === 'id')!.samples).toMatchObject([{ value: 'JS-1' }])
    await call('import.commit', request4547)
    expect(unpackStrings((await call('twin.columns', {})).ids)).toEqual(['JS-1'])
    write('JS-3', new Date(2_000_000))
    const again = await call('import.inspect', { tickets: [request.files[0]!.ticket] })
    expect(again.files[0]!.layers[0]!.fields.find(({ name }) => name === 'id')!.samples).toMatchObject([{ value: 'JS-3' }])
    write('JS-4', new Date(3_000_000))
    await call('import.commit', request4547)
    expect(unpackStrings((await call('twin.columns', {})).ids)).toEqual(['JS-1', 'JS-4'])
  })

  it.skipIf(!hasData)('inspect, correct, try and commit Giswater\'s sewers and mains', async () => {
    await createProject()
    const { files, request } = await inspectAll(giswater('ud_arcs'), giswater('ws_arcs'))
    expect(request.crs).toBe('EPSG:25831')
    expect(files.map(file => [file.name, file.layers[0]!.features, file.layers[0]!.mappingRemembered])).toEqual([['ud_arcs.geojson', 206, false], ['ws_arcs.geojson', 269, false]])
    const { preview } = files[0]!.layers[0]!
    expect(preview.partStart).toHaveLength(207)
    expect(preview.xy).toHaveLength(2 * preview.partStart.at(-1)!)

    request.files[0]!.layers[0]!.kind.fallback = 'sewer_storm'
    request.files[1]!.layers[0]!.owner.fallback = 'Aigües'
    const trial = await call('import.dryRun', request)
    expect(trial).toMatchObject({ assets: { total: 475, byKind: { sewer_storm: 206, water: 269 } }, crs: 'EPSG:25831' })
    expect((await call('project.info', {})).assetCount).toBe(0)

    const changed: string[] = []
    session.client.on('twin.changed', ({ twinHash }) => changed.push(twinHash))
    const done = await call('import.commit', { ...request, who: '' })
    expect(done).toMatchObject({ assets: trial.assets, issues: trial.issues, project: { assetCount: 475, crs: 'EPSG:25831' } })
    expect(changed).toEqual([done.project.twinHash])

    // The same sources again: the mapping as corrected is offered, the project's system kept, shared ids told.
    const again = await inspectAll(giswater('ud_arcs'))
    expect(again.files[0]!.layers[0]).toMatchObject({ mappingRemembered: true, mapping: { layer: 'ud_arcs' } })
    expect((await inspectAll(giswater('ws_arcs'))).files[0]!.layers[0]!.mapping.owner.fallback).toBe('Aigües')
    expect((await call('import.dryRun', again.request)).issues.find(issue => issue.code === 'duplicate_id')).toMatchObject({ count: 206 })
  })

  it('reads the parts of a shapefile that were dropped one by one, and ground that needs no mapping', async () => {
    await createProject()
    const grid = 'ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 10\n1 2\n3 4\n'
    const shp = shpBytes(13, [{ type: 13, parts: [[[0, 0, 1], [1000, 0, 2]]] }])
    const dbf = dbfBytes([{ name: 'GXLX', type: 'C', length: 4 }], [[new TextEncoder().encode('RQ')]])
    const files = [['d.asc', grid], ['rq.dbf', dbf], ['rq.shp', shp]].map(([name, content], i) => {
      // As uploads do: each in a folder of its own.
      const folder = join(session.workspace, String(i))
      mkdirSync(folder)
      writeFileSync(join(folder, name as string), content as string)
      return session.ticketFor(join(folder, name as string), 'import')
    })
    const { files: inspected, request } = await inspectAll(...files)
    expect(inspected.map(file => [file.name, file.surfaces, file.isPart])).toEqual([['d.asc', 1, false], ['rq.dbf', 0, true], ['rq.shp', 0, false]])
    const done = await call('import.commit', { ...request, who: '' })
    expect(done).toMatchObject({ assets: { total: 1, byKind: { gas: 1 } }, surfaces: 1 })
  })

  it('a SWMM model brings its catchments; undoing the import takes them with it, doing it again puts back those that were there', async () => {
    await createProject()
    const model = `[OPTIONS]\nFLOW_UNITS CMS\n[JUNCTIONS]\nA 100 3\nB 99 3\n[OUTFALLS]\nO 98 FREE\n[CONDUITS]\nC1 A B 100 0.013 0 0\nC2 B O 50 0.013 0 0\n[XSECTIONS]\nC1 CIRCULAR 0.5\nC2 CIRCULAR 0.5\n[SUBCATCHMENTS]\nS1 * A 1 50 100 1 0\nS2 * B 2 60 100 1 0\n[COORDINATES]\nA 0 0\nB 100 0\nO 150 0\n[POLYGONS]\nS1 0 0\nS1 50 0\nS1 50 50\n`
    const told: string[] = []
    session.client.on('register.changed', ({ records, removed }) => told.push(`+${records.map(({ id }) => id).join()} -${removed.map(({ id }) => id).join()}`))
    const { request } = await inspectAll(ticketOf('city.inp', model))
    expect((await call('import.dryRun', request)).catchments).toBe(2)
    expect((await call('import.commit', { ...request, who: '' })).catchments).toBe(2)
    const listed = async () => (await call('register.list', { collections: ['catchments'] })).records.map(({ id, body }) => [id, (body as { name: string }).name, (body as { node: string }).node])
    const both = [['import-1/1', 'S1', 'A'], ['import-1/2', 'S2', 'B']]
    expect(await listed()).toEqual(both)
    const { outcome } = await call('analysis.run', { scenarioId: null, language: 'en', parameters: { method: 'overflow', ...PARAMETER_DEFAULTS.overflow, returnYears: [5] } })
    expect(outcome.figures.find(({ id }) => id === 'area')!.value).toBeCloseTo(3, 9)
    await call('ledger.undo', {})
    expect(await listed()).toEqual([])
    await call('ledger.redo', {})
    expect(await listed()).toEqual(both)
    await call('register.apply', { changes: [{ collection: 'catchments', id: 'import-1/2', body: null }] })
    await new Promise(resolve => setTimeout(resolve, 5))
    await call('ledger.undo', {})
    await call('ledger.redo', {})
    expect(await listed()).toEqual(both.slice(0, 1))
    expect(told).toEqual(['+import-1/1,import-1/2 -', '+ -import-1/1,import-1/2', '+import-1/1,import-1/2 -', '+ -import-1/2', '+ -import-1/1', '+import-1/1 -'])
  })

  it('thins the picture of a large layer to 20,000 points', async () => {
    const long = Array.from({ length: 60_000 }, (_, i) => [i, i % 7])
    const many = Array.from({ length: 30_000 }, (_, i) => line([[i, 10], [i, 20]]))
    const { files } = await inspectAll(ticketOf('long.geojson', line(long)), ticketOf('many.geojson', collection(many)))
    for (const { layers: [layer] } of files) {
      expect(layer!.preview.xy.length / 2).toBeLessThanOrEqual(20_001)
      expect(layer!.preview.xy.length / 2).toBeGreaterThan(10_000)
    }
    expect([...files[0]!.layers[0]!.preview.xy.slice(-2)]).toEqual([59_999, 59_999 % 7])
  })

  it('refuses what cannot be imported, with a code and the file', async () => {
    const empty = ticketOf('empty.geojson', collection([]))
    await expect(call('import.inspect', { tickets: [ticketOf('bad.geojson', '{')] })).rejects.toMatchObject({ code: 'unreadable', details: { file: 'bad.geojson', reason: 'schema_invalid' } })
    await expect(call('import.inspect', { tickets: ['x'.repeat(32)] })).rejects.toMatchObject({ code: 'file_gone' })
    await expect(call('import.dryRun', (await inspectAll(empty)).request)).rejects.toMatchObject({ code: 'no_project' })
    await createProject()
    const { request } = await inspectAll(empty)
    await expect(call('import.dryRun', { ...request, crs: 'EPSG:4490' })).rejects.toMatchObject({ code: 'crs_unknown' })
    await expect(call('import.commit', { ...request, who: '' })).rejects.toMatchObject({ code: 'nothing_to_import' })
    expect((await call('project.info', {})).changedSinceSave).toBe(false)
  })

  it('cancelling an import changes nothing', async () => {
    await createProject()
    const features = Array.from({ length: 20_000 }, (_, i) => line([[i, 0, 0], [i, 9, 0]], { id: `p${i}`, kind: 'gas', diameterM: 0.2 }))
    const { request } = await inspectAll(ticketOf('n.geojson', collection(features)))
    const controller = new AbortController()
    const running = session.client.call('import.commit', { ...request, who: '' }, { signal: controller.signal })
    setTimeout(() => controller.abort(), 150)
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect((await call('project.info', {})).assetCount).toBe(0)
  })

  it('searches coordinate systems', async () => {
    expect((await call('crs.search', { text: '4545' })).matches[0]).toEqual({ code: 'EPSG:4545', name: 'CGCS2000 / 3-degree Gauss-Kruger CM 108E' })
  })
})
