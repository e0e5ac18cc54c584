import { describe, expect, it } from 'vitest'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { FeatureCollection, LineFeature, OraclePack } from '#tests/oracle/types.ts'
import { checkFeatures } from './oracle-network.ts'

/** Water and sewers 1 m apart in plan, 0.4 m at crossings with the water above and 0.6 m below. */
const PACK: OraclePack = {
  semantics: 'crossing-alongside', alongsideMaxVerticalGapM: 3,
  classes: [{ id: 'water', match: { kind: 'water' } }, { id: 'sewer', match: { kind: 'sewer_foul' } }],
  horizontal: [{ a: 'water', b: 'sewer', minM: 1 }],
  vertical: [{ upper: 'water', lower: 'sewer', minM: 0.4 }, { upper: 'sewer', lower: 'water', minM: 0.6 }],
}

type Extra = Readonly<Record<string, unknown>>
const KNOWN = { accuracyPlanM: 0, accuracyLevelM: 0 }
const line = (id: string, kind: string, coordinates: number[][], extra: Extra = {}): LineFeature =>
  ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: { id, kind, owner: kind, diameterM: 0.2, ...KNOWN, ...extra } })
const water = (id: string, coordinates: number[][], extra: Extra = {}) => line(id, 'water', coordinates, extra)
const sewer = (id: string, coordinates: number[][], extra: Extra = {}) => line(id, 'sewer_foul', coordinates, extra)
const net = (...features: LineFeature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const findingsOf = (...features: LineFeature[]): readonly Finding[] => checkFeatures(net(...features), PACK).findings

describe('one finding per pair of runs and connected stretch', () => {
  it('alongside: the minimum, where, and the ends of the stretch', () => {
    // Plan distance falls from 2.2 m to 0.2 m over 20 m and rises again: short where it is below 1 + 0.2 m, from x = 10 to x = 30.
    const [only, ...rest] = findingsOf(water('w', [[0, 2.2, 0], [20, 0.2, 0], [40, 2.2, 0]]), sewer('s', [[0, 0, -1], [40, 0, -1]]))
    expect(rest).toEqual([])
    expect(only).toMatchObject({ rule: 'horizontal', a: ['s'], b: ['w'], required: 1, verdict: 'certain', mandatory: true, clause: 'c0', others: [] })
    expect(only!.found).toBeCloseTo(0, 9)
    expect(only!.shortfall).toBeCloseTo(1, 9)
    expect(only!.stretch.from[0]).toBeCloseTo(40 - only!.stretch.to[0], 6)
    const at = only!.stretch.from[0]
    // Its end is exactly 1.2 m from the water.
    const [ux, uy] = [20 / Math.hypot(20, 2), -2 / Math.hypot(20, 2)]
    expect(Math.abs(at * uy - (0 - 2.2) * ux)).toBeCloseTo(1.2, 5)
    expect(only!.stretch.fromChainageM).toBeCloseTo(at, 9)
  })

  it('two places on the same two runs are two findings, numbered along the run', () => {
    const zigzag = [[0, 5, 0], [10, 0.5, 0], [20, 5, 0], [30, 0.6, 0], [40, 5, 0]]
    const findings = findingsOf(water('w', zigzag), sewer('s', [[0, 0, -1], [40, 0, -1]]))
    expect(findings.map(finding => finding.id)).toEqual(['s|w|horizontal|1', 's|w|horizontal|2'])
    expect(findings.map(finding => Math.round(finding.at.b[0]))).toEqual([10, 30])
  })

  it('a crossing that is hard carries the vertical shortfall: one problem, one row', () => {
    const findings = findingsOf(water('w', [[0, 0, 0], [20, 0, 0]]), sewer('s', [[10, -10, -0.1], [10, 10, -0.1]]))
    expect(findings).toHaveLength(1)
    // D = 0.1 − 0.2; G_v = 0.1 − 0.2 against 0.4 with the water above.
    expect(findings[0]).toMatchObject({ rule: 'hard', required: 0, clause: '', mandatory: true })
    expect(findings[0]!.found).toBeCloseTo(-0.1, 12)
    expect(findings[0]!.others.map(({ rule, required }) => [rule, required])).toEqual([['vertical', 0.4]])
  })

  it('goes on over the joints of a run, and names the assets of the stretch', () => {
    const findings = findingsOf(
      water('w1', [[0, 0.6, 0], [10, 0.6, 0]]), water('w2', [[20, 0.6, 0], [10, 0.6, 0]]), water('w3', [[20, 0.6, 0], [30, 9, 0]]),
      sewer('s', [[0, 0, -1], [40, 0, -1]]),
    )
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ id: 's|w1|horizontal|1', a: ['s'] })
    expect(findings[0]!.b).toContain('w2')
  })

  it('is the same whichever side is written first, and says which asset is which', () => {
    const [w, s] = [water('b', [[0, 0, 0], [20, 0, 0]]), sewer('a', [[10, -10, -0.5], [10, 10, -0.5]])]
    const findings = findingsOf(w, s)
    expect(findingsOf(s, w)).toEqual(findings)
    expect(findings[0]).toMatchObject({ a: ['a'], b: ['b'], rule: 'vertical' })
    expect(findings[0]!.at.a[2]).toBeCloseTo(-0.5)
    expect(findings[0]!.at.b[2]).toBeCloseTo(0)
  })

  it('says who gives way by the first rule of the pack that tells the two apart', () => {
    const yielding = [{ yields: 'small_diameter', to: 'large_diameter', clause: '1' }, { yields: 'pressure', to: 'gravity', clause: '2' }]
    const pack = { ...PACK, yielding } as OraclePack
    const crossing = (diameterM: number) => net(water('w', [[0, 0, 0], [20, 0, 0]], { diameterM }), sewer('s', [[10, -10, -0.4], [10, 10, -0.4]]))
    expect(checkFeatures(crossing(0.2), pack).findings[0]!.yields).toEqual({ side: 'b', yields: 'pressure', to: 'gravity', clause: '2' })
    expect(checkFeatures(crossing(0.3), pack).findings[0]!.yields).toEqual({ side: 'a', yields: 'small_diameter', to: 'large_diameter', clause: '1' })
    expect(checkFeatures(crossing(0.3), PACK).findings[0]!.yields).toBeNull()
  })

  it('under `either` the horizontal figures stand beside the vertical ones', () => {
    const network = net(water('w', [[0, 0.9, 0], [20, 0.9, 0]]), sewer('s', [[0, 0, -0.4], [20, 0, -0.4]]))
    const [only, ...rest] = checkFeatures(network, { ...PACK, semantics: 'either' }).findings
    expect(rest).toEqual([])
    // G_v = 0.4 − 0.2 against 0.4; G_h = 0.9 − 0.2 against 1.
    expect(only).toMatchObject({ rule: 'either', required: 0.4, horizontal: { required: 1 } })
    expect([only!.found, only!.horizontal!.found].map(x => +x.toFixed(9))).toEqual([0.2, 0.7])
  })

  it('a pack that counts any angle as a crossing still comes to an end', () => {
    const network = net(water('w1', [[0, 0, 0], [20, 0, 0]]), water('w2', [[20, 0, 0], [40, 1, 0]]), sewer('s', [[0, 0, -1], [20, 0, -1]]), sewer('s2', [[20, 0, -1], [40, -1, -1]]))
    expect(checkFeatures(network, { ...PACK, crossingMinAngleDeg: 0 }).findings.length).toBeGreaterThan(0)
  })

  it('touching leads nothing but itself', () => {
    const findings = findingsOf(water('w', [[0, 0.2, 0], [20, 0.2, 0]]), water('x', [[0, 0, 0], [20, 0, 0]], { owner: 'other' }))
    expect(findings.map(({ rule, required, verdict }) => [rule, required, verdict])).toEqual([['touching', 0, 'certain']])
  })
})

