import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importCommand } from '#main/cli/commands/import.ts'
import { infoCommand } from '#main/cli/commands/info.ts'
import { CliFailure, type CliIo } from '#main/cli/command.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { generateSampleCity } from '#shared/twin/sample-city/sample-city.ts'
import { temporaryFolder } from '../builders/temporary-folder.ts'
import { collection, line, point } from '../unit/io/geojson-source.ts'

const GISWATER = new URL('../../../shared/data/giswater-example/', import.meta.url)
const hasData = existsSync(new URL('ud_arcs.geojson', GISWATER))
const giswater = (name: string) => new URL(`${name}.geojson`, GISWATER).pathname

interface Answer { assets: { total: number; byKind: Record<string, number> }; nodes: number; crs: string | null; issues: { code: string; severity: string; count: number; example: string }[] }

/** Runs the command as the command line does, in this process. */
async function runImport(positionals: string[], values: Record<string, string | boolean>, signal = new AbortController().signal) {
  let out = ''
  const io: CliIo = { out: text => (out += text), err: () => undefined, isTerminal: false, language: 'en', signal }
  const code = await importCommand.run({ positionals, values }, io)
  return { code, out, answer: values['json'] === '-' ? (JSON.parse(out) as Answer) : null }
}

const write = (folder: string, name: string, value: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value))
  return path
}

const network = (...features: unknown[]) => collection(features)
const GAS = line([[0, 0, 1], [10, 0, 1]], { id: 'g', kind: 'gas', diameterM: 0.2 })

const NORFOLK = new URL('../../../shared/data/norfolk-stormwater/mycons_prj.shp', import.meta.url)

describe('import into a new project', () => {
  it.skipIf(!existsSync(NORFOLK))('puts the manholes that Norfolk\'s conduits lack, marked, as a step that can be undone', async () => {
    const output = join(temporaryFolder(), 'norfolk.gpkg')
    const { out, answer } = await runImport([NORFOLK.pathname], { output, joints: true, json: '-' })
    expect(answer).toMatchObject({ assets: { total: 374 }, nodes: 0, joints: 123 })
    expect(out).not.toContain('Manholes')
    const { project } = await ProjectFile.open(output)
    expect(project.info().nodeCount).toBe(123)
    await project.stepTwin('undo')
    expect(project.info()).toMatchObject({ assetCount: 374, nodeCount: 0 })
    await project.close()
  })

  it.skipIf(!hasData)('brings Giswater\'s sewers and mains together, with counts and issues', async () => {
    const folder = temporaryFolder()
    const output = join(folder, '龙头寺 管网.gpkg')
    const { code, answer } = await runImport([giswater('ud_arcs'), giswater('ws_arcs')], { output, json: '-' })
    expect(code).toBe(0)
    expect(answer).toMatchObject({ assets: { total: 475, byKind: { sewer_combined: 206, water: 269 } }, nodes: 0, crs: 'EPSG:25831' })
    expect(answer!.issues.find(issue => issue.code === 'level_zero_unknown')).toMatchObject({ severity: 'warning', count: 265 })
    expect(answer!.issues.find(issue => issue.code === 'size_missing')).toMatchObject({ count: 11 })
    const { project } = await ProjectFile.open(output, { readOnly: true })
    expect(project.info()).toMatchObject({ assetCount: 475, crs: 'EPSG:25831' })
    const [stored] = project.importsList()
    expect(stored!.files.map(file => file.name)).toEqual(['ud_arcs.geojson', 'ws_arcs.geojson'])
    expect(stored!.mapping!.layers.map(layer => layer.layer)).toEqual(['ud_arcs', 'ws_arcs'])
    expect(project.attributes('190')).toMatchObject({ attributes: { cat_geom1_m: 0.4 }, importedFrom: 'ud_arcs.geojson, ws_arcs.geojson' })
    await project.close()
    expect(readdirSync(folder)).toEqual(['龙头寺 管网.gpkg'])
  })

  const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
  it.skipIf(!hasData || !hasGdal)('writes layers that GDAL reads as 3D, in the right system', async () => {
    const output = join(temporaryFolder(), 'p.gpkg')
    await runImport([giswater('ud_arcs'), giswater('ud_nodes')], { output })
    const summary = (layer: string) => execFileSync('ogrinfo', ['-so', output, layer], { encoding: 'utf8' })
    expect(summary('assets')).toMatch(/Geometry: 3D Line String\nFeature Count: 206/)
    expect(summary('nodes')).toMatch(/Geometry: 3D Point\nFeature Count: 196/)
    expect(summary('assets')).toContain('ID["EPSG",25831]')
  })

  it('puts proposals into a scenario named imported', async () => {
    const folder = temporaryFolder()
    const output = join(folder, 'p.gpkg')
    const file = write(folder, 'n.geojson', network(GAS, line([[0, 5, 1], [10, 5, 1]], { id: 'new', kind: 'water', diameterM: 0.3 }, { scenario: true }), point([0, 0, 2], { id: 'v', kind: 'gas', nodeType: 'valve' })))
    const { answer } = await runImport([file], { output, json: '-' })
    expect(answer).toMatchObject({ assets: { total: 1, byKind: { gas: 1 } }, nodes: 1, crs: null })
    const { project } = await ProjectFile.open(output, { readOnly: true })
    expect(project.scenarios()).toMatchObject([{ name: 'imported', proposals: 1 }])
    await project.close()
  })

  it('counts a line of several parts once', async () => {
    const folder = temporaryFolder()
    const parts = { type: 'Feature', properties: { id: 'm', kind: 'gas', diameterM: 0.2 }, geometry: { type: 'MultiLineString', coordinates: [[[0, 0, 0], [1, 0, 0]], [[5, 0, 0], [6, 0, 0]]] } }
    const { answer } = await runImport([write(folder, 'n.geojson', network(parts))], { output: join(folder, 'p.gpkg'), json: '-' })
    expect(answer!.assets).toEqual({ total: 1, byKind: { gas: 1 } })
    let info = ''
    const io: CliIo = { out: text => (info += text), err: () => undefined, isTerminal: false, language: 'en', signal: new AbortController().signal }
    await infoCommand.run({ positionals: [join(folder, 'p.gpkg')], values: { json: '-' } }, io)
    expect(JSON.parse(info)).toMatchObject({ assets: { total: 1, byKind: { gas: 1 } }, segments: 2 })
  })

  it('brings files in different systems into the first one\'s', async () => {
    const folder = temporaryFolder()
    const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } })
    const utm = write(folder, 'a.geojson', collection([line([[420_000, 4_577_000], [420_010, 4_577_000]], { diameter: 0.2 })], crs('EPSG:25831')))
    const degrees = write(folder, 'b.geojson', collection([line([[2.05, 41.35], [2.0501, 41.35]], { diameter: 0.2 })], crs('urn:ogc:def:crs:OGC:1.3:CRS84')))
    const output = join(folder, 'p.gpkg')
    const { answer } = await runImport([utm, degrees], { output, json: '-' })
    expect(answer!.crs).toBe('EPSG:25831')
    const { project } = await ProjectFile.open(output, { readOnly: true })
    // The second end and the first one by gdaltransform: 420535.578 E, 4578046.864 N.
    expect(project.info().extent![3]).toBeCloseTo(420_535.578, 2)
    expect(project.info().extent![4]).toBeCloseTo(4_578_046.864, 2)
    await project.close()
  })

  it('follows a mapping the user corrected, given back with --map', async () => {
    const folder = temporaryFolder()
    const file = write(folder, 'pipes.geojson', collection([line([[0, 0], [100, 0]], { d: 300, lvl: 5 })]))
    const map = join(folder, 'map.json')
    await runImport([file], { output: join(folder, 'a.gpkg'), 'save-map': map })
    const mapping = JSON.parse(readFileSync(map, 'utf8')) as { layers: { kind: { fallback: string }; owner: { fallback: string } }[] }
    mapping.layers[0]!.kind.fallback = 'gas'
    mapping.layers[0]!.owner.fallback = '燃气集团'
    write(folder, 'map.json', mapping)
    const { answer } = await runImport([file], { output: join(folder, 'b.gpkg'), map, json: '-' })
    expect(answer!.assets.byKind).toEqual({ gas: 1 })
    expect(answer!.issues.map(issue => issue.code)).not.toContain('owner_missing')
  })
})

