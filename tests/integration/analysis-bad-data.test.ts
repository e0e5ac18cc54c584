import { describe, expect, it } from 'vitest'
import { runAnalysisTask } from '#main/services/analysis/analysis-task.ts'
import { DEFAULT_PACK_ID, shippedPack } from '#main/services/rule-packs.ts'
import { unattendedJob } from '#shared/core/job.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import { PARAMETER_DEFAULTS, type AnalysisParameters } from '#shared/hazards/analysis/parameters.ts'
import { NO_CHANGES } from '#shared/hazards/analysis/subject.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

/** What the issue of leaks and overflows names as bad input: each says what it could not compute and why, and still gives the rest. */

const storm = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
const manhole = { kind: 'sewer_storm' as const }

async function outcomeOf(builder: TwinBuilder, parameters: Partial<AnalysisParameters> & { method: AnalysisParameters['method'] }): Promise<AnalysisOutcome> {
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  const baseline = { columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }
  const task = { scheme: NO_CHANGES, parameters: { ...PARAMETER_DEFAULTS[parameters.method], ...parameters } as AnalysisParameters, pack: shippedPack(DEFAULT_PACK_ID)!.pack, thisYear: 2026, language: 'en' as const }
  return (await runAnalysisTask(baseline, task, unattendedJob)).outcome
}

const codes = ({ issues }: AnalysisOutcome): string[] => issues.map(({ code }) => code)
const figure = ({ figures }: AnalysisOutcome, id: string) => figures.find(one => one.id === id)!.value
const rows = ({ tables }: AnalysisOutcome, id: string) => tables.find(one => one.id === id)!.rows

/** M1 –A– M2 –B– OUT, falling 5 ‰. */
const drains = () => TwinBuilder.with().onFlatGround(10).aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.25]], storm)
  .aManhole('M1', [-80, 0, 10], manhole).aManhole('M2', [0, 0, 10], manhole).aManhole('OUT', [80, 0, 7.25], { ...manhole, nodeType: 'outfall' })

describe('networks that are not as they should be', () => {
  it('disconnected: parts are counted, the one that hangs on nothing is named, and the rest still drains', async () => {
    const apart = drains().aPipe('LONE', [[0, 500, 8], [50, 500, 7.5]], storm)
    const connectivity = await outcomeOf(apart, { method: 'connectivity', kind: null })
    expect([figure(connectivity, 'parts'), figure(connectivity, 'isolated')]).toEqual([2, 1])
    const overflow = await outcomeOf(apart, { method: 'overflow' })
    expect(codes(overflow)).toContain('outfall_assumed')
    expect(rows(overflow, 'drains').map(({ cells }) => cells[0]).sort()).toEqual(['A', 'B', 'LONE'])
  })

  it('a ring: it is counted, flows one way round to the outfall, and the overflow is computed', async () => {
    const ring = drains().aPipe('C', [[-80, 0, 8.25], [-40, 60, 8]], storm).aPipe('D', [[-40, 60, 8], [0, 0, 7.75]], storm)
    const connectivity = await outcomeOf(ring, { method: 'connectivity', kind: null })
    expect(figure(connectivity, 'loops')).toBe(1)
    const overflow = await outcomeOf(ring, { method: 'overflow' })
    expect(figure(overflow, 'drains')).toBe(4)
  })

  it('directions nobody can tell: level lines between two outfalls are named, a trace passes them both ways', async () => {
    const level = TwinBuilder.with().aPipe('A', [[0, 0, 5], [50, 0, 5]], storm).aPipe('X', [[0, 0, 5], [0, 40, 5]], { ...storm, kind: 'sewer_foul' })
    const flow = await outcomeOf(level, { method: 'flow', kind: null })
    expect(Number(figure(flow, 'outfalls')) + Number(figure(flow, 'unknown'))).toBeGreaterThan(0)
    expect(codes(flow).filter(code => code === 'outfall_assumed' || code === 'direction_unknown').length).toBeGreaterThan(0)
    expect(figure(await outcomeOf(level, { method: 'trace', asset: 'A', direction: 'both', to: null }), 'lines')).toBe(2)
  })

  it('a drain that rises: it has no capacity of its own, the adverse slope is listed, its neighbours are computed', async () => {
    const rising = TwinBuilder.with().onFlatGround(10).aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.85]], storm)
      .aManhole('M1', [-80, 0, 10], manhole).aManhole('M2', [0, 0, 10], manhole).aManhole('OUT', [80, 0, 7.85], { ...manhole, nodeType: 'outfall' })
    const overflow = await outcomeOf(rising, { method: 'overflow' })
    expect(overflow.issues.find(({ code }) => code === 'capacity_unknown')).toMatchObject({ count: 1, example: expect.stringContaining('B') as unknown })
    expect(rows(overflow, 'manholes')).toHaveLength(2)
    expect(figure(await outcomeOf(rising, { method: 'flow', kind: null }), 'adverse')).toBe(1)
  })
})