describe('uncertainty', () => {
  /** Vertical gap at the crossing, and both sides' limits in level. */
  const crossing = (gapM: number, limits: readonly (number | undefined)[]) => {
    const extra = (limit: number | undefined) => ({ accuracyPlanM: 0.05, accuracyLevelM: limit })
    return findingsOf(water('w', [[0, 0, 0], [20, 0, 0]], extra(limits[0])), sewer('s', [[10, -10, -gapM - 0.2], [10, 10, -gapM - 0.2]], extra(limits[1])))
      .filter(finding => finding.rule === 'vertical').map(({ verdict, shortfall, uncertaintyM }) => [verdict, +shortfall.toFixed(6), uncertaintyM === null ? null : +uncertaintyM.toFixed(6)])
  }

  it.each([
    ['certain: 0.2 + 0.05 is below 0.4', 0.2, [0.03, 0.04], [['certain', 0.2, 0.05]]],
    ['possible: short by 0.02, known to 0.05', 0.38, [0.03, 0.04], [['possible', 0.02, 0.05]]],
    ['possible though it passes: 0.42 − 0.05 is below 0.4', 0.42, [0.03, 0.04], [['possible', -0.02, 0.05]]],
    ['clear: 0.46 − 0.05 is not', 0.46, [0.03, 0.04], []],
    ['unknown makes a shortfall possible', 0.2, [undefined, 0.04], [['possible', 0.2, null]]],
    ['unknown lists nothing that passes', 0.42, [undefined, 0.04], []],
    ['both unknown', 0.2, [undefined, undefined], [['possible', 0.2, null]]],
    ['known exactly', 0.399, [0, 0], [['certain', 0.001, 0]]],
  ])('%s', (_, gapM, limits, wanted) => {
    expect(crossing(gapM, limits)).toEqual(wanted)
  })

  it('does not make every crossing possibly wrong at the edges of its zone, nor joined assets possibly hard', () => {
    const known = { accuracyPlanM: 0.1, accuracyLevelM: 0.1 }
    const findings = findingsOf(
      water('w', [[0, 0, 0], [20, 0, 0]], known), sewer('s', [[10, -10, -2], [10, 10, -2]], known),
      water('lateral', [[5, 0, 0], [5, -8, 0]], known),
    )
    expect(findings).toEqual([])
  })

  it('does not change the pairs', () => {
    const network = (accuracy: number) => net(water('w', [[0, 0.9, 0], [20, 0.9, 0]], { accuracyPlanM: accuracy, accuracyLevelM: accuracy }), sewer('s', [[0, 0, -1], [20, 0, -1]]))
    expect(checkFeatures(network(0.5), PACK).pairs).toEqual(checkFeatures(network(0), PACK).pairs)
  })
})

