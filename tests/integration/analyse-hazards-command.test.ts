import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CliIo } from '#main/cli/command.ts'
import { runCli } from '#main/cli/underplan.ts'
import { readImportFile } from '#main/services/import/import-files.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { aProposal, created } from '#tests/builders/project-fixtures.ts'
import { swmmStandIn } from '#tests/builders/swmm-stand-in.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const EXAMPLE = join(import.meta.dirname, '../../../shared/data/swmmio/Example1.inp')

async function run(...argv: string[]) {
  const text = { out: '', err: '' }
  const io: CliIo = { out: part => (text.out += part), err: part => (text.err += part), isTerminal: false, language: 'en', signal: new AbortController().signal }
  return { code: await runCli(['analyse', ...argv], io), ...text }
}

async function answer<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await run(...argv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as T
}

interface Overflow {
  screening: boolean
  manholes: { node: string; floodsFromYears: number | null; areaM2: number; results: { returnYears: number; flooded: boolean }[] }[]
  drains: { asset: string; fullM3s: number; results: { flowM3s: number }[] }[]
  assumptions: { storm: { id: string }; catchments: string }
}

const storm = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
/** Two storm drains under a road with a gas main beside them, and a scheme that digs along them. */
async function site(): Promise<string> {
  const path = join(temporaryFolder(), 'p.gpkg')
  const builder = TwinBuilder.with().onFlatGround(10).aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.25]], storm)
    .aManhole('M1', [-80, 0, 10], { kind: 'sewer_storm' }).aManhole('M2', [0, 0, 10], { kind: 'sewer_storm' }).aManhole('OUT', [80, 0, 7.25], { kind: 'sewer_storm', nodeType: 'outfall' })
    .aPipe('G', [[-80, 3, 9], [80, 3, 9]], { kind: 'gas' }).aValve('V1', [-80, 3, 9], { kind: 'gas' }).aSurface('R', [[-90, -5], [90, -5], [90, 5], [-90, 5]])
  const project = await created(path, { records: builder.build() })
  const { document } = await project.createScenario('S')
  await project.execute(document.id, 0, { op: 'proposal.add', proposal: aProposal('P', { kind: 'water', axis: [[-50, 1.5, 6], [50, 1.5, 6]] }) })
  await project.close()
  return path
}

describe('analyse overflow', () => {
  it('drains drawn catchments as they say: 1 ha at 0.9 to M1, half a hectare to M2', async () => {
    const file = join(temporaryFolder(), 'areas.geojson')
    const polygon = (x: number, side: number, properties: object) => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [[[x, 0], [x + side, 0], [x + side, side], [x, side], [x, 0]]] } })
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [polygon(0, 100, { node: 'M1', runoff: 0.9 }), polygon(0, Math.sqrt(5000), { node: 'M2' })] }))
    const { drains, assumptions, screening } = await answer<Overflow>(await site(), 'overflow', '--storm', '100,0,0,0.000000001', '--return', '2', '--runoff', '0.5', '--catchments', file)
    const flows = new Map(drains.map(row => [row.asset, row.results[0]!.flowM3s]))
    expect(flows.get('A')).toBeCloseTo(0.09, 5)
    expect(flows.get('B')).toBeCloseTo(0.09 + 0.025, 5)
    expect([screening, assumptions.catchments, assumptions.storm.id]).toEqual([true, 'drawn', 'own'])
  })

  it('takes Thiessen cells where nothing is drawn, and the published formula by name', async () => {
    const { manholes, assumptions } = await answer<Overflow>(await site(), 'overflow', '--storm', 'banan-2013', '--return', '1,10', '--reach', '30')
    // The manholes stand farther apart than twice the reach: each drains a whole circle.
    expect(manholes.map(row => [row.node, row.areaM2])).toEqual(expect.arrayContaining([['M1', expect.closeTo(Math.PI * 900, 3)], ['M2', expect.closeTo(Math.PI * 900, 3)]]))
    expect(assumptions.storm.id).toBe('banan-2013')
  })

  it('says where a formula is extrapolated', async () => {
    const { issues } = await answer<{ issues: { code: string }[] }>(await site(), 'overflow', '--storm', 'shapingba-2013', '--return', '50')
    expect(issues.map(({ code }) => code)).toContain('storm_out_of_range')
  })

  it('writes a SWMM model that reads back with the same conduits', async () => {
    const file = join(temporaryFolder(), 'model.inp')
    await answer(await site(), 'overflow', '--swmm', file)
    const { reading } = readImportFile(file, [], unattendedJob)
    const conduits = reading.layers.flatMap(layer => layer.features).filter(feature => feature.properties['type'] === 'conduit')
    expect(conduits.map(({ properties }) => [properties['node1'], properties['node2'], properties['heightM']])).toEqual([['M1', 'M2', 0.5], ['M2', 'OUT', 0.5]])
  })

  it.skipIf(!existsSync(EXAMPLE))('works on a SWMM model as it is', async () => {
    const { drains } = await answer<Overflow>(EXAMPLE, 'overflow', '--return', '2')
    expect(drains).toHaveLength(13)
  })

  it.each([
    [['--storm', 'nowhere'], /shapingba-2017/], [['--return', '0'], /from 0\.1 to 1000/], [['--runoff', '2'], /from 0 to 1/], [['--catchments', '/nowhere.geojson'], /nowhere\.geojson/], [['--hole', '3'], /does not belong to overflow/],
  ])('refuses %j in one line', async (options, message) => {
    const { code, err } = await run(await site(), 'overflow', ...options)
    expect(code).toBe(2)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toMatch(message)
  })
})

