import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { BandedRing } from '#shared/routing/lines/banded-ring.ts'
import { pointInRing } from '#shared/routing/lines/ring.ts'

describe('a ring in bands', () => {
  it.each([1, 2, 3, 4])('has the points in it that going through all edges has: inside, outside, on vertices and level with them (seed %i)', seed => {
    const random = seededRandom(seed)
    for (const vertices of [3, 4, 17, 400]) {
      // Whole numbers: level edges, vertices at one height and edges that cross are all there.
      const ring = Float64Array.from({ length: 2 * vertices }, () => random.int(30))
      const banded = new BandedRing(ring)
      let inside = 0
      for (let k = 0; k < 2000; k++) {
        const on = 2 * random.int(vertices)
        const [x, y] = k % 4 === 0 ? [ring[on]!, ring[on + 1]!] : k % 4 === 1 ? [random.range(-1, 31), ring[on + 1]!] : [random.range(-1, 31), random.range(-1, 31)]
        expect(banded.contains(x, y)).toBe(pointInRing(ring, x, y))
        if (banded.contains(x, y)) inside++
      }
      expect(inside).toBeGreaterThan(10)
    }
  })

  it('has nothing in it where all its vertices are level', () => {
    const ring = Float64Array.of(0, 5, 10, 5, 20, 5)
    expect([0, 5, 10, 25].map(x => new BandedRing(ring).contains(x, 5))).toEqual([0, 5, 10, 25].map(x => pointInRing(ring, x, 5)))
  })
})