describe('what is asked about', () => {
  const network = net(
    water('w', [[0, 0.6, 0], [20, 0.6, 0]]), sewer('s1', [[0, 0, -1], [20, 0, -1]]), sewer('s2', [[0, 1.2, -1], [20, 1.2, -1]]), water('x', [[0, -0.6, 0], [20, -0.6, 0]]),
  )
  const all = checkFeatures(network, PACK)
  const mask = (...ids: string[]) => Uint8Array.from(network.features, ({ properties }) => (ids.includes(properties.id) ? 1 : 0))
  const pairsOf = (outcome: typeof all) => outcome.pairs.map(row => `${row.a} ${row.b}`)

  it('everything', () => {
    expect(pairsOf(all)).toEqual(['s1 w', 's1 x', 's2 w'])
  })
  it('pairs with one of some assets, with the same figures', () => {
    const given = checkFeatures(network, PACK, { involving: mask('x', 's2') })
    expect(given.pairs).toEqual(all.pairs.filter(row => row.b === 'x' || row.a === 's2'))
    expect(given.findings).toEqual(all.findings.filter(finding => finding.b.includes('x') || finding.a.includes('s2')))
  })
  it('pairs across two sets', () => {
    expect(pairsOf(checkFeatures(network, PACK, { sets: { a: mask('w', 'x'), b: mask('s1') } }))).toEqual(['s1 w', 's1 x'])
    expect(pairsOf(checkFeatures(network, PACK, { sets: { a: mask('w', 'x'), b: mask('w', 'x') } }))).toEqual([])
  })
  it('an empty network', () => {
    expect(checkFeatures(net(), PACK)).toEqual({ findings: [], pairs: [] })
  })
})