describe('analyse collapse', () => {
  it('counts factors, and what the scheme digs adds one', async () => {
    const { drains, grades } = await answer<{ drains: { asset: string; present: number; factors: Record<string, string> }[]; grades: Record<string, number> }>(await site(), 'collapse', '--soil', 'sand', '--year', '2026')
    expect(drains.find(({ asset }) => asset === 'B')).toMatchObject({ present: 3, factors: { soil: 'yes', traffic: 'yes', shallow: 'yes', digging: 'no', defect: 'unknown' } })
    expect(grades).toEqual({ I: 0, II: 0, III: 2, IV: 0 })
    const dug = await answer<{ dug: string[]; grades: Record<string, number> }>(await site(), 'collapse', '--soil', 'sand', '--scenario', 'S')
    expect([dug.dug.sort(), dug.grades['IV']]).toEqual([['A', 'B'], 2])
  })
})

describe('analyse dig', () => {
  const pit = () => {
    const file = join(temporaryFolder(), 'pit.geojson')
    writeFileSync(file, JSON.stringify({ type: 'Polygon', coordinates: [[[-5, 2], [5, 2], [5, 6], [-5, 6], [-5, 2]]] }))
    return file
  }

  it('says what a pit hits, what follows, what to shut, and writes the sheet', async () => {
    const sheet = join(temporaryFolder(), 'permit.html')
    const { assets, trialHoles } = await answer<{ assets: { id: string; consequence: string; struck: boolean; valves: string[]; precautions: string[] }[]; trialHoles: { asset: string; at: number[] }[] }>(await site(), 'dig', '--polygon', pit(), '--depth', '2', '--permit', sheet)
    expect(assets.find(({ id }) => id === 'G')).toMatchObject({ consequence: 'gas', struck: true, precautions: expect.arrayContaining(['isolate_gas']) as unknown })
    expect(trialHoles.find(({ asset }) => asset === 'G')!.at[2]).toBeCloseTo(9, 6)
    const html = readFileSync(sheet, 'utf8')
    expect(html).toContain('Permit to dig')
    expect(html).not.toMatch(/permit:|analyses:|<script/)
  })

  it('takes the trenches of a scheme', async () => {
    const { assets } = await answer<{ assets: { id: string; undermined: boolean }[] }>(await site(), 'dig', '--scenario', 'S')
    expect(assets.filter(({ undermined }) => undermined).map(({ id }) => id)).toEqual(expect.arrayContaining(['A', 'B']))
  })

  it.each([[[], /nothing is dug/], [['--polygon', '/nowhere.json', '--depth', '1'], /nowhere/]])('refuses %j in one line', async (options, message) => {
    const { code, err } = await run(await site(), 'dig', ...options)
    expect(code).toBe(2)
    expect(err).toMatch(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('wants a depth or a level, not both', async () => {
    expect((await run(await site(), 'dig', '--polygon', pit())).code).toBe(2)
    expect((await run(await site(), 'dig', '--polygon', pit(), '--depth', '1', '--level', '2')).code).toBe(2)
  })
})

describe('analyse lifeline', () => {
  interface Lifeline {
    scenario: string | null
    before: Record<string, number>
    after: Record<string, number> | null
    blocks: { verdict: string | null }[]
    worse: { hazard: string; rule: string; a: string[]; b: string[]; required: number; found: number }[]
  }
  const lifeline = async (...argv: string[]) => {
    const { code, out, err } = await run(...argv, '--year', '2026', '--json')
    expect(err).toBe('')
    return { code, ...(JSON.parse(out) as Lifeline) }
  }

  /** The site with a scheme for each hazard, and one that makes none worse. */
  async function withSchemes(): Promise<string> {
    const path = join(temporaryFolder(), 'worse.gpkg')
    const builder = TwinBuilder.with().onFlatGround(10).aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.25]], storm)
      .aManhole('M1', [-80, 0, 10], { kind: 'sewer_storm' }).aManhole('M2', [0, 0, 10], { kind: 'sewer_storm' }).aManhole('OUT', [80, 0, 7.25], { kind: 'sewer_storm', nodeType: 'outfall' })
    const project = await created(path, { records: builder.build() })
    const scheme = async (name: string, ...commands: Parameters<typeof project.execute>[2][]) => {
      const { document } = await project.createScenario(name)
      for (const [revision, command] of commands.entries()) await project.execute(document.id, revision, command)
    }
    const thin = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.18 } }
    await scheme('gas', { op: 'proposal.add', proposal: aProposal('G', { kind: 'gas', axis: [[-40, 4, 9], [40, 4, 9]] }) })
    await scheme('overflow', { op: 'proposal.add', proposal: aProposal('B2', { ...thin, axis: [[0, 0, 7.75], [80, 0, 7.25]], replaces: ['B'] }) })
    await scheme('dig', { op: 'proposal.add', proposal: aProposal('W', { kind: 'water', axis: [[20, -20, 7.5], [20, 20, 7.5]] }) })
    await scheme('calm', { op: 'proposal.add', proposal: aProposal('T', { kind: 'telecom', axis: [[-40, 30, 9.2], [40, 30, 9.2]] }) })
    await project.close()
    return path
  }

  it('as it is: figures, nothing worse, exit code 0', async () => {
    const { code, scenario, after, worse, before } = await lifeline(await withSchemes(), 'lifeline')
    expect([code, scenario, after, worse]).toEqual([0, null, null, []])
    expect(before).toMatchObject({ gas: 0, dig: 0 })
  })

  it('a gas main beside drains brings enclosed spaces near gas', async () => {
    const { code, before, after, worse } = await lifeline(await withSchemes(), 'lifeline', '--scenario', 'gas')
    expect(code).toBe(1)
    expect(after!['gas']).toBeGreaterThan(before['gas']!)
    expect(worse.filter(({ hazard }) => hazard === 'gas').map(({ a, b }) => [a[0], b[0]])).toEqual(expect.arrayContaining([['G', 'A'], ['G', 'B'], ['G', 'M2']]))
  })

  it('a thin drain in place of a wide one floods the manhole above it', async () => {
    const { code, worse } = await lifeline(await withSchemes(), 'lifeline', '--scenario', 'overflow')
    expect(code).toBe(1)
    const flooding = worse.filter(({ hazard }) => hazard === 'overflow')
    expect(flooding.map(({ b }) => b[0])).toContain('M2')
    for (const { found, required } of flooding) expect(found).toBeGreaterThan(required)
  })

  it('a trench through a drain strikes it, and the road over it may collapse', async () => {
    const { code, worse } = await lifeline(await withSchemes(), 'lifeline', '--scenario', 'dig')
    expect(code).toBe(1)
    expect(worse.map(({ hazard, rule, a }) => [hazard, rule, a[0]])).toEqual(expect.arrayContaining([['dig', 'trench_struck', 'B'], ['collapse', 'collapse_factors', 'B']]))
  })

  it('a duct out of the way makes nothing worse: exit code 0', async () => {
    const { code, worse, blocks } = await lifeline(await withSchemes(), 'lifeline', '--scenario', 'calm')
    expect([code, worse, blocks.every(({ verdict }) => verdict === 'same')]).toEqual([0, [], true])
  })

  it.each([[['--storm', 'nowhere'], /shapingba-2017/], [['--return', '0'], /from 0\.1 to 1000/], [['--scenario', 'none'], /no scheme "none"/]])('refuses %j in one line', async (options, message) => {
    const { code, err } = await run(await withSchemes(), 'lifeline', ...options)
    expect([code, err.trim().split('\n').length]).toEqual([2, 1])
    expect(err).toMatch(message)
  })

  it.skipIf(!existsSync(EXAMPLE))('needs a project', async () => {
    expect(await run(EXAMPLE, 'lifeline')).toMatchObject({ code: 2, err: expect.stringContaining('needs a project') as unknown })
  })
})

