import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { isBeyond, lineDeviation, type DeviationPlace } from '#shared/ledger/survey/deviation.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** East 100 m, then north 100 m, falling one in a hundred: by hand, chainage 100 is the corner. */
const DESIGN: Vec3[] = [[0, 0, 10], [100, 0, 9], [100, 100, 8]]
const measured = (axis: Vec3[]) => [{ axis, saysLevel: true }]
const told = ({ chainageM, planM, levelM, of }: DeviationPlace) => [of, ...[chainageM, planM, levelM!].map(value => Math.round(value * 1000) / 1000)]

describe('what was built against its design', () => {
  it('is off to the right or left of growing chainage, above or below, at the place along the design', () => {
    const { places, worstPlan, worstLevel, lengthM } = lineDeviation(DESIGN, measured([[0, 0.1, 10.02], [40, -0.3, 9.6], [100.2, -0.1, 9], [100.25, 60, 8.3], [99.9, 100, 8]]))!
    expect(places.map(told)).toEqual([
      ['survey', 0, -0.1, 0.02],
      ['survey', 40, 0.3, 0],
      ['survey', 100, 0.224, 0],
      ['survey', 160, 0.25, -0.1],
      ['survey', 200, -0.1, 0],
    ])
    expect([lengthM, told(worstPlan)[1], told(worstLevel!)[1]]).toEqual([200, 40, 160])
  })
  it('shows a corner that was cut, which no surveyed point does', () => {
    const { places, worstPlan } = lineDeviation(DESIGN, measured([[0, 0, 10], [90, 0, 9.1], [100, 10, 8.9], [100, 100, 8]]))!
    expect(places.map(told)).toEqual([['survey', 0, 0, 0], ['survey', 90, 0, 0], ['design', 100, -7.071, 0], ['survey', 110, 0, 0], ['survey', 200, 0, 0]])
    expect(worstPlan.of).toBe('design')
    expect(worstPlan.built).toEqual([95, 5, 9])
  })
  it('says nothing about a level that nobody measured', () => {
    const { places, worstLevel } = lineDeviation(DESIGN, [{ axis: [[0, 0, 0], [100, 0, 0]], saysLevel: false }, { axis: [[100, 0, 9.5], [100, 100, 8]], saysLevel: true }])!
    expect(places.map(({ levelM }) => levelM)).toEqual([null, null, 0.5, 0])
    expect(worstLevel!.levelM).toBe(0.5)
  })
  it('takes a vertical part for what it is: nearest in plan, then in level', () => {
    const riser: Vec3[] = [[0, 0, 10], [50, 0, 10], [50, 0, 6], [90, 0, 6]]
    expect(lineDeviation(riser, measured([[50, 0.2, 7]]))!.places.map(told)[0]).toEqual(['survey', 50, -0.2, 0])
  })
  it('is nothing without a point, and within tolerance up to it', () => {
    expect(lineDeviation(DESIGN, [])).toBeNull()
    const place: DeviationPlace = { chainageM: 0, designed: [0, 0, 0], built: [0, 0, 0], planM: -0.05, levelM: 0.05, of: 'survey' }
    expect([isBeyond(place, 0.05, 0.05), isBeyond(place, 0.049, 0.05), isBeyond(place, 0.05, 0.049), isBeyond({ ...place, levelM: null }, 0.05, 0)]).toEqual([false, true, true, false])
  })
  it('is the same in pieces of any order and direction as in one line, and mirrored on the reversed design (seed 61127)', () => {
    const random = seededRandom(61_127)
    for (let round = 0; round < 200; round++) {
      const design = Array.from({ length: 2 + random.int(5) }, (_, i): Vec3 => [i * 40, random.int(60), random.int(5)])
      const axis = design.flatMap((p, i): Vec3[] => (i === 0 ? [p] : [[(p[0] + design[i - 1]![0]) / 2, (p[1] + design[i - 1]![1]) / 2, p[2]], p])).map(([x, y, z]): Vec3 => [x + random.int(9) / 100, y - random.int(9) / 100, z + random.int(9) / 100])
      const whole = lineDeviation(design, measured(axis))!
      const pieces = axis.slice(1).map((point, i) => ({ axis: random.chance(0.5) ? [axis[i]!, point] : [point, axis[i]!], saysLevel: true })).sort(() => (random.chance(0.5) ? 1 : -1))
      expect(lineDeviation(design, pieces)!.places.map(told)).toEqual(whole.places.map(told))
      const turned = lineDeviation(design.toReversed(), measured(axis))!
      expect(Math.abs(turned.worstPlan.planM)).toBeCloseTo(Math.abs(whole.worstPlan.planM), 9)
      expect(turned.places.map(({ levelM }) => Math.round(levelM! * 1e6)).sort()).toEqual(whole.places.map(({ levelM }) => Math.round(levelM! * 1e6)).sort())
    }
  })
})