describe('import into an existing project', () => {
  it('adds to it in its own system and renames ids it has already', async () => {
    const folder = temporaryFolder()
    const output = join(folder, 'p.gpkg')
    const file = write(folder, 'n.geojson', network(GAS))
    await runImport([file], { output })
    const { answer } = await runImport([file], { output, json: '-' })
    expect(answer!.issues.filter(issue => issue.code === 'duplicate_id')).toMatchObject([{ count: 1 }])
    const { project } = await ProjectFile.open(output, { readOnly: true })
    expect(project.info().assetCount).toBe(2)
    expect(project.attributes('g~2')).toBeDefined()
    await project.close()
  })
})

describe('import of another project', () => {
  it('brings its lines, points and blocks, and tells what of it stays behind', async () => {
    const folder = temporaryFolder()
    const other = join(folder, 'other.gpkg')
    const { records } = generateSampleCity({ segments: 1000, seed: 3 })
    await (await ProjectFile.create(other, { records })).close()
    const { answer } = await runImport([other], { output: join(folder, 'p.gpkg'), json: '-' })
    expect(answer!.assets.total).toBe(records.assets.length)
    expect(answer!.assets.byKind).not.toHaveProperty('unknown')
    expect(answer!.nodes).toBe(records.nodes.length)
    expect(answer!.issues.find(({ code }) => code === 'feature_unsupported')).toMatchObject({ severity: 'info', example: expect.stringContaining('surface_') as unknown })
  })
})

