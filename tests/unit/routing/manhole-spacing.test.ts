import { chainagesOf } from '#shared/geometry/section-line.ts'
import { describe, expect, it } from 'vitest'
import { distance } from '#shared/routing/lines/axis.ts'
import { manholeSpacingM, withManholes } from '#shared/routing/lines/manhole-spacing.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const round = (diameterM: number) => ({ shape: 'circle', diameterM }) as const

describe('manholes by spacing', () => {
  it('the spacing is that of the size, and the smaller one between two sizes', () => {
    expect([0.3, 0.6, 0.65, 0.7, 1, 1.2, 2].map(diameterM => manholeSpacingM(round(diameterM)))).toEqual([75, 75, 75, 100, 100, 150, 200])
  })

  it('parts each stretch evenly, keeps every vertex and the grade, and is done when done again', () => {
    const axis: Vec3[] = [[0, 0, 10], [160, 0, 9.52], [160, 75, 9.3]]
    const next = withManholes(axis, 75)
    expect(next.map(([x, y]) => [Math.round(100 * x) / 100, y])).toEqual([[0, 0], [53.33, 0], [106.67, 0], [160, 0], [160, 75]])
    const chainages = chainagesOf(next)
    expect(Math.max(...chainages.slice(1).map((to, i) => to - chainages[i]!))).toBeLessThanOrEqual(75 + 1e-9)
    for (const vertex of axis) expect(next.some(point => distance(point, vertex) < 1e-9)).toBe(true)
    expect(next[1]![2]).toBeCloseTo(10 - 0.48 / 3, 9)
    expect(withManholes(next, 75)).toHaveLength(next.length)
  })
})
