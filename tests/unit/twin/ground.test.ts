import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { groundSampler, type GridSurface, type TinSurface } from '#shared/twin/ground.ts'

const plane = (x: number, y: number) => 100 + 0.1 * x - 0.25 * y

function planeGrid(cols: number, rows: number, cellSizeM: number): GridSurface {
  const z = Float64Array.from({ length: cols * rows }, (_, i) => plane((i % cols) * cellSizeM, Math.floor(i / cols) * cellSizeM))
  return { type: 'grid', name: '', cols, rows, cellSizeM, x0: 0, y0: 0, z }
}

describe('ground of a grid', () => {
  it('is bilinear between cell centres: a plane comes back exactly (seed 1)', () => {
    const sample = groundSampler(planeGrid(11, 7, 5))
    const random = seededRandom(1)
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random.range(0, 50), random.range(0, 30)]
      expect(sample(x, y)).toBeCloseTo(plane(x, y), 9)
    }
  })

  it('holds the outermost level over half a cell, and knows nothing beyond', () => {
    const sample = groundSampler(planeGrid(3, 3, 10))
    expect(sample(-4.9, 10)).toBe(plane(0, 10))
    expect(sample(-5.1, 10)).toBeNull()
    expect(sample(10, 25.1)).toBeNull()
  })

  it('knows nothing beside a hole', () => {
    const grid = planeGrid(3, 3, 10)
    grid.z[4] = NaN
    expect(groundSampler(grid)(9, 9)).toBeNull()
    expect(groundSampler({ ...planeGrid(3, 3, 10), z: new Float64Array(9).fill(7) })(9, 9)).toBe(7)
  })

  it('takes a grid of one cell as level ground', () => {
    expect(groundSampler({ type: 'grid', name: '', cols: 1, rows: 1, cellSizeM: 20, x0: 0, y0: 0, z: Float64Array.of(42) })(9, -9)).toBe(42)
  })
})

describe('ground of a TIN', () => {
  const tin: TinSurface = {
    type: 'tin', name: '', faces: Uint32Array.of(0, 1, 2, 0, 2, 3),
    xyz: Float64Array.from([[0, 0], [40, 0], [40, 20], [0, 20]].flatMap(([x, y]) => [x!, y!, plane(x!, y!)])),
  }

  it('is linear over each face, edges and corners included (seed 2)', () => {
    const sample = groundSampler(tin)
    const random = seededRandom(2)
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random.range(0, 40), random.range(0, 20)]
      expect(sample(x, y)).toBeCloseTo(plane(x, y), 9)
    }
    for (const [x, y] of [[0, 0], [40, 20], [20, 10], [40, 7]] as const) expect(sample(x, y)).toBeCloseTo(plane(x, y), 9)
  })

  it('knows nothing outside its faces, and nothing at all without faces', () => {
    expect(groundSampler(tin)(41, 5)).toBeNull()
    expect(groundSampler({ ...tin, faces: new Uint32Array() })(1, 1)).toBeNull()
  })

  it('of a terrain that lies over itself the uppermost face counts, in whatever order the file has them; walls have no level (seed 3)', () => {
    const random = seededRandom(3)
    const sheets = Array.from({ length: 9 }, () => {
      const corners = [0, 1, 2].map(() => [random.range(-30, 30), random.range(-30, 30), random.range(90, 110)] as const)
      // Every third one stands upright: its third corner lies over the line of the others.
      return corners
    }).map(([a, b, c], k) => (k % 3 === 0 ? [a!, b!, [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2, 200] as const] : [a!, b!, c!]))
    const tinOf = (order: readonly number[]): TinSurface => ({ type: 'tin', name: '', xyz: Float64Array.from(sheets.flat(2)), faces: Uint32Array.from(order.flatMap(k => [3 * k, 3 * k + 1, 3 * k + 2])) })
    const forward = groundSampler(tinOf(sheets.map((_, k) => k)))
    const backward = groundSampler(tinOf(sheets.map((_, k) => sheets.length - 1 - k)))
    let crossed = 0
    for (let i = 0; i < 2000; i++) {
      const [x, y] = [random.range(-30, 30), random.range(-30, 30)]
      // The plane through three points by Cramer's rule, where the point lies on one side of all three edges.
      const levels = sheets.flatMap(([[ax, ay, az], [bx, by, bz], [cx, cy, cz]], k) => {
        if (k % 3 === 0) return []
        const side = (px: number, py: number, qx: number, qy: number) => Math.sign((qx - px) * (y - py) - (qy - py) * (x - px))
        const sides = [side(ax, ay, bx, by), side(bx, by, cx, cy), side(cx, cy, ax, ay)]
        if (new Set(sides).size > 1) return []
        const det = ax * (by - cy) + bx * (cy - ay) + cx * (ay - by)
        return [(az * (x * (by - cy) + bx * (cy - y) + cx * (y - by)) + bz * (ax * (y - cy) + x * (cy - ay) + cx * (ay - y)) + cz * (ax * (by - y) + bx * (y - ay) + x * (ay - by))) / det]
      })
      if (levels.length > 1) crossed++
      const expected = levels.length === 0 ? null : Math.max(...levels)
      for (const level of [forward(x, y), backward(x, y)]) {
        if (expected === null) expect(level).toBeNull()
        else expect(level).toBeCloseTo(expected, 6)
      }
    }
    expect(crossed).toBeGreaterThan(100)
  })
})
