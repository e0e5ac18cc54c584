import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { PARAMETER_DEFAULTS } from '#shared/hazards/analysis/parameters.ts'
import { NO_CHANGES, type AnalysisBaseline, type SchemeChanges } from '#shared/hazards/analysis/subject.ts'
import { lifelineFindings } from '#shared/hazards/lifeline/lifeline-findings.ts'
import type { Excavation } from '#shared/scenario/document.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

const twinOf = (builder: TwinBuilder): AnalysisBaseline => {
  const { nodes, surfaceFeatures, blocks, ground } = builder.build()
  return { columns: builder.buildColumns([0, 0, 0]), nodes, surfaceFeatures, blocks, ground, attributes: new Map() }
}
const found = (builder: TwinBuilder, scheme: Partial<SchemeChanges>, twin = twinOf(builder)): readonly Finding[] => lifelineFindings(twin, { ...NO_CHANGES, ...scheme }, PARAMETER_DEFAULTS.lifeline, 2026, unattendedJob)
const only = (findings: readonly Finding[], rule: Finding['rule']) => findings.filter(finding => finding.rule === rule)
const D02 = { shape: 'circle', diameterM: 0.2 } as const

describe('what a scheme makes worse, hazard by hazard', () => {
  it('every finding is screening: possible, never mandatory', () => {
    const findings = found(city(), { proposals: [aProposal('G', { kind: 'gas', section: D02, axis: [[0, 3, -1], [100, 3, -1]] })] })
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['gas_space', 'trench_struck', 'trench_undermined', 'collapse_factors']))
    for (const { mandatory, verdict } of findings) expect([mandatory, verdict]).toEqual([false, 'possible'])
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length)
  })

  it('a space comes near a planned gas pipe: by its clear distance, where it is nearest', () => {
    const [finding, ...rest] = only(found(TwinBuilder.with().aManhole('M', [40, 2, 0], { diameterM: 1, bottomZ: -4 }), { proposals: [aProposal('G', { kind: 'gas', section: D02, axis: [[0, 0, -1], [100, 0, -1]] })] }), 'gas_space')
    expect(rest).toEqual([])
    // 2 m, less half of the manhole and half of the pipe.
    expect(finding).toMatchObject({ id: 'G|M|gas_space|1', a: ['G'], b: ['M'], against: { sort: 'node', type: 'manhole' }, required: 5, at: { a: [40, 0, -1], b: [40, 2, -1] }, stretch: { fromChainageM: 40 } })
    expect(finding!.found).toBeCloseTo(1.4, 9)
    expect(finding!.shortfall).toBeCloseTo(3.6, 9)
  })

  it('a diversion that takes its spaces along is no alarm, one that comes nearer is', () => {
    const twin = () => TwinBuilder.with().aPipe('OLD', [[0, 0, -1], [100, 0, -1]], { kind: 'gas', section: D02 }).aPipe('FOUL', [[0, 4, -1], [100, 4, -1]], { kind: 'sewer_foul', section: D02 })
    const moved = (y: number) => only(found(twin(), { proposals: [aProposal('NEW', { kind: 'gas', section: D02, axis: [[0, y, -1], [100, y, -1]], replaces: ['OLD'] })] }), 'gas_space')
    expect(moved(0)).toEqual([])
    expect(moved(-0.5)).toEqual([])
    expect(moved(1)).toMatchObject([{ id: 'NEW|FOUL|gas_space|1' }])
  })

  it('a manhole floods more, by what cannot leave before and after', () => {
    // The drain of the sample in the overflow tests, covers 1 m over the bottom of the pipe: the reach of the inlets floods it.
    const fields = { kind: 'sewer_storm' as const, section: { shape: 'circle' as const, diameterM: 0.24 } }
    const twin = TwinBuilder.with().aPipe('A', [[0, 0, 8.1], [100, 0, 8]], fields).aPipe('B', [[100, 0, 8], [200, 0, 7.9]], fields)
      .aManhole('M1', [0, 0, 9], { kind: 'sewer_storm' }).aManhole('M2', [100, 0, 9], { kind: 'sewer_storm' }).aManhole('OUT', [200, 0, 7.9], { kind: 'sewer_storm', nodeType: 'outfall' })
    // One more drain into M2, laid through two manholes that are there already.
    twin.aManhole('M0', [100, 120, 9.5], { kind: 'sewer_storm' })
    const proposal = aProposal('NEW', { kind: 'sewer_storm', section: fields.section, axis: [[100, 120, 8.6], [100, 0, 8]] })
    const worse = only(found(twin, { proposals: [proposal] }), 'manhole_flooding')
    const atM2 = worse.find(({ b }) => b[0] === 'M2')!
    expect(atM2).toMatchObject({ id: 'B|M2|manhole_flooding|1', a: ['B'], against: { sort: 'node', type: 'manhole' }, unit: 'lps', clause: 'q = 1132(1+0.958lgP)/(t+5.408)^0.595, P = 5 a' })
    expect(atM2.found).toBeGreaterThan(atM2.required)
    expect(atM2.required).toBeGreaterThan(0)
    expect(atM2.shortfall).toBeCloseTo(atM2.found - atM2.required, 9)
    expect(only(found(twin, { proposals: [aProposal('W', { kind: 'water', axis: [[100, 120, 8.6], [100, 0, 8]] })] }), 'manhole_flooding')).toEqual([])
  })

  it('digging over an old drain adds one factor', () => {
    const finding = only(found(city(), { excavations: [PIT] }), 'collapse_factors').find(({ a }) => a[0] === 'FOUL')
    expect(finding).toMatchObject({ id: 'FOUL|pit-1|collapse_factors|1', b: ['pit-1'], against: { sort: 'excavation', type: 'pit', name: 'Shaft' }, shortfall: 1, unit: 'count' })
  })

  it('a water main laid beside a drain nearer than the code asks adds one factor, and is named', () => {
    // The drain's outside is 0.1 m from its axis; a pit far off, so that the main brings no trench of its own.
    const drain = TwinBuilder.with().onFlatGround(0).aPipe('FOUL', [[0, 0, -2], [80, 0, -2]], { kind: 'sewer_foul', section: D02 })
    const far: Excavation = { ...PIT, id: 'pit-9', shape: { type: 'pit', outline: [[90, 90], [95, 90], [95, 95], [90, 95]] } }
    const main = (y: number) => only(found(drain, { excavations: [far], proposals: [aProposal('W', { kind: 'water', section: D02, axis: [[0, y, -1], [80, y, -1]] })] }), 'collapse_factors')
    expect(main(1.19)).toMatchObject([{ id: 'FOUL|W|collapse_factors|1', a: ['FOUL'], b: ['W'], required: 1, found: 2 }])
    expect(main(1.21)).toEqual([])
  })

  it('what the excavations of the scheme strike are the findings of its own check, with their identity', () => {
    const findings = found(city(), { excavations: [PIT] })
    expect(findings.map(({ id }) => id)).toContain('FOUL|pit-1|dig_struck|1')
    expect(only(findings, 'dig_near')).toEqual([])
    expect(only(findings, 'trench_struck')).toEqual([])
  })

  it('where it draws none, the trench of a line strikes what crosses it, over the width of the trench', () => {
    const finding = only(found(city(), { proposals: [aProposal('W', { kind: 'water', section: D02, axis: [[50, -5, -2.5], [50, 4, -2.5]] })] }), 'trench_struck').find(({ a }) => a[0] === 'FOUL')
    expect(finding).toMatchObject({ id: 'FOUL|W|trench_struck|1', a: ['FOUL'], b: ['W'], required: 0 })
    // 0.2 m and 0.4 m of room on either side; the skin meets each wall half its size before and after the axis does.
    expect(finding!.found).toBeCloseTo(1 + 0.4, 4)
    expect(finding!.at.a[0]).toBeCloseTo(50, 6)
  })
})

