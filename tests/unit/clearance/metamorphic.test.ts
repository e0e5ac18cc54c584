import { describe, expect, it } from 'vitest'
import type { CheckOutcome } from '#shared/clearance/check.ts'
import { oraclePairs } from '#tests/oracle/oracle.ts'
import { AWKWARDNESSES } from '#tests/oracle/pen.ts'
import { randomNetwork } from '#tests/oracle/random-network.ts'
import { testPack } from '#tests/oracle/test-pack.ts'
import { reverseDirections, shuffleOrder, splitSegments, translate } from '#tests/oracle/transforms.ts'
import type { FeatureCollection, OraclePack } from '#tests/oracle/types.ts'
import { checkFeatures } from './oracle-network.ts'

/** Networks per semantics: a few as a rule, thousands where asked (`UNDERPLAN_NETWORKS=3000`). */
const NETWORKS = Number(process.env['UNDERPLAN_NETWORKS'] ?? 40)
const FIRST_SEED = 20_000
const EXACT = AWKWARDNESSES.filter(name => name !== 'snapJitter')
const TIMEOUT_MS = 120_000 + 500 * NETWORKS

const rowsOf = ({ pairs }: CheckOutcome, decimals: number) => pairs.map(({ a, b, rule, required, found }) => `${a} ${b} ${rule} ${required} ${(found + 0).toFixed(decimals)}`)
const idsOf = ({ findings }: CheckOutcome) => findings.map(finding => finding.id)
const networkOf = (seed: number): FeatureCollection => randomNetwork({ seed, assets: 14, awkwardnesses: EXACT, missingShare: seed % 3 === 0 ? 0.15 : 0, sizeM: seed % 4 === 0 ? 8 : 24 })

type Line = FeatureCollection['features'][number]

/** Whether an end of one line lies on another's axis, as far as ends are joined. */
function comesToAnEnd({ geometry: { coordinates: ends } }: Line, { geometry: { coordinates: axis } }: Line): boolean {
  return [ends[0]!, ends.at(-1)!].some(end => axis.slice(1).some((q, i) => {
    const p = axis[i]!
    const along = [0, 1, 2].map(k => q[k]! - p[k]!)
    const square = along.reduce((sum, d) => sum + d * d, 0)
    const share = square === 0 ? 0 : Math.min(1, Math.max(0, along.reduce((sum, d, k) => sum + d * (end[k]! - p[k]!), 0) / square))
    return Math.hypot(...along.map((d, k) => p[k]! + share * d - end[k]!)) <= 0.02
  }))
}

/** The same rows; figures within rounding of projected coordinates. */
function sameRows(wanted: CheckOutcome, given: CheckOutcome, title: string): void {
  expect(given.pairs.map(({ a, b, rule, required }) => [a, b, rule, required]), title).toEqual(wanted.pairs.map(({ a, b, rule, required }) => [a, b, rule, required]))
  wanted.pairs.forEach((row, i) => expect(Math.abs(given.pairs[i]!.found - row.found), `${title} ${row.a} ${row.b} ${row.rule}`).toBeLessThan(2e-6))
}

