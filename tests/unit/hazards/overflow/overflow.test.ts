import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { analysisSubject, NO_CHANGES, type AnalysisSubject } from '#shared/hazards/analysis/subject.ts'
import { computeOverflow } from '#shared/hazards/analysis/overflow-method.ts'
import { findStorm, ownStorm } from '#shared/hazards/design-storm.ts'
import { OVERFLOW_DEFAULTS, type Catchment, type OverflowOptions } from '#shared/hazards/overflow/overflow.ts'
import { drainRows, manholeRows } from '#shared/hazards/overflow/overflow-rows.ts'
import type { StormCourse } from '#shared/hazards/overflow/unit-hydrograph.ts'
import { swmmModel } from '#shared/hazards/overflow/swmm-model.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

/** Rain that does not lessen with time: 100 L/(s·ha) whatever the duration and return period. */
const STEADY = ownStorm(100, 0, 0, 1e-12)
const subjectOf = (builder: TwinBuilder): AnalysisSubject => {
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  return analysisSubject({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }, NO_CHANGES)
}
const catchment = (node: string, areaM2: number): Catchment => ({ id: `C-${node}`, ring: [0, 0, 1, 0, 1, 1], areaM2, node, runoffCoefficient: 1 })
const OPTIONS: OverflowOptions = { ...OVERFLOW_DEFAULTS, formula: STEADY, returnYears: [1], tailwaterM: null, dryFlowLs: 0, withThiessen: false, catchments: [catchment('M1', 10_000), catchment('M2', 10_000)] }

/** Outer 0.6 m is 0.5 m inside. M1 –A 100 m– M2 –B 100 m– outfall; bottoms 8.0, 7.5, 7.0 (5 ‰), covers at `cover`. */
const line = (cover = 10) => {
  const fields = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
  return TwinBuilder.with()
    .aPipe('A', [[0, 0, 8.25], [100, 0, 7.75]], fields).aPipe('B', [[100, 0, 7.75], [200, 0, 7.25]], fields)
    .aManhole('M1', [0, 0, cover], { kind: 'sewer_storm' }).aManhole('M2', [100, 0, cover], { kind: 'sewer_storm' }).aManhole('OUT', [200, 0, 7.25], { kind: 'sewer_storm', nodeType: 'outfall' })
}
const lengthM = Math.hypot(100, 0.5)
const FULL = (0.3117 / 0.013) * 0.5 ** (8 / 3) * Math.sqrt(0.5 / lengthM)

