import { describe, expect, it } from 'vitest'
import { arrowHeads, drapedLines, waterFaces } from '#renderer/scene/geometry/area-mesh.ts'
import type { SceneFrame } from '#renderer/scene/scene-frame.ts'

/** View zero at (10, 20, 5) of a local frame whose own zero is (1000, 2000, 100) in the project. */
const FRAME: SceneFrame = { origin: [10, 20, 5], crsOrigin: [1000, 2000, 100], bounds: null, network: null }
const crs = (ring: readonly number[]): number[] => ring.map((value, i) => value + (i % 2 === 0 ? 1010 : 2020))

function areaOf(xyz: readonly number[]): number {
  let area = 0
  for (let i = 0; i < xyz.length; i += 9) area += Math.abs((xyz[i + 3]! - xyz[i]!) * (xyz[i + 7]! - xyz[i + 1]!) - (xyz[i + 6]! - xyz[i]!) * (xyz[i + 4]! - xyz[i + 1]!)) / 2
  return area
}

describe('water', () => {
  it('stands level over its outline, an island left dry', () => {
    const { xyz, colours } = waterFaces(FRAME, [{ rings: [crs([0, 0, 10, 0, 10, 10, 0, 10]), crs([2, 2, 2, 4, 4, 4, 4, 2])], levelM: 112.5, colour: '#3b8eea' }])
    expect(areaOf(xyz)).toBeCloseTo(96, 9)
    expect(new Set(xyz.filter((_, i) => i % 3 === 2))).toEqual(new Set([7.5]))
    expect(colours).toHaveLength(xyz.length / 3)
  })
})

describe('outlines on the ground', () => {
  it('follow it in steps, and leave out where no ground is known', () => {
    const ground = (x: number): number | null => (x > 16 ? null : x / 10)
    const { xyz } = drapedLines(FRAME, [{ rings: [crs([0, 0, 12, 0, 12, 1, 0, 1])], colour: '#000000' }], ground)
    for (let i = 0; i < xyz.length; i += 3) expect(xyz[i + 2]! - 0.25 + 5).toBeCloseTo((xyz[i]! + 10) / 10, 9)
    expect(Math.max(...xyz.filter((_, i) => i % 3 === 0))).toBeLessThanOrEqual(6)
    expect(xyz.length % 6).toBe(0)
  })
})

describe('heads', () => {
  it('have their point where water goes', () => {
    const { xyz, ways, colours } = arrowHeads(FRAME, [{ arrows: [1010, 2020, 105, 0, 1], colour: '#000000' }])
    expect(xyz).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect([ways.length, colours.length]).toEqual([12, 4])
    expect(ways.slice(0, 3)).toEqual(ways.slice(6, 9))
    expect(ways[1]).toBeGreaterThan(ways[4]!)
    expect(ways[3]).toBeCloseTo(-ways[9]!, 12)
  })
})
