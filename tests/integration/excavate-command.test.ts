import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { ProjectFile } from '#main/services/project-file.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import type { GridSurface, GroundSurface } from '#shared/twin/ground.ts'
import { temporaryFolder } from '../builders/temporary-folder.ts'
import { anAsset, flatGround } from '../builders/twin-builder.ts'

/** Runs the command line in this process; standard output and error as written. */
async function run(...argv: string[]) {
  let [out, err] = ['', '']
  const io: CliIo = { out: text => (out += text), err: text => (err += text), isTerminal: false, language: 'en', signal: new AbortController().signal }
  const code = await runCli(argv[0] === 'check' ? argv : ['excavate', ...argv], io)
  return { code, out, err }
}

interface Answer {
  solid: { levelM: number; areaBottomM2: number; areaTopM2: number }
  volumes: { cutM3: number; spoilM3: number; backfillM3: number; haulM3: number }
  assets: { id: string; kind: string; owner: string; struck: boolean; exposedSpanM: number; undermined: boolean }[]
  notices: { owner: string; assets: string[] }[]
  issues: { code: string; severity: string; count: number; example: string }[]
}

const AT = [3_600_000, 3_270_000] as const
const shifted = (asset: AssetRecord): AssetRecord => ({ ...asset, axis: asset.axis.map(([x, y, z]) => [x + AT[0], y + AT[1], z]) })
const moved = (ground: GridSurface): GridSurface => ({ ...ground, x0: ground.x0 + AT[0], y0: ground.y0 + AT[1] })

async function project(ground: GroundSurface | null = moved(flatGround(10)), crs: string | null = null): Promise<string> {
  const path = join(temporaryFolder(), '基坑 project.gpkg')
  const assets = [
    anAsset({ id: 'JS-1', owner: 'Waterworks', axis: [[-20, 5, 8.5], [30, 5, 8.5]] }),
    anAsset({ id: 'RQ-1', kind: 'gas', owner: 'Gas', axis: [[-20, -1, 9], [30, -1, 9]] }),
    anAsset({ id: 'RQ-2', kind: 'gas', owner: 'Gas', axis: [[5, -20, 8], [5, 30, 8]] }),
    anAsset({ id: 'DL-1', kind: 'power', owner: '', axis: [[-20, 40, 9], [30, 40, 9]] }),
  ]
  const records = { crs, assets: assets.map(shifted), nodes: [], ground, surfaceFeatures: [], blocks: [], synthetic: true }
  await (await ProjectFile.create(path, { records })).close()
  return path
}

const RING = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]] as const
function pit(content: unknown): string {
  const path = join(temporaryFolder(), 'pit.geojson')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const polygon = (ring: readonly (readonly [number, number])[], ...holes: (readonly (readonly [number, number])[])[]) => ({
  type: 'Polygon', coordinates: [ring, ...holes].map(points => points.map(([x, y]) => [x + AT[0], y + AT[1]])),
})
const feature = (geometry: unknown) => ({ type: 'Feature', properties: {}, geometry })

describe('excavate', () => {
  it('answers with solid, volumes, assets, notices and issues, and exit code 0 though assets are struck', async () => {
    const { code, out, err } = await run(await project(), '--polygon', pit(feature(polygon(RING))), '--depth', '3', '--slope', '0.5', '--soil', 'silt', '--json')
    expect([code, err]).toEqual([0, ''])
    const answer = JSON.parse(out) as Answer
    expect(Object.keys(answer).sort()).toEqual(['assets', 'issues', 'notices', 'solid', 'volumes'])
    expect(answer.solid).toEqual({ levelM: expect.closeTo(7, 9), areaBottomM2: expect.closeTo(100, 6), areaTopM2: expect.closeTo(169, 6) })
    expect(answer.volumes.cutM3).toBeCloseTo(399, 5)
    expect(answer.volumes.spoilM3).toBeCloseTo(399 * 1.18, 5)
    expect(answer.assets.map(({ id, struck }) => [id, struck])).toEqual([['JS-1', true], ['RQ-1', true], ['RQ-2', true]])
    expect(answer.assets[0]).toEqual({
      id: 'JS-1', kind: 'water', owner: 'Waterworks', struck: true, struckLengthM: expect.closeTo(11.5 + 2 * 0.15 * Math.hypot(1, 0.5), 3), exposed: true,
      exposedSpanM: expect.closeTo(11.5, 6), clearanceM: 0, withinSafeDig: true, undermined: true, handDig: true,
    })
    expect(answer.notices).toEqual([{ owner: 'Gas', assets: ['RQ-1', 'RQ-2'] }, { owner: 'Waterworks', assets: ['JS-1'] }])
    // Half a metre of run per metre is steeper than this class stands.
    expect(answer.issues.map(issue => issue.code)).toEqual(['slope_too_steep'])
  })

  it('takes a level below zero, a geometry, a collection, and writes the answer to a file', async () => {
    const ground = moved(flatGround(0))
    const path = await project(ground)
    const json = join(temporaryFolder(), 'answer.json')
    for (const content of [polygon(RING), { type: 'FeatureCollection', features: [feature(polygon(RING))] }, feature({ type: 'MultiPolygon', coordinates: [polygon(RING).coordinates] })]) {
      const { code, out } = await run(path, '--polygon', pit(content), '--level', '-2.5', '--json', json)
      expect(code).toBe(0)
      expect(out).toContain('Cut 250.00 m³')
      expect((JSON.parse(readFileSync(json, 'utf8')) as Answer).volumes.cutM3).toBeCloseTo(250, 6)
    }
  })

  it('fills back what no structure takes, and hauls the rest', async () => {
    const { out } = await run(await project(), '--polygon', pit(polygon(RING)), '--depth', '3', '--soil', 'clay', '--structures', '200', '--json')
    const { volumes } = JSON.parse(out) as Answer
    expect(volumes.backfillM3).toBeCloseTo(100, 6)
    expect(volumes.haulM3).toBeCloseTo((300 - 100 / 1.05) * 1.27, 6)
  })

  it('converts an outline from the system its crs member names', async () => {
    // Longitude and latitude of the pit in CGCS2000 / 3-degree Gauss-Kruger zone 36 (central meridian 108° E).
    const path = await project({ ...moved(flatGround(10)), x0: 36_500_000 - 95, y0: 3_270_000 - 95 }, 'EPSG:4524')
    const ring = [[108, 29.547], [108.0001, 29.547], [108.0001, 29.5471], [108, 29.5471], [108, 29.547]]
    const content = { ...feature({ type: 'Polygon', coordinates: [ring] }), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } } }
    const { code, out } = await run(path, '--polygon', pit(content), '--level', '5')
    expect(code).toBe(0)
    expect(out).toContain('converted from EPSG:4490')
    // 0.0001° is 9.69 m of easting and 11.09 m of northing there.
    expect(out).toMatch(/Bottom at 5\.00 m, 107\.\d\d m²/)
  })
})