describe('two drains and an outfall, by hand', () => {
  const answer = computeOverflow(subjectOf(line()), OPTIONS, unattendedJob)
  const drains = new Map(drainRows(answer).map(row => [row.asset, row]))
  const manholes = new Map(manholeRows(answer, null).map(row => [row.node, row]))

  it('flows add up: 1 ha at 100 L/s, then 2 ha', () => {
    expect(drains.get('A')!.results[0]!.flowM3s).toBeCloseTo(0.1, 9)
    expect(drains.get('B')!.results[0]!.flowM3s).toBeCloseTo(0.2, 9)
  })

  it('capacity is that of the pipe running full', () => {
    expect(drains.get('B')!.fullM3s).toBeCloseTo(FULL, 4)
    expect(FULL).toBeCloseTo(0.267, 3)
  })

  it('nothing is surcharged while all of it fits', () => {
    expect([...manholes.values()].map(row => [row.node, row.surchargesFromYears, row.floodsFromYears])).toEqual([['M1', null, null], ['M2', null, null]])
    // At M2 the water stands at the normal depth of B: between half and three quarters full.
    const depth = manholes.get('M2')!.results[0]!.waterM - 7.5
    expect(depth).toBeGreaterThan(0.25)
    expect(depth).toBeLessThan(0.4)
  })

  it('twice the rain runs full: friction (Q/K)² over B lifts M2, and M1 on top of it', () => {
    const wet = computeOverflow(subjectOf(line(20)), { ...OPTIONS, formula: ownStorm(200, 0, 0, 1e-12) }, unattendedJob)
    const rows = new Map(manholeRows(wet, null).map(row => [row.node, row]))
    const loss = (flow: number) => lengthM * (flow / (FULL / Math.sqrt(0.5 / lengthM))) ** 2
    const atM2 = 7.0 + 0.5 + loss(0.4)
    expect(rows.get('M2')!.results[0]!.waterM).toBeCloseTo(atM2, 3)
    expect(rows.get('M1')!.results[0]!.waterM).toBeCloseTo(Math.max(atM2 + loss(0.2), 8 + 0.5), 3)
    expect(rows.get('M2')).toMatchObject({ surchargesFromYears: 1, floodsFromYears: null })
  })

  it('water that would stand over the ground floods, and what cannot leave is the excess', () => {
    const low = computeOverflow(subjectOf(line(8.6)), { ...OPTIONS, formula: ownStorm(400, 0, 0, 1e-12) }, unattendedJob)
    const m2 = manholeRows(low, null).find(row => row.node === 'M2')!
    expect(m2).toMatchObject({ floodsFromYears: 1, results: [{ flooded: true, waterM: expect.closeTo(8.6, 9) }] })
    // 8.6 over the outfall's 7.5 drives K √(1.1 / L) through B.
    const leaves = (FULL / Math.sqrt(0.5 / lengthM)) * Math.sqrt(1.1 / lengthM)
    expect(m2.results[0]!.excessM3s).toBeCloseTo(0.8 - leaves, 3)
  })

  it('a high level outside the outfall backs up level', () => {
    const backed = computeOverflow(subjectOf(line()), { ...OPTIONS, tailwaterM: 9, formula: ownStorm(1, 0, 0, 1e-12) }, unattendedJob)
    for (const row of manholeRows(backed, null)) expect(row.results[0]!.waterM).toBeCloseTo(9, 2)
    expect(backed.issues.map(({ code }) => code)).not.toContain('tailwater_assumed')
  })

  it('a longer return period never gives less', () => {
    const { runs } = computeOverflow(subjectOf(line()), { ...OPTIONS, formula: ownStorm(100, 0.9, 5, 0.6), returnYears: [1, 2, 5, 50] }, unattendedJob)
    for (let k = 1; k < runs.length; k++) runs[k]!.flows.flowM3s.forEach((flow, d) => expect(flow).toBeGreaterThanOrEqual(runs[k - 1]!.flows.flowM3s[d]!))
  })

  it('by unit hydrographs steady rain comes to the same flows, and a design storm to less than the rational peaks, for every return period', () => {
    const steady = computeOverflow(subjectOf(line()), { ...OPTIONS, inflow: 'unit_hydrograph' }, unattendedJob)
    expect(drainRows(steady).map(row => row.results[0]!.flowM3s)).toEqual([expect.closeTo(0.1, 6), expect.closeTo(0.2, 6)])
    const storm = { ...OPTIONS, formula: findStorm('shapingba-2017')!, returnYears: [1, 5, 50] }
    const [rational, unit] = (['rational', 'unit_hydrograph'] as const).map(inflow => computeOverflow(subjectOf(line()), { ...storm, inflow }, unattendedJob).runs)
    rational!.forEach(({ flows }, k) => flows.flowM3s.forEach((peak, d) => {
      expect(unit![k]!.flows.flowM3s[d]).toBeLessThan(peak)
      expect(unit![k]!.flows.flowM3s[d]).toBeGreaterThan(0.6 * peak)
    }))
  })

  it('writes the same drains, areas and storm as a SWMM model', () => {
    const text = swmmModel(answer, { formula: STEADY, returnYears: 1, durationMin: 60, peakShare: 0.4 }).text
    expect(text).toMatch(/\[CONDUITS\]\nA M1 M2 100\.001 0\.013 8\.000 7\.500/)
    expect(text).toMatch(/\[XSECTIONS\]\nA CIRCULAR 0\.500/)
    expect(text).toMatch(/\[OUTFALLS\]\nOUT 7\.000 FREE/)
    expect(text).toMatch(/S_M1 STORM M1 1\.00000/)
    const depths = /\[TIMESERIES\]\n([^[]*)/.exec(text)![1]!.trim().split('\n').map(row => Number(row.split(' ')[2]))
    // 100 L/(s·ha) over an hour: 36 mm.
    expect(depths.reduce((sum, mm) => sum + mm, 0)).toBeCloseTo(36, 2)
  })
})

describe('a SWMM model of what SWMM would refuse as it is', () => {
  const storm: StormCourse = { formula: STEADY, returnYears: 1, durationMin: 60, peakShare: 0.4 }
  const section = (text: string, name: string): string[][] => new RegExp(`\\[${name}\\]\\n([^[]*)`).exec(text)![1]!.trim().split('\n').map(row => row.split(' '))

  it('leads two drains that meet at an outfall on to an outfall of its own: SWMM lets one link end there', () => {
    const fields = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
    const builder = line().aPipe('C', [[200, 100, 8], [200, 0, 7.25]], fields).aManhole('M3', [200, 100, 10], { kind: 'sewer_storm' })
    const { text } = swmmModel(computeOverflow(subjectOf(builder), { ...OPTIONS, catchments: [], withThiessen: true }, unattendedJob), storm)
    expect(section(text, 'OUTFALLS').map(([name]) => name)).toEqual(['OUT_OUT'])
    const links = section(text, 'CONDUITS').map(([name, from, to]) => [name, from, to])
    expect(links).toEqual(expect.arrayContaining([['B', 'M2', 'OUT'], ['C', 'M3', 'OUT'], ['OUT_OUT', 'OUT', 'OUT_OUT']]))
    expect(links.filter(([, from, to]) => from === 'OUT_OUT' || to === 'OUT_OUT')).toHaveLength(1)
    expect(section(text, 'JUNCTIONS').map(([name]) => name)).toContain('OUT')
  })

  it('a storm of a day ends on the next', () => {
    const { text } = swmmModel(computeOverflow(subjectOf(line()), OPTIONS, unattendedJob), { ...storm, durationMin: 1440 })
    expect(text).toMatch(/END_DATE 01\/02\/2024\nEND_TIME 02:00:00/)
    expect(section(text, 'TIMESERIES')).toHaveLength(288)
  })

  it('a catchment with its own runoff coefficient sheds that share', () => {
    const { text } = swmmModel(computeOverflow(subjectOf(line()), { ...OPTIONS, catchments: [{ ...catchment('M1', 10_000), runoffCoefficient: 0.3 }, catchment('M2', 5000)] }, unattendedJob), storm)
    expect(section(text, 'SUBCATCHMENTS').map(row => [row[0], row[3], row[4]])).toEqual([['S_M1', '1.00000', '30.0'], ['S_M2', '0.50000', '100.0']])
  })
})

describe('networks that are not as they should be', () => {
  const fields = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.6 } }
  const codes = (builder: TwinBuilder) => computeOverflow(subjectOf(builder), { ...OPTIONS, catchments: [], withThiessen: true }, unattendedJob).issues.map(({ code }) => code)

  it('a drain that rises has no capacity of its own, and the rest is still computed', () => {
    const builder = TwinBuilder.with().aPipe('A', [[0, 0, 8], [100, 0, 7.5]], fields).aPipe('B', [[100, 0, 7.5], [200, 0, 7.6]], fields)
      .aManhole('M1', [0, 0, 10], { kind: 'sewer_storm' }).aManhole('OUT', [200, 0, 7.6], { kind: 'sewer_storm', nodeType: 'outfall' })
    expect(codes(builder)).toContain('capacity_unknown')
    const rows = drainRows(computeOverflow(subjectOf(builder), { ...OPTIONS, catchments: [], withThiessen: true }, unattendedJob))
    expect(rows.find(row => row.asset === 'B')).toMatchObject({ fullM3s: null })
    expect(rows.find(row => row.asset === 'A')!.fullM3s).toBeGreaterThan(0)
  })

  it('without an outfall the lowest end is taken, and said', () => {
    expect(codes(TwinBuilder.with().aPipe('A', [[0, 0, 8], [100, 0, 7.5]], fields).aManhole('M1', [0, 0, 10], { kind: 'sewer_storm' }))).toContain('outfall_assumed')
  })

  it('without a manhole no rain comes in, and that is said', () => {
    expect(codes(TwinBuilder.with().aPipe('A', [[0, 0, 8], [100, 0, 7.5]], fields))).toContain('inlet_missing')
  })

  it('without any drain it refuses', () => {
    expect(() => computeOverflow(subjectOf(TwinBuilder.with().aPipe('W', [[0, 0, 8], [9, 0, 8]])), OPTIONS, unattendedJob)).toThrow('nothing_to_analyse')
  })

  it('where water divides, it divides by what the drains take', () => {
    const thin = { ...fields, section: { shape: 'circle' as const, diameterM: 0.3 } }
    const builder = TwinBuilder.with().aPipe('IN', [[-50, 0, 9], [0, 0, 8]], fields).aPipe('BIG', [[0, 0, 8], [100, 0, 7.5]], fields).aPipe('THIN', [[0, 0, 8], [0, 100, 7.5]], thin)
      .aManhole('M1', [-50, 0, 10], { kind: 'sewer_storm' }).aManhole('O1', [100, 0, 7.5], { kind: 'sewer_storm', nodeType: 'outfall' }).aManhole('O2', [0, 100, 7.5], { kind: 'sewer_storm', nodeType: 'outfall' })
    const rows = new Map(drainRows(computeOverflow(subjectOf(builder), { ...OPTIONS, catchments: [catchment('M1', 10_000)] }, unattendedJob)).map(row => [row.asset, row.results[0]!.flowM3s]))
    expect(rows.get('BIG')! + rows.get('THIN')!).toBeCloseTo(0.1, 9)
    expect(rows.get('BIG')! / rows.get('THIN')!).toBeCloseTo(2 ** (8 / 3), 6)
  })
})

