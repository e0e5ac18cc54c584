import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { verticesFollowing, type LevelAt } from '#shared/routing/lines/follow-ground.ts'
import { evenDepth } from '#shared/routing/lines/line-edits.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { groundSampler } from '#shared/twin/ground.ts'

/** Least and greatest depth of a line's axis under the ground, looked at every tenth of a metre. */
function depthsOf(axis: readonly Vec3[], groundAt: LevelAt): { readonly leastM: number; readonly mostM: number } {
  let [leastM, mostM] = [Infinity, -Infinity]
  for (const [i, b] of axis.entries()) {
    const a = axis[i - 1]
    if (!a) continue
    const steps = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 0.1))
    for (let k = 0; k <= steps; k++) {
      const [x, y, z] = [0, 1, 2].map(c => a[c]! + (k / steps) * (b[c]! - a[c]!)) as [number, number, number]
      const ground = groundAt(x, y)
      if (ground === null) continue
      leastM = Math.min(leastM, ground - z)
      mostM = Math.max(mostM, ground - z)
    }
  }
  return { leastM, mostM }
}

const atDepth = (x: number, y: number, depthM: number, groundAt: LevelAt): Vec3 => [x, y, groundAt(x, y)! - depthM]
const through = (from: Vec3, to: Vec3, groundAt: LevelAt): Vec3[] => [from, ...verticesFollowing(from, to, groundAt), to]

