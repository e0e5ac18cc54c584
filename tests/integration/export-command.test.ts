import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import { readCanonicalGeoJson } from '#shared/io/canonical/read-canonical.ts'
import { aProposal, aSmallTwin, opened } from '#tests/builders/project-fixtures.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'

async function run(args: readonly string[], language: CliIo['language'] = 'en') {
  let [out, err] = ['', '']
  const code = await runCli(args, { out: text => (out += text), err: text => (err += text), isTerminal: false, language, signal: new AbortController().signal })
  return { code, out, err }
}

const hasGdal = spawnSync('ogrinfo', ['--version']).error === undefined
function gdal(program: 'ogrinfo' | 'ogr2ogr', ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' })
  expect([stderr, status]).toEqual(['', 0])
  return stdout
}

let project = ''
const target = (name: string) => join(dirname(project), name)
beforeEach(async () => {
  project = join(temporaryFolder(), '城市.gpkg')
  const file = await ProjectFile.create(project, { records: aSmallTwin() })
  for (const [name, id] of [['方案A', 'X'], ['方案B', 'Y']] as const) {
    const { document } = await file.createScenario(name)
    await file.execute(document.id, 0, { op: 'proposal.add', proposal: aProposal(id, { name: '新燃气管', owner: '燃气公司' }) })
  }
  await file.close()
})

async function exported(name: string, ...options: readonly string[]) {
  const { code, err, out } = await run(['export', project, '-o', target(name), ...options, '--json'])
  expect([err, code]).toEqual(['', 0])
  return { answer: JSON.parse(out) as Record<string, unknown>, text: name.endsWith('.gpkg') ? '' : readFileSync(target(name), 'utf8') }
}

describe('export to GeoJSON', () => {
  it('reads back as the project’s own records, proposals of all schemes among them', async () => {
    const { answer, text } = await exported('网.geojson')
    expect(answer).toEqual({ file: target('网.geojson'), crs: 'EPSG:25831', layers: { assets: 3, nodes: 2, proposals: 2 }, losses: ['surroundings', 'blocks', 'ground'] })
    const { value, issues } = readCanonicalGeoJson(new TextEncoder().encode(text))
    expect(issues).toEqual([])
    expect(value.assets).toEqual(aSmallTwin().assets)
    expect(value.nodes).toEqual(aSmallTwin().nodes)
    expect(value.proposals.map(({ id, attributes }) => [id, attributes['scheme']])).toEqual([['X', '方案A'], ['Y', '方案B']])
  })
  it('through import into a project of the same data tables, its proposals in a scheme', async () => {
    await exported('网.geojson', '--scenario', '方案A')
    expect(await run(['import', target('网.geojson'), '-o', target('copy.gpkg')])).toMatchObject({ code: 0, err: '' })
    const [{ project: before }, { project: after }] = [await opened(project, { readOnly: true }), await opened(target('copy.gpkg'), { readOnly: true })]
    expect(after.records()).toMatchObject({ crs: 'EPSG:25831', assets: before.records().assets, nodes: before.records().nodes })
    const { proposals } = after.scenarioDocument(after.scenarioNamed('imported')!)
    expect(proposals).toEqual(before.scenarioDocument(before.scenarioNamed('方案A')!).proposals)
  })
  it('says that boreholes stay behind, but in a project of its own', async () => {
    writeFileSync(target('b.gef'), '#GEFID = 1,1,0\r\n#COLUMNSEPARATOR = ;\r\n#RECORDSEPARATOR = !\r\n#REPORTCODE = GEF-BORE-Report,1,0,0\r\n#TESTID = B25\r\n#XYID = 31000,115300,480250\r\n#ZID = 31000,-4.0\r\n#EOH =\r\n0.00;12.50;-9999.99;\'NBE\';\'GM\';!\r\n')
    expect(await run(['import', target('b.gef'), '-o', target('holes.gpkg')])).toMatchObject({ code: 0 })
    const losses = async (name: string) => (JSON.parse((await run(['export', target('holes.gpkg'), '-o', target(name), '--json'])).out) as { losses: string[] }).losses
    expect([await losses('h.geojson'), await losses('h.csv'), await losses('h2.gpkg')]).toEqual([['boreholes'], ['boreholes', 'figures'], ['proposals']])
    expect((await run(['export', target('holes.gpkg'), '-o', target('h.dxf')], 'zh-CN')).out).toContain('钻孔')
  })
  it('only the layers asked for', async () => {
    expect((await exported('n.geojson', '--layer', 'nodes')).answer['layers']).toEqual({ nodes: 2 })
    expect((await exported('n.geojson', '--layer', 'assets,proposals')).answer['layers']).toEqual({ assets: 3, proposals: 2 })
    expect((await exported('n.geojson', '--layer', 'assets', '--layer', 'nodes')).answer['layers']).toEqual({ assets: 3, nodes: 2 })
  })
  it.skipIf(!hasGdal)('GDAL reads it with its levels, its Chinese and its coordinate system', async () => {
    await exported('网.geojson')
    const text = gdal('ogrinfo', '-al', target('网.geojson'))
    expect(text).toContain('ID["EPSG",25831]')
    expect(text).toContain('LINESTRING Z (430003.25 4581007.5 31.125,430020 4581000 31,430040 4581000 30.5)')
    expect(text).toContain('material (String) = 球墨铸铁')
    expect(text).toContain('POINT Z (430020 4581000 34)')
  })
  it.skipIf(!hasGdal)('in degrees it lies where GDAL puts the project itself', async () => {
    await exported('deg.geojson', '--crs', 'EPSG:4326', '--layer', 'assets')
    gdal('ogr2ogr', '-f', 'GeoJSON', '-t_srs', 'EPSG:4326', '-lco', 'COORDINATE_PRECISION=12', target('ogr.geojson'), project, 'assets')
    const coordinates = (name: string) => (JSON.parse(readFileSync(target(name), 'utf8')) as { features: { geometry: { coordinates: number[][] } }[] }).features.map(({ geometry }) => geometry.coordinates)
    const theirs = coordinates('ogr.geojson')
    coordinates('deg.geojson').forEach((line, i) => line.forEach((position, j) => position.forEach((value, k) => expect(value).toBeCloseTo(theirs[i]![j]![k]!, 8))))
  })
})