describe('excavate could not run', () => {
  it.each([
    ['a self-crossing outline', polygon([[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]]), ['--depth', '3'], /crosses or touches itself/],
    ['an outline without area', polygon([[0, 0], [10, 0], [20, 0], [0, 0]]), ['--depth', '3'], /encloses no area/],
    ['a polygon with a hole', polygon(RING, [[2, 2], [4, 2], [4, 4], [2, 2]]), ['--depth', '3'], /has holes/],
    ['two polygons', { type: 'FeatureCollection', features: [feature(polygon(RING)), feature(polygon(RING))] }, ['--depth', '3'], /exactly one GeoJSON polygon/],
    ['a line', feature({ type: 'LineString', coordinates: [[0, 0], [1, 1]] }), ['--depth', '3'], /exactly one GeoJSON polygon/],
    ['text that is no JSON', '{"type": "Poly', ['--depth', '3'], /is not JSON/],
    ['a system that is not known', { ...polygon(RING), crs: { type: 'name', properties: { name: 'local grid' } } }, ['--depth', '3'], /local grid is not known/],
    ['a crs the project lacks', { ...polygon(RING), crs: { type: 'name', properties: { name: 'EPSG:4545' } } }, ['--depth', '3'], /project has no coordinate system/],
    ['no ground under the outline', polygon(RING.map(([x, y]) => [x + 5000, y] as const)), ['--depth', '3'], /No ground surface is known/],
    ['a bottom above ground', polygon(RING), ['--level', '11'], /not below ground/],
    ['neither depth nor level', polygon(RING), [], /Give either --depth or --level/],
    ['both depth and level', polygon(RING), ['--depth', '3', '--level', '4'], /Give either --depth or --level/],
    ['a depth that is no number', polygon(RING), ['--depth', 'deep'], /--depth deep is not a number/],
    ['a negative depth', polygon(RING), ['--depth', '-3'], /must be more than 0/],
    ['an unknown soil', polygon(RING), ['--depth', '3', '--soil', 'cheese'], /No soil class "cheese"\. Known: sand/],
    ['a slope out of range', polygon(RING), ['--depth', '3', '--slope', '-1'], /slope must be between/],
  ] as const)('with %s: one line, exit code 2', async (_, content, options, message) => {
    const { code, out, err } = await run(await project(), '--polygon', pit(content), ...options, '--json')
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('without a ground surface for a depth', async () => {
    const { code, err } = await run(await project(null), '--polygon', pit(polygon(RING)), '--depth', '3')
    expect([code, err]).toEqual([2, expect.stringMatching(/No ground surface is known under the outline/)])
  })

  it('without its project or its outline', async () => {
    expect((await run('nowhere.gpkg', '--polygon', pit(polygon(RING)), '--depth', '3')).code).toBe(2)
    expect((await run(await project(), '--polygon', 'nowhere.geojson', '--depth', '3')).err).toMatch(/Cannot read nowhere\.geojson/)
    expect((await run(await project(), '--depth', '3')).err).toMatch(/--polygon/)
  })
})

it('cli-excavate has the same texts and placeholders in both languages, and one for every refusal', async () => {
  const { EXCAVATION_REJECTION_CODES } = await import('#shared/excavation/rejection.ts')
  const catalogue = (language: string) => JSON.parse(readFileSync(new URL(`../../assets/locales/${language}/cli-excavate.json`, import.meta.url), 'utf8')) as { rejection: Record<string, string> }
  const shape = (value: unknown): unknown => (typeof value === 'string' ? (value.match(/\{\{\w+\}\}/g) ?? []).sort() : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, shape(inner)])))
  expect(shape(catalogue('zh-CN'))).toEqual(shape(catalogue('en')))
  expect(Object.keys(catalogue('en').rejection).sort()).toEqual([...EXCAVATION_REJECTION_CODES].sort())
})