describe('an import that cannot be done leaves nothing behind', () => {
  const good = network(GAS)
  const failure = async (folder: string, positionals: string[], values: Record<string, string>) => {
    const before = readdirSync(folder)
    const cause: unknown = await runImport(positionals, values).then(() => null, (reason: unknown) => reason)
    expect(cause).toBeInstanceOf(CliFailure)
    expect(readdirSync(folder)).toEqual(before)
    return cause as CliFailure
  }

  it.each<[string, string | Uint8Array, string]>([
    ['cut off', '{"type":"FeatureCollection","features":[{"type":"Feature"', 'cli-import:refused'],
    ['empty', '', 'cli-import:refused'],
    ['not JSON', 'PK\u0003\u0004', 'cli-import:refused'],
    ['another JSON', '{"a":1}', 'cli-import:refused'],
    ['nested too deep', `{"type":"FeatureCollection","features":[${'['.repeat(1e6)}`, 'cli-import:refused'],
  ])('a good file with one that is %s', async (_name, content, key) => {
    const folder = temporaryFolder()
    const files = [write(folder, 'good.geojson', good), write(folder, 'bad.geojson', content)]
    const cause = await failure(folder, files, { output: join(folder, 'p.gpkg') })
    expect(cause.key).toBe(key)
    expect(cause.params['file']).toBe(files[1])
  })

  it('refused files, systems and places', async () => {
    const folder = temporaryFolder()
    const file = write(folder, 'good.geojson', good)
    const output = join(folder, 'p.gpkg')
    mkdirSync(join(folder, 'folder.geojson'))
    expect((await failure(folder, [join(folder, 'nix.geojson')], { output })).params).toMatchObject({ reason: 'there is no such file' })
    expect((await failure(folder, [join(folder, 'folder.geojson')], { output })).key).toBe('cli:cannotRead')
    expect((await failure(folder, [], { output })).key).toBe('cli:missingArgument')
    expect((await failure(folder, [file], {})).key).toBe('cli:missingArgument')
    expect((await failure(folder, [file], { output: join(folder, 'p.txt') })).key).toBe('cli-import:notGpkg')
    expect((await failure(folder, [file], { output: join(folder, 'none', 'p.gpkg') })).key).toBe('cli:cannotWrite')
    expect((await failure(folder, [file], { output, crs: 'EPSG:999999' })).key).toBe('cli-import:crsUnknown')
    expect((await failure(folder, [file], { output, crs: 'EPSG:4490' })).key).toBe('cli-import:crsNotMetric')
    expect((await failure(folder, [file], { output, map: file })).key).toBe('cli-import:badMap')
    const notProject = write(folder, 'text.gpkg', 'this is no database')
    expect((await failure(folder, [file], { output: notProject })).key).toBe('cli-project:failure.not_a_project')
    expect(readFileSync(notProject, 'utf8')).toBe('this is no database')
  })

  it('a refused file leaves an existing project as it was', async () => {
    const folder = temporaryFolder()
    const output = join(folder, 'p.gpkg')
    await runImport([write(folder, 'good.geojson', good)], { output })
    const { project: before } = await ProjectFile.open(output, { readOnly: true })
    const hash = before.twinHash
    await before.close()
    await failure(folder, [write(folder, 'good.geojson', good), write(folder, 'good.geojson', '{')], { output })
    const { project: after } = await ProjectFile.open(output, { readOnly: true })
    expect(after.twinHash).toBe(hash)
    await after.close()
  })

  it('a project is not brought into itself, by whatever name', async () => {
    const folder = temporaryFolder()
    const output = join(folder, 'p.gpkg')
    await runImport([write(folder, 'good.geojson', good)], { output })
    symlinkSync(output, join(folder, 'other-name.gpkg'))
    for (const file of [output, join(folder, 'other-name.gpkg'), join(folder, '.', 'p.gpkg')]) {
      const cause = await failure(folder, [file], { output })
      expect(cause.key).toBe('cli-import:refused')
      expect(cause.params['text']).toContain('the project it would be imported into')
    }
    const { project } = await ProjectFile.open(output, { readOnly: true })
    expect(project.info().assetCount).toBe(1)
    await project.close()
  })

  it('cancelling leaves nothing behind', async () => {
    const folder = temporaryFolder()
    const file = write(folder, 'n.geojson', network(...Array.from({ length: 20_000 }, (_, i) => line([[i, 0, 0], [i, 9, 0]], { id: `p${i}`, kind: 'gas', diameterM: 0.2 }))))
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 150)
    await expect(runImport([file], { output: join(folder, 'p.gpkg') }, controller.signal)).rejects.toThrow('cancelled')
    expect(readdirSync(folder)).toEqual(['n.geojson'])
  })
})

describe('as a program', () => {
  it('answers on standard output and says a refusal in one line with exit code 2', () => {
    const folder = temporaryFolder()
    const program = (...args: string[]) => spawnSync(process.execPath, ['main/cli/underplan.ts', 'import', ...args], { encoding: 'utf8', env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8' } })
    const done = program(write(folder, 'n.geojson', network(GAS)), '-o', join(folder, 'p.gpkg'), '--json')
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(JSON.parse(done.stdout)).toMatchObject({ assets: { total: 1 } })
    const refused = program(write(folder, 'bad.geojson', '{'), '-o', join(folder, 'q.gpkg'))
    expect([refused.status, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(folder, 'q.gpkg'))).toBe(false)
  })
})
