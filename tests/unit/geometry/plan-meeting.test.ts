import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { planMeeting } from '#shared/geometry/plan-meeting.ts'

const meet = (...plan: readonly (readonly [number, number])[]) => {
  const g = Float64Array.from(plan.flatMap(([x, y], i) => [x, y, i]))
  const out = new Float64Array(4)
  const sort = planMeeting(g, 1e-6, out)
  return sort === 'none' ? [sort] : [sort, ...out]
}

describe('where two pieces meet in plan', () => {
  it('crossing: the point on both', () => {
    expect(meet([0, 0], [4, 0], [1, -1], [1, 3])).toEqual(['point', 0.25, 0.25, 0.25, 0.25])
  })
  it('an end on the other: a point, however the levels are', () => {
    expect(meet([0, 0], [4, 0], [3, 0], [3, 3])).toEqual(['point', 0.75, 0.75, 0, 0])
  })
  it('a tenth of a millimetre short: nothing', () => {
    expect(meet([0, 0], [4, 0], [3, 1e-4], [3, 3])).toEqual(['none'])
  })
  it('on top of each other: the common stretch, in the direction of the first', () => {
    expect(meet([0, 0], [4, 0], [6, 0], [2, 0])).toEqual(['overlap', 0.5, 1, 1, 0.5])
  })
  it('end to end in line: a point, no stretch', () => {
    expect(meet([0, 0], [4, 0], [4, 0], [8, 0])).toEqual(['point', 1, 1, 0, 0])
  })
  it('a piece without plan length meets nothing', () => {
    expect(meet([0, 0], [4, 0], [2, 0], [2, 0])).toEqual(['none'])
  })
  it('stays what it is at projected coordinates, turned any way (seed 3, 500 turns)', () => {
    const random = seededRandom(3)
    for (let k = 0; k < 500; k++) {
      const [angle, x, y] = [random.range(0, 6.3), random.range(4e5, 6e5), random.range(3.2e6, 3.6e6)]
      const turn = (px: number, py: number) => [x + px * Math.cos(angle) - py * Math.sin(angle), y + px * Math.sin(angle) + py * Math.cos(angle)] as const
      expect(meet(turn(0, 0), turn(8, 0), turn(3, 0), turn(12, 0))[0]).toBe('overlap')
      expect(meet(turn(0, 0), turn(8, 0), turn(3, 0), turn(3, 5))[0]).toBe('point')
      expect(meet(turn(0, 0), turn(8, 0), turn(3, 0.001), turn(12, 0.001))[0]).toBe('none')
    }
  })
})
