import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { meetLines } from '#shared/io/apply/meet-lines.ts'
import { IssueLog } from '#shared/io/issue-log.ts'
import { ASSUMED, type AssetRecord, type Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'

const line = (id: string, axis: readonly Vec3[], assumed: number, kind: AssetKind = 'water', diameterM = 0.2): AssetRecord =>
  ({ id, kind, owner: '', section: { shape: 'circle', diameterM }, axis, status: 'in_use', assumed, attributes: {} })
const run = (...assets: AssetRecord[]) => {
  const log = new IssueLog()
  const out = meetLines(assets, log)
  return { axisOf: (id: string) => out.find(asset => asset.id === id)!.axis, told: log.issues.map(({ ref }) => ref), out }
}
const MAIN = line('main', [[0, 0, 8], [100, 0, 6]], 0)

describe('meetLines', () => {
  it('brings a connection of assumed level down to the surveyed main it ends on, bent evenly between its ends', () => {
    const { axisOf, told } = run(MAIN, line('service', [[50, 0, 9.3], [50, 3, 9.4], [50, 12, 9.5]], ASSUMED.level))
    expect(axisOf('service').map(([, , z]) => z)).toEqual([7, expect.closeTo(9.4 - 2.3 * 0.75, 9), 9.5])
    expect(axisOf('main')).toBe(MAIN.axis)
    expect(told).toEqual(['service'])
  })

  it('follows a chain from what is surveyed, whatever the order of the records', () => {
    const chain = [line('c', [[50, 20, 9], [60, 20, 9]], ASSUMED.level), line('b', [[50, 10, 9], [50, 20, 9]], ASSUMED.level), line('a', [[50, 0, 9], [50, 10, 9]], ASSUMED.level), MAIN]
    for (const order of [chain, [...chain].reverse()]) {
      const { axisOf } = run(...order)
      expect(axisOf('a')[0]![2]).toBe(7)
      for (const [upper, lower] of [['b', 'a'], ['c', 'b']] as const) expect(axisOf(upper)[0]![2]).toBeCloseTo(axisOf(lower).at(-1)![2], 12)
    }
  })

  it('of lines that are all assumed the largest stays', () => {
    const { axisOf } = run(line('small', [[50, 0, 9.3], [50, 9, 9.3]], ASSUMED.level, 'water', 0.05), line('large', [[0, 0, 9.1], [100, 0, 9.1]], ASSUMED.level, 'water', 0.6))
    expect(axisOf('small')[0]![2]).toBe(9.1)
    expect(axisOf('large').map(([, , z]) => z)).toEqual([9.1, 9.1])
  })

  it('leaves what was surveyed, what ends elsewhere, and lines of another network alone; sewers of every sort are one', () => {
    const surveyed = line('surveyed', [[50, 0, 9], [50, 9, 9]], 0)
    const beside = line('beside', [[50, 0.02, 9], [50, 9, 9]], ASSUMED.level)
    const gas = line('gas', [[50, 0, 9], [50, 9, 9]], ASSUMED.level, 'gas')
    expect(run(MAIN, surveyed, beside, gas).told).toEqual([])
    const storm = line('storm', [[0, 0, 8], [100, 0, 6]], 0, 'sewer_storm')
    expect(run(storm, line('foul', [[50, 0, 9], [50, 9, 9]], ASSUMED.level, 'sewer_foul')).told).toEqual(['foul'])
  })

  it.each([1, 2, 3])('moves no point in plan, no surveyed line, and ends on what is met (seed %i)', seed => {
    const random = seededRandom(seed)
    const mains = Array.from({ length: 8 }, (_, k) => line(`m${k}`, [[0, 20 * k, random.range(0, 3)], [200, 20 * k, random.range(0, 3)]], 0))
    const services = Array.from({ length: 60 }, (_, k): AssetRecord => {
      const [x, y] = [random.range(1, 199), 20 * random.int(8)]
      return line(`s${k}`, [[x, y, 5], [x + random.range(-1, 1), y + random.range(2, 9), 5]], ASSUMED.level)
    })
    const all = [...mains, ...services]
    const { out } = run(...all)
    out.forEach((asset, i) => {
      expect(asset.axis.map(([x, y]) => [x, y])).toEqual(all[i]!.axis.map(([x, y]) => [x, y]))
      if (i < mains.length) return expect(asset).toBe(all[i])
      const [x, y, z] = asset.axis[0]!
      const [a, b] = mains[y / 20]!.axis as [Vec3, Vec3]
      expect(z).toBeCloseTo(a[2] + (x / 200) * (b[2] - a[2]), 9)
      expect(asset.axis[1]![2]).toBe(5)
    })
  })
})
