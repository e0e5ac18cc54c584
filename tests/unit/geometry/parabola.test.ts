import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { lowestIn, parabolaAt, parabolaThrough, stretchesBelow } from '#shared/geometry/parabola.ts'

describe('parabola on 0 … 1', () => {
  it('goes through its three values', () => {
    const p = parabolaThrough(2, -1, 0.5)
    expect([0.25, 0.5, 0.75].map(x => parabolaAt(p, x))).toEqual([2, -1, 0.5])
  })
  it('stretches below a level: none, one, two, all', () => {
    const hill = { c0: 0, c1: 4, c2: -4 }
    expect(stretchesBelow(hill, -0.1)).toEqual([])
    expect(stretchesBelow(hill, 0.75)).toEqual([[0, 0.25], [0.75, 1]])
    expect(stretchesBelow({ c0: 1, c1: -4, c2: 4 }, 0.25)).toEqual([[0.25, 0.75]])
    expect(stretchesBelow({ c0: 0, c1: 0, c2: 0 }, 1)).toEqual([[0, 1]])
  })
  it('agree with a dense walk (seed 5, 300 parabolas)', () => {
    const random = seededRandom(5)
    for (let k = 0; k < 300; k++) {
      const p = parabolaThrough(random.range(-1, 1), random.range(-1, 1), random.range(-1, 1))
      const level = random.range(-1, 1)
      const stretches = stretchesBelow(p, level)
      for (let i = 0; i <= 1000; i++) {
        const x = i / 1000
        if (Math.abs(parabolaAt(p, x) - level) < 1e-9) continue
        expect(stretches.some(([from, to]) => x >= from && x <= to)).toBe(parabolaAt(p, x) < level)
        expect(parabolaAt(p, lowestIn(p, 0, 1))).toBeLessThanOrEqual(parabolaAt(p, x) + 1e-12)
      }
    }
  })
})
