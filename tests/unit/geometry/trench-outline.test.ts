import { describe, expect, it } from 'vitest'
import { outlineFrom } from '#shared/geometry/plan-outline.ts'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { trenchOutline } from '#shared/geometry/trench-outline.ts'
import { seededRandom } from '#shared/core/random.ts'

const area = (line: readonly (readonly [number, number])[], widthM: number) => {
  const outline = outlineFrom(trenchOutline(line, widthM))
  return outline.ok ? ringArea(outline.value) : null
}

describe('the outline of a trench', () => {
  it('is a rectangle along a straight line, flat at its ends', () => {
    expect(trenchOutline([[0, 0], [10, 0]], 2)).toEqual([[0, 1], [10, 1], [10, -1], [0, -1]])
  })
  it('is mitred at a right angle: outer corner out, inner corner in', () => {
    expect(trenchOutline([[0, 0], [10, 0], [10, 10]], 2)).toEqual([[0, 1], [9, 1], [9, 10], [11, 10], [11, -1], [0, -1]])
  })
  it('covers length × width whatever the bends, what a mitre adds outside it takes inside (seed 1)', () => {
    const random = seededRandom(1)
    for (let round = 0; round < 200; round++) {
      let [x, y, heading] = [random.range(-1e6, 1e6), random.range(-1e6, 1e6), random.range(0, 6)]
      const line: [number, number][] = [[x, y]]
      for (let i = 0; i < 2 + random.int(5); i++) {
        heading += random.range(-0.4, 0.4)
        line.push([x += 20 * Math.cos(heading), y += 20 * Math.sin(heading)])
      }
      expect(area(line, 1.5)).toBeCloseTo(1.5 * 20 * (line.length - 1), 4)
    }
  })
  it('crosses itself where the line folds back, crosses itself or turns too sharply for the width', () => {
    expect(area([[0, 0], [10, 0], [0, 0]], 2)).toBeNull()
    expect(area([[0, 0], [10, 0], [10, 8], [5, -8]], 2)).toBeNull()
    expect(area([[0, 0], [10, 0], [2, 1]], 4)).toBeNull()
  })
})