describe('excavate --scenario', () => {
  /** A pit across both gas pipes' street, a bore under them, and the water main taken out. */
  async function withScheme(): Promise<string> {
    const path = await project()
    const { project: file } = await ProjectFile.open(path)
    try {
      const { document: { id } } = await file.createScenario('Station')
      const at = ([x, y]: readonly [number, number]) => [x + AT[0], y + AT[1]] as [number, number]
      const commands: ScenarioCommand[] = [
        { op: 'excavation.add', excavation: { id: 'pit-1', name: 'Box', shape: { type: 'pit', outline: RING.slice(0, 4).map(at) }, bottom: { depthM: 3 }, slopeRatio: 0 } },
        { op: 'excavation.add', excavation: { id: 'bore-1', name: '', shape: { type: 'bore', axis: [[...at([-20, 25]), 7.3], [...at([30, 25]), 7.3]], diameterM: 0.6 }, bottom: null, slopeRatio: 0 } },
        { op: 'removal.add', id: 'JS-1', reason: 'moved before' },
      ]
      for (const [revision, command] of commands.entries()) await file.execute(id, revision, command)
    } finally {
      await file.close()
    }
    return path
  }

  it('computes every excavation of the scheme on what the scheme leaves in the ground, and tells whom to notify once', async () => {
    const { code, out, err } = await run(await withScheme(), '--scenario', 'Station', '--json')
    expect([code, err]).toEqual([0, ''])
    const answer = JSON.parse(out) as { excavations: { id: string; type: string; volumes?: { cutM3: number }; solid?: { levelM: number }; assets: { id: string; struck: boolean }[] }[]; notices: unknown }
    expect(answer.excavations.map(({ id, type }) => [id, type]).sort()).toEqual([['bore-1', 'bore'], ['pit-1', 'pit']])
    const pit = answer.excavations.find(({ id }) => id === 'pit-1')!
    expect(pit.volumes!.cutM3).toBeCloseTo(300, 6)
    expect(pit.solid!.levelM).toBeCloseTo(7, 9)
    // The water main is out of the ground in this scheme.
    expect(pit.assets.map(({ id, struck }) => [id, struck])).toEqual([['RQ-1', false], ['RQ-2', true]])
    expect(answer.excavations.find(({ id }) => id === 'bore-1')!.assets.map(({ id }) => id)).toEqual(['RQ-2'])
    expect(answer.notices).toEqual([{ owner: 'Gas', assets: ['RQ-1', 'RQ-2'] }])
  })

  it('the check of the scheme finds them, and the report has their chapter', async () => {
    const path = await withScheme()
    const html = join(temporaryFolder(), 'report.html')
    const { code, out } = await run('check', path, '--scenario', 'Station', '--html', html, '--json')
    expect(code).toBe(1)
    const { findings } = JSON.parse(out) as { findings: { rule: string; a: string[]; b: string[] }[] }
    const dug = findings.filter(({ rule }) => /^(dig|bore)_/.test(rule)).map(({ rule, a, b }) => `${a[0]!} ${rule} ${b[0]!}`)
    expect(dug).toContain('RQ-2 dig_struck pit-1')
    expect(dug.some(text => text.startsWith('RQ-2 bore_'))).toBe(true)
    expect(dug.some(text => text.startsWith('JS-1'))).toBe(false)
    const report = readFileSync(html, 'utf8')
    expect(report).toContain('Excavations and owners to be told')
    expect(report).toContain('300.0 m³')
  })

  it('refuses a scheme and an outline at once, and a scheme that is not there', async () => {
    const path = await withScheme()
    expect((await run(path, '--scenario', 'Station', '--depth', '3')).err).toContain('--depth')
    expect(await run(path, '--scenario', 'Nowhere')).toMatchObject({ code: 2 })
  })
})