describe.each(['crossing-alongside', 'either', 'distance'] as const)(`%s on ${NETWORKS} random networks (seeds from ${FIRST_SEED})`, semantics => {
  const pack: OraclePack = testPack(semantics)
  const each = (visit: (network: FeatureCollection, seed: number) => void): void => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + NETWORKS; seed++) visit(networkOf(seed), seed)
  }

  it('0 missed, 0 extra against the brute-force oracle', () => {
    let rows = 0
    each((network, seed) => {
      const wanted = oraclePairs(network, pack).map(({ a, b, rule, required, found }) => ({ key: `${a} ${b} ${rule} ${required}`, found }))
      const given = new Map(checkFeatures(network, pack).pairs.map(({ a, b, rule, required, found }) => [`${a} ${b} ${rule} ${required}`, found]))
      expect([...given.keys()].sort(), `seed ${seed}`).toEqual(wanted.map(row => row.key).sort())
      for (const { key, found } of wanted) expect(Math.abs(given.get(key)! - found), `seed ${seed} ${key}`).toBeLessThan(1e-7)
      rows += wanted.length
    })
    expect(rows).toBeGreaterThan(2 * NETWORKS)
  }, TIMEOUT_MS)

  it('order, vertex density and place on Earth change nothing, one after the other and all at once', () => {
    each((network, seed) => {
      const wanted = checkFeatures(network, pack)
      const changes: readonly (readonly [string, (n: FeatureCollection) => FeatureCollection])[] = [
        ['order', n => shuffleOrder(n, seed)], ['vertices', n => splitSegments(n, seed)], ['place', n => translate(n, 384_000, 3_600_000, 128)],
        ['all', n => translate(splitSegments(shuffleOrder(n, seed), seed), 3_600_000, 3_600_000, 64)],
      ]
      for (const [title, change] of changes) {
        const given = checkFeatures(change(network), pack)
        sameRows(wanted, given, `seed ${seed} ${title}`)
        expect(idsOf(given), `seed ${seed} ${title}`).toEqual(idsOf(wanted))
      }
    })
  }, TIMEOUT_MS)

  it('the direction in which lines are drawn changes no row and no number of findings', () => {
    each((network, seed) => {
      const wanted = checkFeatures(network, pack)
      for (const all of [false, true]) {
        const given = checkFeatures(reverseDirections(network, seed, all), pack)
        sameRows(wanted, given, `seed ${seed}`)
        expect(given.findings.length, `seed ${seed}`).toBe(wanted.findings.length)
      }
    })
  }, TIMEOUT_MS)

  it('a pair is the same from either side, and the sum of its parts is the whole', () => {
    each((network, seed) => {
      const count = network.features.length
      const one = Uint8Array.from({ length: count }, (_, i) => i % 2)
      const other = one.map(side => 1 - side)
      const [forth, back] = [checkFeatures(network, pack, { sets: { a: one, b: other } }), checkFeatures(network, pack, { sets: { a: other, b: one } })]
      expect(rowsOf(back, 9), `seed ${seed}`).toEqual(rowsOf(forth, 9))
      const within = [one, other].map(side => checkFeatures(network, pack, { sets: { a: side, b: side } }))
      expect([forth, ...within].flatMap(outcome => rowsOf(outcome, 9)).sort(), `seed ${seed}`).toEqual(rowsOf(checkFeatures(network, pack), 9).sort())
    })
  }, TIMEOUT_MS)

  it('findings keep their identity from run to run, and where something else is built', () => {
    let compared = 0
    each((network, seed) => {
      const wanted = checkFeatures(network, pack)
      expect(JSON.stringify(checkFeatures(structuredClone(network), pack)), `seed ${seed}`).toBe(JSON.stringify(wanted))
      const elsewhere = { ...network.features[0]!, properties: { ...network.features[0]!.properties, id: 'a-first-in-the-alphabet', owner: 'nobody' }, geometry: { type: 'LineString' as const, coordinates: [[900, 900, 0], [950, 900, 0]] } }
      expect(idsOf(checkFeatures({ ...network, features: [elsewhere, ...network.features] }, pack)), `seed ${seed}`).toEqual(idsOf(wanted))
      // One line is taken out: findings between two others, neither of a network that it is in or is joined to nor of one with each
      // other, stay as they were. (A joint of two kinds makes a zone: with the line it goes, and what was stacked is a crossing.)
      const gone = network.features[seed % network.features.length]!
      const without = { ...network, features: network.features.map(feature => (feature === gone ? { ...feature, properties: { ...feature.properties, status: 'removed' } } : feature)) }
      const groups = new Map(network.features.map(({ properties: { id, kind, owner } }) => [id, `${kind ?? 'unknown'} ${owner ?? ''}`]))
      const touched = new Set(network.features.filter(feature => feature === gone || comesToAnEnd(feature, gone) || comesToAnEnd(gone, feature)).map(({ properties: { id } }) => groups.get(id)))
      const others = ({ findings }: CheckOutcome) => findings
        .filter(({ a, b }) => !touched.has(groups.get(a[0]!)) && !touched.has(groups.get(b[0]!)) && groups.get(a[0]!) !== groups.get(b[0]!))
        .map(finding => `${finding.id} ${finding.found.toFixed(9)}`)
      expect(others(checkFeatures(without, pack)), `seed ${seed}`).toEqual(others(wanted))
      compared += others(wanted).length
    })
    expect(compared).toBeGreaterThan(NETWORKS)
  }, TIMEOUT_MS)
})
