import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { planCrossing } from '#shared/geometry/section-crossing.ts'
import { chainagesOf, nearestChainage, placeAt } from '#shared/geometry/section-line.ts'
import { cutPart, type SolidPart } from '#shared/geometry/section-shape.ts'

const part = (a: readonly [number, number, number], b: readonly [number, number, number], half: number | readonly [number, number]): SolidPart => ({
  ax: a[0], ay: a[1], az: a[2], bx: b[0], by: b[1], bz: b[2], isCircle: typeof half === 'number',
  halfWidthM: typeof half === 'number' ? half : half[0], halfHeightM: typeof half === 'number' ? half : half[1],
})
const EAST = { x: 0, y: 0, dirX: 1, dirY: 0 }

describe('a vertical plane cuts straight parts', () => {
  it('a square crossing shows a circle as a circle and a rectangle as itself', () => {
    const circle = cutPart(EAST, part([3, -5, 10], [3, 5, 10], 0.5), false)!
    expect([circle.u, circle.z, circle.share]).toEqual([3, 10, 0.5])
    for (const [u, z] of circle.outline) expect(Math.hypot(u - 3, z - 10)).toBeCloseTo(0.5, 12)
    const box = cutPart(EAST, part([3, -5, 10], [3, 5, 10], [1, 0.4]), false)!
    expect(box.outline).toEqual([[2, 9.6], [4, 9.6], [4, 10.4], [2, 10.4]])
  })

  it('at 30° in plan a circle is twice as wide, at its own height', () => {
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    const cut = cutPart(EAST, part([-10 * c, -10 * s, 0], [10 * c, 10 * s, 0], 0.3), false)!
    expect(cut.maxU - cut.minU).toBeCloseTo(1.2, 9)
    expect(Math.max(...cut.outline.map(p => p[1]))).toBeCloseTo(0.3, 9)
  })

  it.each([1, 2, 3])('every corner of an ellipse lies on the cylinder and in the plane (seed %i)', seed => {
    const random = seededRandom(seed)
    const r = (low: number, high: number) => low + (high - low) * random.next()
    let cuts = 0
    for (let n = 0; n < 200; n++) {
      const angle = r(0, 2 * Math.PI)
      const plane = { x: r(-5, 5), y: r(-5, 5), dirX: Math.cos(angle), dirY: Math.sin(angle) }
      const solid = part([r(-20, 20), r(-20, 20), r(-3, 3)], [r(-20, 20), r(-20, 20), r(-3, 3)], r(0.05, 2))
      const cut = cutPart(plane, solid, true)
      if (!cut || cut.isAlong) continue
      cuts++
      const d = [solid.bx - solid.ax, solid.by - solid.ay, solid.bz - solid.az] as const
      const length = Math.hypot(...d)
      for (const [u, z] of cut.outline) {
        const q = [plane.x + u * plane.dirX - solid.ax, plane.y + u * plane.dirY - solid.ay, z - solid.az] as const
        const t = (q[0] * d[0] + q[1] * d[1] + q[2] * d[2]) / length ** 2
        expect(Math.hypot(q[0] - t * d[0], q[1] - t * d[1], q[2] - t * d[2])).toBeCloseTo(solid.halfWidthM, 9)
      }
    }
    expect(cuts).toBeGreaterThan(20)
  })

  it('cuts an axis once at a vertex, and its last end where asked', () => {
    const [before, after] = [part([0, -5, 0], [0, 0, 0], 0.1), part([0, 0, 0], [0, 5, 0], 0.1)]
    expect([before, after].filter(p => cutPart(EAST, p, false))).toEqual([after])
    expect(cutPart(EAST, before, true)?.share).toBe(1)
  })

  it('shows a riser and a part along the plane from the side, and nothing of what passes beside', () => {
    const riser = cutPart(EAST, part([2, 0.3, 1], [2, 0.3, 4], 0.5), false)!
    expect(riser.maxU - riser.minU).toBeCloseTo(0.8, 12)
    expect(cutPart(EAST, part([-4, 0.2, 1], [6, 0.2, 2], 0.5), false)).toMatchObject({ isAlong: true, minU: -4, maxU: 6 })
    expect(cutPart(EAST, part([-4, 0.6, 1], [6, 0.6, 2], 0.5), false)).toBeNull()
  })
})

describe('crossings in plan', () => {
  it('level parts: gap between bottom of the upper and top of the lower', () => {
    const crossing = planCrossing(part([0, 0, 10], [20, 0, 10], 0.3), part([5, -5, 8], [5, 5, 8], [0.5, 0.2]))!
    expect(crossing).toEqual({ onA: 0.25, onB: 0.5, riseM: -2, gapM: 2 - 0.3 - 0.2 })
    expect(planCrossing(part([0, 0, 0], [4, 0, 0], 0.1), part([5, -5, 0], [5, 5, 0], 0.1))).toBeNull()
  })

  it.each([4, 5, 6])('the gap is the least over the overlap in plan, as sampling finds it (seed %i)', seed => {
    const random = seededRandom(seed)
    const r = (low: number, high: number) => low + (high - low) * random.next()
    for (let n = 0; n < 30; n++) {
      const [angle, theta] = [r(0, 6.28), r(0.6, 2.5)]
      const line = (at: number, z: number, slope: number, half: number) =>
        part([-50 * Math.cos(at), -50 * Math.sin(at), z - 50 * slope], [50 * Math.cos(at), 50 * Math.sin(at), z + 50 * slope], half)
      const [ka, kb, ra, rb] = [r(-0.1, 0.1), r(-0.1, 0.1), r(0.1, 0.6), r(0.1, 0.6)]
      const crossing = planCrossing(line(angle, 0, ka, ra), line(angle + theta, 3, kb, rb))!
      let least = Infinity
      const reach = (ra + rb) / Math.sin(theta)
      for (let i = -120; i <= 120; i++) {
        for (let j = -120; j <= 120; j++) {
          const [s, t] = [(i / 120) * reach, (j / 120) * reach]
          if (Math.hypot(s - t * Math.cos(theta), t * Math.sin(theta)) < ra + rb) least = Math.min(least, 3 + t * kb - s * ka)
        }
      }
      expect(crossing.gapM).toBeLessThanOrEqual(least - ra - rb + 1e-9)
      expect(crossing.gapM).toBeGreaterThan(least - ra - rb - 0.01)
    }
  })
})

describe('chainage', () => {
  const axis = [[0, 0, 1], [3, 4, 2], [3, 4, 6], [3, 14, 6]] as const
  const chainages = chainagesOf(axis)
  it('is the length in plan; a riser adds none', () => expect(chainages).toEqual([0, 5, 5, 15]))
  it('finds places and comes back from them', () => {
    expect(placeAt(axis, chainages, 2.5)).toMatchObject({ at: [1.5, 2, 1.5], dirX: 0.6, dirY: 0.8, segment: 0 })
    expect(placeAt(axis, chainages, 99).at).toEqual([3, 14, 6])
    expect(nearestChainage(axis, chainages, 10, 9)).toBe(10)
  })
})