describe('a line that follows the ground', () => {
  it('has no vertex of its own where the straight keeps the cover: level ground, an even slope, humps under 5 cm', () => {
    for (const groundAt of [() => 210, (x: number) => 0.12 * x, (x: number) => 0.04 * Math.sin((Math.PI * x) / 120)]) {
      expect(verticesFollowing(atDepth(0, 0, 1.3, groundAt), atDepth(120, 0, 1.3, groundAt), groundAt)).toEqual([])
    }
  })

  it('bends once at a single break of slope, on either side of it', () => {
    for (const sign of [1, -1]) {
      const groundAt = (x: number): number => sign * 0.1 * Math.abs(x - 40)
      const axis = through(atDepth(0, 0, 1, groundAt), atDepth(90, 0, 1, groundAt), groundAt)
      expect(axis.length).toBe(3)
      expect(Math.abs(axis[1]![0] - 40)).toBeLessThan(0.6)
    }
  })

  it('is nowhere shallower than asked and nowhere 5 cm deeper, on 40 surfaces of a rolling street with kerbs, with fewer vertices than one every 5 m (seed 5)', () => {
    const random = seededRandom(5)
    for (let n = 0; n < 40; n++) {
      const [rise, wave, height, turn] = [random.range(-0.12, 0.12), random.range(20, 90), random.range(0, 3), random.range(0, 6)]
      const kerbAt = random.range(20, 180)
      const groundAt: LevelAt = (x, y) => 230 + rise * x + height * Math.sin(x / wave + y / 70 + turn) + (x > kerbAt ? 0.15 : 0)
      const axis = through(atDepth(0, 0, 1.1, groundAt), atDepth(200, random.range(-60, 60), 1.1, groundAt), groundAt)
      const { leastM, mostM } = depthsOf(axis, groundAt)
      expect(leastM).toBeGreaterThan(1.1 - 3e-3)
      // About the kerb itself it lies deeper by the kerb, rather than bending twice within a centimetre or two.
      expect(mostM).toBeLessThan(1.1 + 0.15 + 0.05 + 3e-3)
      const beforeKerb = axis.findLastIndex(([x]) => x < kerbAt - 3)
      if (beforeKerb > 0) expect(depthsOf(axis.slice(0, beforeKerb + 1), groundAt).mostM).toBeLessThan(1.1 + 0.053)
      expect(axis.length).toBeLessThan(40)
    }
  })

  it('keeps the limits on a grid of random levels as the twin samples it, 30 lines (seed 8)', () => {
    const random = seededRandom(8)
    const z = Float64Array.from({ length: 60 * 60 }, (_, i) => 200 + 0.08 * (i % 60) * 5 + random.range(-0.25, 0.25))
    const groundAt = groundSampler({ type: 'grid', name: 'g', cols: 60, rows: 60, cellSizeM: 5, x0: 0, y0: 0, z })
    for (let n = 0; n < 30; n++) {
      const [from, to] = [0, 1].map(() => atDepth(random.range(5, 290), random.range(5, 290), 0.9, groundAt)) as [Vec3, Vec3]
      const { leastM, mostM } = depthsOf(through(from, to, groundAt), groundAt)
      expect(leastM).toBeGreaterThan(0.9 - 5e-3)
      // A little deeper where two bends would lie within half a metre.
      expect(mostM).toBeLessThan(0.9 + 0.1)
    }
  })

  it('passes a step in the ground with vertices half a metre apart at least, deeper beside it and nowhere shallower: 40 walls, up and down, at the ends too (seed 9)', () => {
    const random = seededRandom(9)
    for (let n = 0; n < 40; n++) {
      const [rise, heightM] = [random.range(-0.3, 0.3), random.range(-3, 3)]
      const wallAt = n % 4 === 0 ? random.range(0.2, 1.5) : random.range(5, 55)
      const groundAt: LevelAt = x => 200 + rise * x + (x > wallAt ? heightM : 0)
      const axis = through(atDepth(0, 0, 1.2, groundAt), atDepth(60, 0, 1.2, groundAt), groundAt)
      const runs = axis.slice(1).map(([x], i) => x - axis[i]![0])
      if (wallAt > 2) expect(Math.min(...runs), `wall ${n}`).toBeGreaterThan(0.5 - 1e-6)
      expect(axis.length, `wall ${n}`).toBeLessThan(7)
      expect(depthsOf(axis, groundAt).leastM, `wall ${n}`).toBeGreaterThan(1.2 - 3e-3)
      // What is deeper lies within a stride or two of the wall.
      for (const [from, to] of [[0, wallAt - 4], [wallAt + 4, 60]] as const) {
        const part = axis.flatMap((b, i) => {
          const a = axis[i - 1]
          const [start, end] = a ? [Math.max(a[0], from), Math.min(b[0], to)] : [1, 0]
          return a && end > start ? [start, end].map((x): Vec3 => [x, 0, a[2] + ((x - a[0]) / (b[0] - a[0])) * (b[2] - a[2])]) : []
        })
        if (part.length > 0) expect(depthsOf(part, groundAt).mostM, `wall ${n}`).toBeLessThan(1.2 + 0.053)
      }
    }
  })

  it('goes evenly from one depth to another, keeps both ends, and runs straight where no ground is known', () => {
    const groundAt = (x: number): number => 2 * Math.sin(x / 10)
    const axis = through(atDepth(0, 0, 1, groundAt), atDepth(100, 0, 3, groundAt), groundAt)
    expect([axis[0], axis.at(-1)]).toEqual([atDepth(0, 0, 1, groundAt), atDepth(100, 0, 3, groundAt)])
    const slanted: LevelAt = x => groundAt(x) - 0.02 * x
    const { leastM, mostM } = depthsOf(axis, slanted)
    expect(leastM).toBeGreaterThan(1 - 3e-3)
    expect(mostM).toBeLessThan(1 + 0.053)
    expect(verticesFollowing([0, 0, 1], [50, 0, 4], () => null)).toEqual([])
    expect(verticesFollowing([0, 0, 1], [0, 0, 4], groundAt)).toEqual([])
    // A gap of unknown ground is crossed without a vertex in it.
    const gapped: LevelAt = x => (x > 30 && x < 60 ? null : groundAt(x))
    expect(verticesFollowing(atDepth(0, 0, 1, groundAt), atDepth(100, 0, 1, groundAt), gapped).filter(([x]) => x > 30 && x < 60)).toEqual([])
  })

  it('is what "even cover" lays: vertices at the depth, those between where the ground asks for them', () => {
    const groundAt = (x: number, y: number): number => 0.05 * x + 0.1 * y
    expect(evenDepth([[0, 0, 7], [50, 0, 3], [50, 40, 9]], 2, groundAt)).toEqual({ axis: [[0, 0, -2], [50, 0, 0.5], [50, 40, 4.5]], groundBends: [] })
    const { axis, groundBends } = evenDepth([[0, 0, 0], [100, 0, 0]], 1, x => Math.abs(x - 50) * 0.2)
    expect(axis.length).toBe(3)
    expect(groundBends).toEqual([axis[1]])
  })
})