describe('export to CSV', () => {
  // The sample ground has no level next to its hole: those cells stay empty.
  it('管线线成果表: one row per line, in the reader’s language', async () => {
    await run(['export', project, '-o', target('线.csv')], 'zh-CN')
    const [heading, ...rows] = readFileSync(target('线.csv'), 'utf8').trimEnd().split('\r\n')
    expect(heading).toMatch(/^\uFEFF管线编号,管线种类,权属单位,使用状态,断面形状,外尺寸\(mm\),起点东坐标\(m\)/)
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatch(new RegExp(`^${IDS.W1},给水,water company,在用,圆形,300,430003\\.25,4581007\\.5,31\\.125,31\\.275,30\\.975,,,430040,`))
    expect(rows[2]).toContain('供电局')
  })
  it('管线点成果表 and proposals by --layer', async () => {
    expect((await exported('点.csv', '--layer', 'nodes')).text.split('\r\n')).toHaveLength(4)
    const { text } = await exported('planned.csv', '--layer', 'proposals', '--scenario', '方案B')
    expect(text.split('\r\n')[1]).toMatch(/^Y,Gas,燃气公司,Planned.*方案B/i)
  })
  it.skipIf(!hasGdal)('GDAL reads it', async () => {
    await exported('lines.csv')
    const text = gdal('ogrinfo', '-al', target('lines.csv'))
    expect(text).toContain('Feature Count: 3')
    expect(text).toContain('Owner (String) = 供电局')
  })
})