describe.skipIf(process.platform === 'win32')('analyse swmm (a stand-in that computes nothing)', () => {
  it('runs the program named and sets its figures beside the screening\'s', async () => {
    const { engine, drains, manholes } = await answer<{ engine: string; drains: { asset: string; theirsM3s: number; oursM3s: number }[]; manholes: { node: string; swmm: { floodedM3s: number } }[] }>(await site(), 'swmm', '--program', swmmStandIn('answers', 'runswmm'), '--storm', '500,0.9,8,0.65', '--inflow', 'unit-hydrograph')
    expect(engine).toContain('5.2.4')
    expect(drains.map(({ asset, theirsM3s }) => [asset, theirsM3s]).sort()).toEqual([['A', 0.1], ['B', 0.1]])
    expect(drains.every(({ oursM3s }) => oursM3s > 0)).toBe(true)
    expect(manholes.find(({ node }) => node === 'M1')!.swmm.floodedM3s).toBe(0.12)
  })

  it('says in one line what SWMM says, and where there is no program', async () => {
    const refused = await run(await site(), 'swmm', '--program', swmmStandIn('refuses', 'runswmm'))
    expect([refused.code, refused.err.trim().split('\n').length]).toEqual([2, 1])
    expect(refused.err).toMatch(/ERROR 141/)
    expect(await run(await site(), 'swmm', '--program', '/nowhere/runswmm')).toMatchObject({ code: 2, err: expect.stringContaining('cannot be run') as unknown })
  })
})
