import { describe, expect, it } from 'vitest'
import { convexParts } from '#shared/excavation/convex-parts.ts'
import { outlineFrom } from '#shared/geometry/plan-outline.ts'
import { isReflex, ringArea } from '#shared/geometry/plan-polygon.ts'
import { randomFor, randomOutline } from '../excavation/random-sites.ts'

const refusal = (points: readonly (readonly [number, number])[]) => {
  const outline = outlineFrom(points)
  return outline.ok ? null : outline.error.code
}

describe('an outline', () => {
  it('is taken in either order, closed or not, and comes out counter-clockwise', () => {
    const square = [[0, 0], [4, 0], [4, 4], [0, 4]] as const
    for (const points of [square, [...square].reverse(), [...square, square[0]]]) {
      const outline = outlineFrom(points)
      expect(outline.ok && ringArea(outline.value)).toBe(16)
    }
  })

  it.each([
    ['two points', [[0, 0], [1, 0]], 'outline_too_few_points'],
    ['a bow tie', [[0, 0], [4, 4], [4, 0], [0, 4]], 'outline_self_crossing'],
    ['a corner on another edge', [[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]], 'outline_self_crossing'],
    ['a spike that runs back along itself', [[0, 0], [4, 0], [8, 0], [5, 0.0000001], [4, 4]], 'outline_self_crossing'],
    ['points in one line', [[0, 0], [4, 0], [9, 0]], 'outline_zero_area'],
    ['the same point twice', [[0, 0], [4, 0], [4, 0], [4, 4]], 'outline_repeated_point'],
    ['a point visited again later', [[0, 0], [4, 0], [4, 4], [0, 0], [-4, 4]], 'outline_repeated_point'],
    ['a coordinate that is not finite', [[0, 0], [4, NaN], [4, 4]], 'outline_not_finite'],
  ] as const)('with %s is refused', (_, points, code) => {
    expect(refusal(points)).toBe(code)
  })

  it('keeps corners that are straight', () => {
    const outline = outlineFrom([[0, 0], [2, 0], [4, 0], [4, 4], [0, 4]])
    expect(outline.ok && outline.value.length).toBe(10)
  })

  it('far from zero is judged as near it', () => {
    const far = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => [x + 3.6e6, y + 3.6e6] as const)
    expect(refusal(far([[0, 0], [4, 0], [4, 4], [0, 4]]))).toBeNull()
    expect(refusal(far([[0, 0], [4, 4], [4, 0], [0, 4]]))).toBe('outline_self_crossing')
  })
})

it.each(Array.from({ length: 60 }, (_, seed) => seed))('convex parts fill a concave outline without overlap (seed %i)', seed => {
  const outline = outlineFrom(randomOutline(randomFor(seed)))
  if (!outline.ok) throw new Error(outline.error.code)
  const parts = convexParts(outline.value)
  expect(parts.reduce((sum, part) => sum + ringArea(part), 0)).toBeCloseTo(ringArea(outline.value), 9)
  for (const part of parts) {
    expect(ringArea(part)).toBeGreaterThan(0)
    for (let i = 0; i < part.length / 2; i++) expect(isReflex(part, i)).toBe(false)
  }
})
