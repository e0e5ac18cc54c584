import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { distanceToSegment } from '#shared/geometry/point-segment.ts'
import { grownArea } from '#shared/routing/search/grown-area.ts'
import { pointInRing } from '#shared/routing/lines/ring.ts'

/** An L, so that one corner is reflex. */
const RING: readonly (readonly [number, number])[] = [[0, 0], [10, 0], [10, 4], [4, 4], [4, 10], [0, 10]]
const BY_M = 0.8

describe('an area with all that is near to it', () => {
  it('covers what is nearer than the distance, and nothing beyond the octagons (500 places, seed 3)', () => {
    const rings = grownArea(RING, BY_M).map(ring => Float64Array.from(ring.flat()))
    const random = seededRandom(3)
    for (let k = 0; k < 500; k++) {
      const [x, y] = [random.range(-3, 13), random.range(-3, 13)]
      const isInside = (x > 0 && x < 10 && y > 0 && y < 4) || (x > 0 && x < 4 && y > 0 && y < 10)
      const away = isInside ? 0 : Math.min(...RING.map(([ax, ay], i) => distanceToSegment(x, y, ax, ay, ...RING[(i + 1) % RING.length]!)))
      const isCovered = rings.some(ring => pointInRing(ring, x, y))
      if (away < BY_M - 1e-9) expect(isCovered, `${x}, ${y}`).toBe(true)
      if (away > BY_M / Math.cos(Math.PI / 8) + 1e-9) expect(isCovered, `${x}, ${y}`).toBe(false)
    }
  })
})
