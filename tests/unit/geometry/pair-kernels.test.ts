import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { clearDistanceOf, leastClearDistance, type SectionSums } from '#shared/geometry/clear-distance.ts'
import { levelRange } from '#shared/geometry/level-range.ts'
import { planDistance, planDistanceWithin } from '#shared/geometry/plan-distance.ts'
import { newWitness, type SegmentPair } from '#shared/geometry/segment-pair.ts'

type Shape = 'any' | 'parallel' | 'nearly parallel' | 'collinear' | 'vertical' | 'zero length' | 'crossing' | 'long'
const SHAPES: readonly Shape[] = ['any', 'parallel', 'nearly parallel', 'collinear', 'vertical', 'zero length', 'crossing', 'long']

function randomPair(random: Random, shape: Shape): SegmentPair {
  const size = shape === 'long' ? 1000 : 10
  const point = () => [random.range(-size, size), random.range(-size, size), random.range(-2, 2)]
  const [p0, p1, q0] = [point(), point(), point()]
  let q1 = point()
  const along = p1.map((value, k) => value - p0[k]!)
  const k = random.range(-2, 2)
  if (shape === 'parallel' || shape === 'nearly parallel') q1 = q0.map((value, i) => value + k * along[i]! + (shape === 'parallel' ? 0 : random.range(-1, 1) * 10 ** random.range(-12, -2)))
  if (shape === 'collinear') {
    q0.splice(0, 2, p0[0]! + k * along[0]!, p0[1]! + k * along[1]!)
    q1 = [q0[0]! + along[0]! / 2, q0[1]! + along[1]! / 2, random.range(-2, 2)]
  }
  if (shape === 'vertical') q1 = [q0[0]!, q0[1]!, random.range(-2, 2)]
  if (shape === 'zero length') q1 = [...q0]
  if (shape === 'crossing') q1 = p0.map((value, i) => (i < 2 ? value + along[i]! - (q0[i]! - p0[i]!) : random.range(-2, 2)))
  return Float64Array.from([...p0, ...p1, ...q0, ...q1])
}

/** Plan distance and level difference at s and t. */
function at(g: SegmentPair, s: number, t: number): readonly [number, number] {
  const p = [0, 1, 2].map(k => g[k]! + s * (g[k + 3]! - g[k]!))
  const q = [0, 1, 2].map(k => g[k + 6]! + t * (g[k + 9]! - g[k + 6]!))
  return [Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!), p[2]! - q[2]!]
}

/** A value near the least of a convex function over the unit square: a walk with shrinking steps. The kernel must not be above it. */
function refine(value: (s: number, t: number) => number): number {
  let [bestS, bestT, best] = [0, 0, Infinity]
  const look = (s: number, t: number) => {
    const v = value(s, t)
    if (v < best) [bestS, bestT, best] = [s, t, v]
  }
  for (let i = 0; i <= 20; i++) for (let j = 0; j <= 20; j++) look(i / 20, j / 20)
  for (let step = 1 / 20; step > 1e-9; step /= 1.8) {
    const [s, t] = [bestS, bestT]
    for (let i = -2; i <= 2; i++) for (let j = -2; j <= 2; j++) look(Math.min(1, Math.max(0, s + i * step)), Math.min(1, Math.max(0, t + j * step)))
  }
  return best
}

const sums = (a: readonly [number, number] | number, b: readonly [number, number] | number): SectionSums => {
  const half = (x: typeof a) => (typeof x === 'number' ? [x, x] as const : x)
  const boxes = [a, b].filter(x => typeof x !== 'number')
  const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0)
  return {
    w: half(a)[0] + half(b)[0], h: half(a)[1] + half(b)[1], hasBox: boxes.length > 0,
    boxW: total(boxes.map(x => half(x)[0])), boxH: total(boxes.map(x => half(x)[1])), radius: total([a, b].filter(x => typeof x === 'number')),
  }
}

