import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { leastClearDistance } from '#shared/geometry/clear-distance.ts'
import { planDistance } from '#shared/geometry/plan-distance.ts'
import { newWitness } from '#shared/geometry/segment-pair.ts'
import { distanceBounds } from '#tests/oracle/distance-certificate.ts'
import { exactDistance } from '#tests/oracle/exact-distance.ts'

const POINTS = { w: 0, h: 0, boxW: 0, boxH: 0, radius: 0, hasBox: false }
const WORST_M = 1e-9
/** Pairs of each sort compared in exact rational arithmetic, and held between bounds. A longer run: UNDERPLAN_KERNEL_PAIRS. */
const EXACT_PAIRS = 300
const BOUND_PAIRS = Number(process.env['UNDERPLAN_KERNEL_PAIRS'] ?? 45_000)
/** Shares of a segment may leave it by rounding. */
const ROUNDING = 1e-15

type Make = (random: Random) => number[]
const around = (random: Random, size: number): number[] => [random.range(-size, size), random.range(-size, size), random.range(-3, 3)]

/** A segment, and one beside it turned by an angle. */
function beside(random: Random, angle: number, size: number): number[] {
  const [p, q] = [around(random, size), around(random, 1)]
  const heading = random.range(0, 2 * Math.PI)
  const [lengthP, lengthQ, rise] = [random.range(1, size), random.range(1, size), random.range(-0.1, 0.1)]
  const end = (start: number[], length: number, way: number) => [start[0]! + length * Math.cos(way), start[1]! + length * Math.sin(way), start[2]! + length * rise]
  const start = [p[0]! + q[0]!, p[1]! + q[1]!, p[2]! + q[2]!]
  return [...p, ...end(p, lengthP, heading), ...start, ...end(start, lengthQ, heading + angle)]
}

const SORTS: readonly (readonly [string, Make])[] = [
  ['random', random => [...around(random, 50), ...around(random, 50), ...around(random, 50), ...around(random, 50)]],
  ['near-parallel, 10⁻² … 10⁻¹⁶', random => beside(random, 10 ** random.range(-16, -2), 100)],
  ['parallel', random => beside(random, 0, 100)],
  ['collinear, with a gap or overlapping', random => {
    const [p, u] = [around(random, 20), around(random, 20)]
    const on = (k: number) => p.map((value, axis) => value + k * u[axis]!)
    return [...p, ...on(1), ...on(random.range(-2, 2)), ...on(random.range(-2, 2))]
  }],
  ['touching at an end or on the axis', random => {
    const [p0, p1, q1] = [around(random, 30), around(random, 30), around(random, 30)]
    const share = random.pick([0, 1, random.next()])
    return [...p0, ...p1, ...p0.map((value, axis) => value + share * (p1[axis]! - value)), ...q1]
  }],
  ['zero-length', random => {
    const [p, q] = [around(random, 10), around(random, 10)]
    return random.chance(0.5) ? [...p, ...p, ...q, ...around(random, 10)] : [...p, ...p, ...q, ...q]
  }],
  ['vertical', random => {
    const [p, q] = [around(random, 5), around(random, 5)]
    return [...p, p[0]!, p[1]!, p[2]! + random.range(-4, 4), ...q, ...(random.chance(0.5) ? [q[0]!, q[1]!, q[2]! + 2] : around(random, 5))]
  }],
  ['a kilometre long', random => [...around(random, 1000), ...around(random, 1000), ...around(random, 1000), ...around(random, 1000)]],
]

describe.each(SORTS)('distances of segments are exact to a nanometre: %s', (_, make) => {
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
    for (const [, make] of SORTS) {
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
