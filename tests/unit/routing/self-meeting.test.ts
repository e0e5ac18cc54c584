import { describe, expect, it } from 'vitest'
import { selfMeeting } from '#shared/routing/lines/self-meeting.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'

const pipe: OuterSection = { shape: 'circle', diameterM: 0.4 }
/** East, then back over itself at x = 5, in the project's coordinates. */
const loop = (levelBack: number): Vec3[] => ([[0, 0, 0], [10, 0, 0], [10, 5, levelBack], [5, 5, levelBack], [5, -5, levelBack]] as Vec3[]).map(([x, y, z]): Vec3 => [x + 362_000, y + 3_271_000, z + 210])

describe('a line that runs into itself', () => {
  it('is told with both chainages and by how much', () => {
    expect(selfMeeting(loop(0.1), pipe)).toEqual({ firstM: expect.closeTo(5, 6), againM: expect.closeTo(10 + 5 + 5 + 5, 6), clearM: expect.closeTo(0.1 - 0.4, 6) })
  })
  it('may pass over itself', () => {
    expect(selfMeeting(loop(0.41), pipe)).toBeNull()
    expect(selfMeeting(loop(0.39), pipe)).not.toBeNull()
  })
  it('is measured by width and height of a duct bank', () => {
    const bank: OuterSection = { shape: 'rectangle', widthM: 1, heightM: 0.3 }
    expect(selfMeeting(loop(0.31), bank)).toBeNull()
    expect(selfMeeting(loop(0.29), bank)).not.toBeNull()
  })
  it('is no bend however short its parts, and no ring', () => {
    const bend = Array.from({ length: 10 }, (_, i): Vec3 => [Math.sin((i * Math.PI) / 18), 1 - Math.cos((i * Math.PI) / 18), 0])
    expect(selfMeeting([[-5, 0, 0], ...bend, [1, 6, 0]], pipe)).toBeNull()
    expect(selfMeeting([[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 0, 0]], pipe)).toBeNull()
    expect(selfMeeting([[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, -1, 0]], pipe)).not.toBeNull()
  })
})