describe.each(SHAPES)('kernels on %s pieces (seed 11, 100 pairs)', shape => {
  const random = seededRandom(11)
  const pairs = Array.from({ length: 100 }, () => randomPair(random, shape))
  const out = newWitness()

  it('plan distance: no point pair is nearer, and the witness is that near', () => {
    for (const g of pairs) {
      const found = planDistance(g, out)
      expect(at(g, out[1]!, out[2]!)[0]).toBeCloseTo(found, 9)
      expect(found).toBeLessThanOrEqual(refine((s, t) => at(g, s, t)[0]) + 1e-9)
    }
  })

  it('plan distance within a level strip: inside the strip, and no point pair of the strip is nearer', () => {
    for (const g of pairs) {
      const strip = 0.4
      const has = planDistanceWithin(g, strip, out)
      const leastLevel = refine((s, t) => Math.abs(at(g, s, t)[1]))
      if (Math.abs(leastLevel - strip) < 1e-3) continue
      expect(has).toBe(leastLevel < strip)
      if (!has) continue
      expect(Math.abs(at(g, out[1]!, out[2]!)[1])).toBeLessThanOrEqual(strip + 1e-9)
      expect(at(g, out[1]!, out[2]!)[0]).toBeCloseTo(out[0]!, 9)
      // A penalty that outweighs any gain makes the strip part of a convex function.
      const penalised = refine((s, t) => at(g, s, t)[0] + 1e4 * Math.max(0, Math.abs(at(g, s, t)[1]) - strip))
      expect(out[0]).toBeLessThanOrEqual(penalised + 1e-9)
    }
  })

  it('level range where the plan distance is small: inside, and no point pair has a level beyond it', () => {
    const [low, high] = [newWitness(), newWitness()]
    for (const g of pairs) {
      const radius = planDistance(g, out) + 0.3
      expect(levelRange(g, radius, low, high)).toBe(true)
      for (const end of [low, high]) {
        const [plan, level] = at(g, end[1]!, end[2]!)
        expect(plan).toBeLessThanOrEqual(radius + 1e-9)
        expect(level).toBeCloseTo(end[0]!, 9)
      }
      const beyond = (sign: number) => refine((s, t) => sign * at(g, s, t)[1] + 1e4 * Math.max(0, at(g, s, t)[0] - radius))
      expect(low[0]).toBeLessThanOrEqual(beyond(1) + 1e-9)
      expect(-high[0]!).toBeLessThanOrEqual(beyond(-1) + 1e-9)
      expect(levelRange(g, planDistance(g, out) - 1e-6, low, high)).toBe(false)
    }
  })

  it.each([
    ['two circles', sums(0.2, 0.3)], ['circle and rectangle', sums(0.2, [0.6, 0.4])], ['two rectangles', sums([0.5, 0.2], [0.6, 0.4])], ['flat rectangle', sums([2, 0.01], 0.05)],
  ])('clear distance of %s: the witness has it, and the search finds nothing less', (_, sections) => {
    for (const g of pairs) {
      const found = leastClearDistance(g, sections, out)
      const d = (s: number, t: number) => clearDistanceOf(at(g, s, t)[0], Math.abs(at(g, s, t)[1]), sections)
      expect(d(out[1]!, out[2]!)).toBeCloseTo(found, 9)
      expect(found).toBeLessThanOrEqual(refine(d) + 1e-9)
    }
  })
})

describe('clear distance as design §5 writes it', () => {
  it.each([
    ['circles: distance of axes less radii', sums(0.2, 0.3), 0.3, 0.4, 0],
    ['circles that overlap', sums(0.2, 0.3), 0.1, 0, -0.4],
    ['rectangles side by side: plan gap', sums([0.5, 0.2], [0.5, 0.2]), 1.5, 0.1, 0.5],
    ['rectangles corner to corner', sums([0.5, 0.2], [0.5, 0.2]), 1.3, 0.8, 0.5],
    ['rectangles that overlap: the lesser way out', sums([0.5, 0.2], [0.5, 0.2]), 0.2, 0.1, -0.3],
    ['a circle inside a rectangle: way out and radius', sums([0.5, 0.4], 0.1), 0.2, 0.3, -0.1 - 0.1],
  ])('%s', (_, sections, plan, level, wanted) => {
    expect(clearDistanceOf(plan, level, sections)).toBeCloseTo(wanted, 12)
  })
})
