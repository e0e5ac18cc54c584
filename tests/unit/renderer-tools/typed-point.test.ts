import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { polarOf, typedPoint } from '#renderer/tools/typed-point.ts'
import { vertexLevel } from '#renderer/tools/vertex-level.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const ORIGIN: Vec3 = [500_000, 3_000_000, 200]
const LAST: Vec3 = [10, 20, -3]

describe('a typed point', () => {
  it('counts length and bearing clockwise from north, and the step in level', () => {
    const east = typedPoint({ mode: 'polar', first: 5, second: 90, third: -0.5 }, LAST, ORIGIN)!
    expect([east.x, east.y, east.z].map(value => value!.toFixed(9))).toEqual(['15.000000000', '20.000000000', '-3.500000000'])
    expect(typedPoint({ mode: 'polar', first: 5, second: 0, third: null }, LAST, ORIGIN)).toMatchObject({ x: 10, y: 25, z: null })
  })

  it('counts steps from the last point, and coordinates in the project frame', () => {
    expect(typedPoint({ mode: 'offset', first: -2, second: 3, third: 1 }, LAST, ORIGIN)).toEqual({ x: 8, y: 23, z: -2 })
    expect(typedPoint({ mode: 'absolute', first: 500_001, second: 3_000_002, third: 198 }, null, ORIGIN)).toEqual({ x: 1, y: 2, z: -2 })
  })

  it('is none without its figures, or without a point to count from', () => {
    expect(typedPoint({ mode: 'polar', first: 5, second: null, third: null }, LAST, ORIGIN)).toBeNull()
    expect(typedPoint({ mode: 'polar', first: 5, second: 90, third: null }, null, ORIGIN)).toBeNull()
  })

  it('comes back as the length and bearing it was typed with (seed 7)', () => {
    const random = seededRandom(7)
    for (let k = 0; k < 200; k++) {
      const [length, bearing] = [random.range(0.1, 500), random.range(0, 360)]
      const { x, y } = typedPoint({ mode: 'polar', first: length, second: bearing, third: null }, LAST, ORIGIN)!
      const back = polarOf(LAST, [x, y, 0])!
      expect(back.lengthM).toBeCloseTo(length, 9)
      expect(back.bearingDeg).toBeCloseTo(bearing, 7)
    }
  })
})

describe('a graded vertex', () => {
  const section = { shape: 'circle', diameterM: 0.4 } as const
  const vertical = { mode: 'grade', coverM: 1, fallRatio: 0.003 } as const
  it('begins by cover and falls from the vertex before', () => {
    expect(vertexLevel({ vertical, section }, [0, 0], 100, 0, null)).toBeCloseTo(98.8, 12)
    expect(vertexLevel({ vertical, section }, [30, 40], 100, 0, [0, 0, 98.8])).toBeCloseTo(98.65, 12)
  })
})