describe('over runs', () => {
  it('the same scheme gives the same identities and figures, moved a little the same identities, and taken back nothing', () => {
    const twin = twinOf(city())
    const at = (y: number): Partial<SchemeChanges> => ({ proposals: [aProposal('G', { kind: 'gas', section: D02, axis: [[0, y, -1], [100, y, -1]] })] })
    const first = found(city(), at(3), twin)
    expect(found(city(), at(3), twin)).toEqual(first)
    const nearer = only(found(city(), at(2.8), twin), 'gas_space')
    expect(nearer.map(({ id }) => id)).toEqual(only(first, 'gas_space').map(({ id }) => id))
    const foul = (findings: readonly Finding[]) => findings.find(({ b }) => b[0] === 'FOUL')!.shortfall
    expect(foul(nearer)).toBeGreaterThan(foul(first))
    expect(found(city(), {}, twin)).toEqual([])
  })
})

const PIT: Excavation = { id: 'pit-1', name: 'Shaft', shape: { type: 'pit', outline: [[40, -2], [50, -2], [50, 2], [40, 2]] }, bottom: { depthM: 3 }, slopeRatio: 0 }

/** A foul drain 2 m down with a manhole, on level ground. */
function city(): TwinBuilder {
  return TwinBuilder.with().onFlatGround(0)
    .aPipe('FOUL', [[0, 0, -2], [100, 0, -2]], { kind: 'sewer_foul', section: { shape: 'circle', diameterM: 0.4 } })
    .aPipe('NEAR', [[0, 4, -0.8], [100, 4, -0.8]], { kind: 'water', section: D02 })
    .aPipe('DEEP', [[50, -10, -1.2], [50, 10, -1.2]], { kind: 'sewer_storm', section: D02 })
    .aManhole('M', [50, 0, 0], { kind: 'sewer_foul', diameterM: 1, bottomZ: -2.2 })
}