describe('export to GeoPackage', () => {
  it('is a project of the same data with no scheme and no history', async () => {
    const { answer } = await exported('clean.gpkg')
    expect(answer).toMatchObject({ layers: { assets: 3, nodes: 2 } })
    const [{ project: before }, { project: after }] = [await opened(project, { readOnly: true }), await opened(target('clean.gpkg'), { readOnly: true })]
    expect(after.twinHash).toBe(before.twinHash)
    expect(after.scenarios()).toEqual([])
    expect(after.records()).toEqual(before.records())
  })
  it.skipIf(!hasGdal)('GDAL reads it as 3D', async () => {
    await exported('clean.gpkg')
    expect(gdal('ogrinfo', '-so', target('clean.gpkg'), 'assets')).toMatch(/Geometry: 3D Line String[\s\S]*Feature Count: 3/)
    expect(gdal('ogrinfo', target('clean.gpkg'), 'assets')).toMatch(/owner \(String\) = 供电局[\s\S]*LINESTRING Z/)
    for (const table of ['journal', 'scenarios', 'scenario_assets']) expect(gdal('ogrinfo', '-so', target('clean.gpkg'), table)).toContain('Feature Count: 0')
  })
})

describe('export that cannot run says why in one line, writes nothing, exit code 2', () => {
  it.each<[string, () => readonly string[], RegExp]>([
    ['no output', () => [project], /needs -o/],
    ['no project', () => ['-o', 'x.geojson'], /needs <project/],
    ['a format nobody writes', () => [project, '-o', target('x.dwg')], /x\.dwg cannot be written: export knows \.geojson, \.dxf, .*\.csv, \.gpkg, \.inp/],
    ['no extension', () => [project, '-o', target('x')], /cannot be written/],
    ['over the project itself', () => [project, '-o', project], /is the project itself/],
    ['over another project', () => { writeFileSync(target('other.gpkg'), 'theirs'); return [project, '-o', target('other.gpkg')] }, /exists already/],
    ['a layer there is not', () => [project, '-o', target('x.geojson'), '--layer', 'roads'], /no layer "roads"/],
    ['a scheme there is not', () => [project, '-o', target('x.geojson'), '--scenario', 'Z'], /no scheme "Z".*方案A, 方案B/],
    ['a layer the format has no place for', () => [project, '-o', target('x.dxf'), '--layer', 'ground'], /cannot hold the layer "ground"; it takes assets, nodes, proposals/],
    ['a model nobody computes', () => [project, '-o', target('x.inp'), '--model', 'modflow'], /no model "modflow"/],
    ['two tables in one file', () => [project, '-o', target('x.csv'), '--layer', 'assets,nodes'], /one --layer/],
    ['layers of a whole project', () => [project, '-o', target('x.gpkg'), '--layer', 'nodes'], /whole twin/],
    ['a project in another system', () => [project, '-o', target('x.gpkg'), '--crs', 'EPSG:4326'], /keeps the project's/],
    ['a system there is not', () => [project, '-o', target('x.geojson'), '--crs', 'EPSG:1'], /"EPSG:1" is not/],
    ['a system of the other side of the world', () => [project, '-o', target('x.geojson'), '--crs', 'EPSG:4545'], /EPSG:25831\) can be expressed in EPSG:4545/],
    ['no such folder', () => [project, '-o', target('no/x.geojson')], /Cannot write/],
    ['not a project', () => { writeFileSync(target('bad.gpkg'), 'x'); return [target('bad.gpkg'), '-o', target('x.csv')] }, /not an Underplan project|damaged/],
  ])('%s', async (_, args, text) => {
    const given = args()
    const before = readdirSync(dirname(project)).sort()
    const { code, err, out } = await run(['export', ...given])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(text)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(readdirSync(dirname(project)).sort()).toEqual(before)
  })
  it('cancelled: nothing is left behind', async () => {
    const controller = new AbortController()
    controller.abort()
    const code = await runCli(['export', project, '-o', target('x.geojson')], { out: () => undefined, err: () => undefined, isTerminal: false, language: 'en', signal: controller.signal })
    expect(code).toBe(2)
    expect(existsSync(target('x.geojson'))).toBe(false)
    expect(readdirSync(dirname(project)).filter(name => name.startsWith('.'))).toEqual([])
  })
})