describe('facts that are missing', () => {
  it('levels and sizes that were filled in are named beside the answer', async () => {
    const filled = drains().aPipe('E', [[0, 0, 7.75], [0, 40, 8]], { ...storm, assumed: ASSUMED.level | ASSUMED.size })
    expect((await outcomeOf(filled, { method: 'overflow' })).issues.find(({ code }) => code === 'position_assumed')).toMatchObject({ count: 1, example: expect.stringContaining('E') as unknown })
  })

  it('no ground: levels are computed, flooding that needs a cover level is not, and both are said', async () => {
    const blind = TwinBuilder.with().aPipe('A', [[-80, 0, 8.25], [0, 0, 7.75]], storm).aPipe('B', [[0, 0, 7.75], [80, 0, 7.25]], storm).aManhole('OUT', [80, 0, 7.25], { ...manhole, nodeType: 'outfall' })
    const overflow = await outcomeOf(blind, { method: 'overflow' })
    expect(codes(overflow)).toEqual(expect.arrayContaining(['rim_unknown', 'inlet_missing']))
    expect(figure(overflow, 'drains')).toBe(2)
  })

  it('a gas pipe of no pressure class: no rate and no time is made up, spaces and valves are still listed', async () => {
    const gas = await outcomeOf(drains().aPipe('G', [[-80, 2, 9], [80, 2, 9]], { kind: 'gas', pressureClass: undefined as never }), { method: 'gas', asset: 'G' })
    expect([figure(gas, 'rateM3H'), figure(gas, 'regime')]).toEqual([null, null])
    expect(codes(gas)).toEqual(expect.arrayContaining(['pressure_unknown', 'valve_missing']))
    expect(Number(figure(gas, 'spaces'))).toBeGreaterThan(0)
    for (const { cells } of rows(gas, 'spaces')) expect(cells.at(-1)).toBeNull()
  })

  it('no soil, no groundwater, no survey of defects: those factors count neither way and the grade at worst stands beside', async () => {
    const collapse = await outcomeOf(drains(), { method: 'collapse' })
    expect(codes(collapse)).toContain('factor_unknown')
    const [first] = rows(collapse, 'drains')
    expect(String(first!.cells[5]).split(' ')).toEqual(expect.arrayContaining(['defect', 'soil', 'groundwater']))
    expect(['I', 'II', 'III', 'IV'].indexOf(String(first!.cells[3]))).toBeGreaterThan(['I', 'II', 'III', 'IV'].indexOf(String(first!.cells[2])))
  })

  it('a burst where no valve and no source is known: what is isolated is all of it, and both are said', async () => {
    const burst = await outcomeOf(TwinBuilder.with().aPipe('W', [[0, 0, 5], [50, 0, 5]]), { method: 'burst', asset: 'W' })
    expect(codes(burst)).toEqual(expect.arrayContaining(['valve_missing', 'source_missing']))
    expect(figure(burst, 'isolatedLength')).toBeCloseTo(50, 6)
  })
})

describe('storms outside what their formula is given for', () => {
  it('2013 Shapingba at 50 years: computed, and said to be outside; 2017: its source gives no range', async () => {
    const old = await outcomeOf(drains(), { method: 'overflow', storm: 'shapingba-2013', returnYears: [5, 50] })
    expect(old.issues.find(({ code }) => code === 'storm_out_of_range')).toMatchObject({ count: 1, severity: 'warning' })
    expect(codes(await outcomeOf(drains(), { method: 'overflow', storm: 'shapingba-2017', returnYears: [5] }))).toContain('storm_range_unknown')
  })

  it('so frequent a storm that the formula falls below nothing rains nothing', async () => {
    const dry = await outcomeOf(drains(), { method: 'overflow', storm: 'own', stormA: 1000, stormC: 2, stormB: 5, stormN: 0.6, returnYears: [0.1] })
    expect([figure(dry, 'flooded'), figure(dry, 'surcharged')]).toEqual([0, 0])
    for (const { cells } of rows(dry, 'drains')) expect(cells.at(-1)).toBe(0)
  })

  it.each(['rational', 'unit_hydrograph'] as const)('a storm of one\'s own by %s: more rain never gives less flow', async inflow => {
    const peaks = await Promise.all([500, 1000, 3000].map(async stormA => Number(rows(await outcomeOf(drains(), { method: 'overflow', inflow, storm: 'own', stormA, stormC: 0.9, stormB: 8, stormN: 0.65, returnYears: [5] }), 'drains')[0]!.cells.at(-1))))
    expect(peaks[0]).toBeGreaterThan(0)
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b))
    expect(peaks[2]! / peaks[0]!).toBeCloseTo(6, 6)
  })
})
