import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { leastClearDistance } from '#shared/geometry/clear-distance.ts'
import { planDistance } from '#shared/geometry/plan-distance.ts'
import { newWitness } from '#shared/geometry/segment-pair.ts'
import { distanceBounds } from '#tests/oracle/distance-certificate.ts'
import { exactDistance } from '#tests/oracle/exact-distance.ts'
import { SEGMENT_SORTS } from '#tests/oracle/segment-sorts.ts'

const POINTS = { w: 0, h: 0, boxW: 0, boxH: 0, radius: 0, hasBox: false }
const WORST_M = 1e-9
/** Pairs of each sort compared in exact rational arithmetic, and held between bounds. A longer run: UNDERPLAN_KERNEL_PAIRS. */
const EXACT_PAIRS = 300
const BOUND_PAIRS = Number(process.env['UNDERPLAN_KERNEL_PAIRS'] ?? 45_000)
/** Shares of a segment may leave it by rounding. */
const ROUNDING = 1e-15

describe.each(SEGMENT_SORTS)('distances of segments are exact to a nanometre: %s', (_, make) => {
  it.each([[0, 1], [1e4, 2], [3.6e6, 3]] as const)('%d m from the frame’s zero (seed %d)', (shift, seed) => {
    const random = seededRandom(seed)
    const witness = newWitness()
    let [worst, undecided] = [0, 0]
    const errorOf = (g: Float64Array, value: number, dimensions: 2 | 3, isExact: boolean): number => {
      const [s, t] = [witness[1]!, witness[2]!]
      if (!(s >= -ROUNDING && s <= 1 + ROUNDING && t >= -ROUNDING && t <= 1 + ROUNDING)) return Infinity
      const { low, high } = distanceBounds(g, s, t, dimensions)
      const error = Math.max(value - low, high - value)
      if (error <= WORST_M && !isExact) return error
      if (error > WORST_M) undecided++
      return Math.abs(value - exactDistance(g, dimensions))
    }
    for (let i = 0; i < BOUND_PAIRS; i++) {
      // The frame's shift is rounded into the coordinates: what is measured is the pair as it then is.
      const g = Float64Array.from(make(random), (value, k) => (k % 3 === 2 ? value : value + shift))
      const isExact = i < EXACT_PAIRS
      worst = Math.max(worst, errorOf(g, planDistance(g, witness), 2, isExact))
      worst = Math.max(worst, errorOf(g, leastClearDistance(g, POINTS, witness), 3, isExact))
    }
    expect(worst).toBeLessThan(WORST_M)
    // The bounds are a test only where they decide.
    expect(undecided).toBeLessThan(BOUND_PAIRS / 10)
  }, 120_000)
})

describe('the bounds themselves', () => {
  it('hold the exact distance between them at whatever pair of points, and say so where a value is wrong (seed 4)', () => {
    const random = seededRandom(4)
    for (const [, make] of SEGMENT_SORTS) {
      for (let i = 0; i < 50; i++) {
        const g = Float64Array.from(make(random))
        for (const dimensions of [2, 3] as const) {
          const { low, high } = distanceBounds(g, random.next(), random.next(), dimensions)
          const exact = exactDistance(g, dimensions)
          expect(low).toBeLessThanOrEqual(exact + WORST_M)
          expect(high).toBeGreaterThanOrEqual(exact - WORST_M)
        }
      }
    }
  })
})

describe('the exact oracle itself', () => {
  it.each([
    [[0, 0, 0, 3, 0, 0, 1, 1, 0, 1, 5, 0], 1, 1],
    [[0, 0, 0, 3, 0, 0, 1, -1, 2, 1, 5, 2], 0, 2],
    [[0, 0, 0, 0, 0, 0, 3, 4, 12, 3, 4, 12], 5, 13],
    [[0, 0, 0, 1, 0, 0, 4, 4, 0, 9, 9, 0], 5, 5],
  ] as const)('%j', (g, plan, space) => {
    expect(exactDistance(g, 2)).toBe(plan)
    expect(exactDistance(g, 3)).toBe(space)
  })
})