describe('a scheme that takes a drain out', () => {
  const cut = (removed: readonly string[]) => {
    const builder = line().aPipe('C', [[100, -80, 8.3], [100, 0, 7.75]], { kind: 'sewer_storm', section: { shape: 'circle', diameterM: 0.6 } }).aManhole('M3', [100, -80, 10.3], { kind: 'sewer_storm' })
    const { nodes, surfaceFeatures, blocks, ground } = builder.build()
    const subject = analysisSubject({ columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }, { ...NO_CHANGES, removed })
    return computeOverflow(subject, { ...OPTIONS, catchments: [catchment('M1', 10_000), catchment('M3', 10_000)] }, unattendedJob)
  }

  it('floods the manhole it led on from with all that comes there: 0.1 and 0.1 m³/s', () => {
    const answer = cut(['B'])
    const rows = new Map(manholeRows(answer, null).map(row => [row.node, row]))
    expect(rows.get('M2')!.results[0]).toMatchObject({ flooded: true, waterM: 10, excessM3s: expect.closeTo(0.2, 9) as unknown })
    // The water stands back: to M1, whose cover is as low, but not over M3.
    expect([rows.get('M1')!.floodsFromYears, rows.get('M3')!.floodsFromYears]).toEqual([1, null])
    expect(answer.issues.map(({ code }) => code)).toContain('drain_cut')
    expect(answer.issues.map(({ code }) => code)).not.toContain('outfall_assumed')
  })

  it('floods nothing where the rest still drains', () => {
    const answer = cut(['C'])
    expect(manholeRows(answer, null).some(row => row.floodsFromYears !== null)).toBe(false)
    expect(answer.issues.map(({ code }) => code)).not.toContain('drain_cut')
  })
})
