import { expect, it } from 'vitest'
import { levelRangeByCandidates, planDistanceByCandidates } from '../../oracle/kkt.ts'
import type { Pieces } from '../../oracle/minimise.ts'
import { clearDistance, levelRange, minimumOf, minimumPlanDistance } from '../../oracle/minimise.ts'
import { mulberry32 } from '../../oracle/random-network.ts'
import type { Vec3 } from '../../oracle/types.ts'

/** Pieces of a few metres; some level, some vertical, some parallel. */
function randomPieces(random: () => number): Pieces {
  const point = (): Vec3 => [random() * 4, random() * 4, random() * 2]
  const [p0, q0] = [point(), point()]
  const other = (from: Vec3): Vec3 => {
    const way = random()
    const to = point()
    if (way < 0.1) return [from[0], from[1], to[2]]
    return way < 0.3 ? [to[0], to[1], from[2]] : to
  }
  const p1 = other(p0)
  const isParallel = random() < 0.15
  const q1: Vec3 = isParallel ? [q0[0] + p1[0] - p0[0], q0[1] + p1[1] - p0[1], q0[2] + random()] : other(q0)
  return { p0, p1, q0, q1 }
}

it('search and candidates agree on level range and plan distance, seed 7', () => {
  const random = mulberry32(7)
  for (let n = 0; n < 4000; n += 1) {
    const g = randomPieces(random)
    const radius = random() * 1.5
    const searched = levelRange(g, radius)
    const tried = levelRangeByCandidates(g, radius)
    expect(searched === null, `box ${n}`).toBe(tried === null)
    if (searched !== null && tried !== null) {
      expect(Math.abs(searched.low.value - tried.low), `low ${n}`).toBeLessThan(2e-8)
      expect(Math.abs(searched.high.value - tried.high), `high ${n}`).toBeLessThan(2e-8)
    }
    const maxDz = random()
    const least = minimumPlanDistance(g, maxDz)
    const leastTried = planDistanceByCandidates(g, maxDz)
    expect(least === null, `plan ${n}`).toBe(leastTried === null)
    if (least !== null && leastTried !== null) expect(Math.abs(least.value - leastTried), `plan ${n}`).toBeLessThan(2e-8)
  }
})

it('no sample is nearer than the least clear distance, nor much farther, seed 8', () => {
  const random = mulberry32(8)
  for (let n = 0; n < 60; n += 1) {
    const g = randomPieces(random)
    const [W, H, R] = [random() < 0.5 ? 0 : 0.5, 0.3, 0.2]
    const f = (dxy: number, dz: number): number => clearDistance(dxy, dz, W, W > 0 ? H : 0, R, W > 0)
    const least = minimumOf(f, g).value
    let sampled = Infinity
    for (let i = 0; i <= 120; i += 1) {
      for (let j = 0; j <= 120; j += 1) {
        const d = ([0, 1, 2] as const).map((k) => g.p0[k] + ((g.p1[k] - g.p0[k]) * i) / 120 - g.q0[k] - ((g.q1[k] - g.q0[k]) * j) / 120)
        sampled = Math.min(sampled, f(Math.hypot(d[0] ?? 0, d[1] ?? 0), Math.abs(d[2] ?? 0)))
      }
    }
    expect(sampled).toBeGreaterThan(least - 1e-9)
    expect(sampled).toBeLessThan(least + 0.1)
  }
})
