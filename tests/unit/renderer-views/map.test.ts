import { describe, expect, it } from 'vitest'
import { findingHeat, lengthHeat, missingFigure } from '#renderer/views/plan/heat-grid.ts'
import { heatClasses } from '#renderer/views/plan/heat-scale.ts'
import { contourIntervalM, triangleContours } from '#renderer/views/plan/map-contours.ts'
import { fitted, opening, seenBox, toPixels, toPlan, zoomedAt } from '#renderer/views/plan/map-pose.ts'
import { seededRandom } from '#shared/core/random.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { anAsset } from '../../builders/twin-builder.ts'

const size = { width: 800, height: 500 }

describe('the pose of the map', () => {
  it('has north up and goes there and back', () => {
    const pose = { x: 100, y: 50, pxPerM: 2 }
    expect(toPixels(pose, size, 100, 50)).toEqual([400, 250])
    expect(toPixels(pose, size, 110, 60)).toEqual([420, 230])
    expect(toPlan(pose, size, 420, 230)).toEqual([110, 60])
    expect(seenBox(pose, size)).toEqual({ minX: -100, maxX: 300, minY: -75, maxY: 175 })
  })

  it.each([1, 2, 3])('keeps what is under the cursor while zooming (seed %i)', seed => {
    const random = seededRandom(seed)
    const pose = { x: 1000 * random.next(), y: 1000 * random.next(), pxPerM: 0.1 + 5 * random.next() }
    const [pxX, pxY] = [size.width * random.next(), size.height * random.next()]
    const before = toPlan(pose, size, pxX, pxY)
    const after = toPlan(zoomedAt(pose, size, pxX, pxY, 0.3 + 2 * random.next()), size, pxX, pxY)
    expect(after[0]).toBeCloseTo(before[0], 9)
    expect(after[1]).toBeCloseTo(before[1], 9)
  })

  it('shows all of what it is fitted to', () => {
    const box = { minX: -20, minY: 40, maxX: 900, maxY: 300 }
    const seen = seenBox(fitted(box, size), size)
    expect(seen.minX <= box.minX && seen.maxX >= box.maxX && seen.minY <= box.minY && seen.maxY >= box.maxY).toBe(true)
    // A tall box ends over the plate at the foot.
    const tall = { minX: 0, minY: 0, maxX: 10, maxY: 900 }
    expect(toPixels(fitted(tall, size), size, 5, 0)[1]).toBeLessThan(size.height - 48)
    expect(toPixels(fitted(tall, size), size, 5, 900)[1]).toBeGreaterThan(0)
  })
})

describe('where the map begins', () => {
  it('is all of a small plan, and of a city the streets one looks at', () => {
    const small = { minX: 0, minY: 0, maxX: 1500, maxY: 900 }
    expect(opening(small, size, [100, 100])).toEqual(fitted(small, size))
    const city = { minX: 0, minY: 0, maxX: 9000, maxY: 7000 }
    expect(opening(city, size, null)).toEqual(fitted(city, size))
    const pose = opening(city, size, [2000, 3000])
    expect([pose.x, pose.y]).toEqual([2000, 3000])
    expect(seenBox(pose, size).maxX - seenBox(pose, size).minX).toBeLessThan(2000)
  })
})

describe('contours', () => {
  it('lie on the plane of their triangle at whole multiples, from side to side (seed 5)', () => {
    const random = seededRandom(5)
    let pieces = 0
    for (let i = 0; i < 300; i++) {
      const corner = () => [random.range(0, 50), random.range(0, 50), random.int(4) === 0 ? 5 : random.range(-20, 20)] as const
      const [a, b, c] = [corner(), corner(), corner()]
      const det = (b[1] - c[1]) * (a[0] - c[0]) + (c[0] - b[0]) * (a[1] - c[1])
      if (Math.abs(det) < 1) continue
      const weights = (x: number, y: number) => {
        const [u, v] = [((b[1] - c[1]) * (x - c[0]) + (c[0] - b[0]) * (y - c[1])) / det, ((c[1] - a[1]) * (x - c[0]) + (a[0] - c[0]) * (y - c[1])) / det]
        return [u, v, 1 - u - v] as const
      }
      const numbers = new Set<number>()
      triangleContours([a, b, c], 2.5, 100, (number, x0, y0, x1, y1) => {
        pieces++
        numbers.add(number)
        for (const [x, y] of [[x0, y0], [x1, y1]] as const) {
          const [u, v, w] = weights(x, y)
          expect(u * a[2] + v * b[2] + w * c[2] + 100).toBeCloseTo(2.5 * number, 6)
          // On a side: one weight is zero, none is below.
          expect(Math.min(Math.abs(u), Math.abs(v), Math.abs(w))).toBeLessThan(1e-6)
          expect(Math.min(u, v, w)).toBeGreaterThan(-1e-6)
        }
      })
      const [low, high] = [Math.min(a[2], b[2], c[2]), Math.max(a[2], b[2], c[2])]
      expect(numbers.size).toBe(low === high ? 0 : Math.floor((high + 100) / 2.5) - Math.ceil((low + 100) / 2.5) + 1)
    }
    expect(pieces).toBeGreaterThan(500)
  })

  it('stand wider apart the smaller the scale', () => {
    expect([10, 2, 0.5, 0.2, 0.1, 0.01].map(contourIntervalM)).toEqual([1, 2, 5, 10, 25, 50])
  })
})

describe('heat maps', () => {
  const extent = { minX: 0, minY: 0, maxX: 100, maxY: 50 }
  const filled = (values: Float32Array) => [...values].flatMap((value, cell) => (Number.isNaN(value) ? [] : [[cell, value]]))

  it('count findings by square', () => {
    const grid = findingHeat(extent, [[10, 10], [20, 20], [60, 10], [400, 0]])
    expect([grid.cellM, grid.cols, grid.rows]).toEqual([25, 5, 3])
    expect(filled(grid.values)).toEqual([[0, 2], [2, 1]])
  })

  it('weigh by length: 30 m of full data and 10 m without an owner in one square are a quarter missing', () => {
    const known = { accuracyPlanM: 0.1, accuracyLevelM: 0.1, assumed: 0 }
    const columns = buildAssetColumns([
      anAsset({ id: 'a', owner: 'O', axis: [[0, 1, 0], [15, 1, 0], [0, 2, 0]].slice(0, 2) as [[number, number, number], [number, number, number]], ...known }),
      anAsset({ id: 'b', owner: 'O', axis: [[0, 3, 0], [15, 3, 0]], ...known }),
      anAsset({ id: 'c', owner: '', axis: [[0, 5, 0], [10, 5, 0]], ...known }),
    ], [0, 0, 0])
    expect(filled(lengthHeat(extent, columns, missingFigure(columns), () => true).values)).toEqual([[0, 0.25]])
    expect(filled(lengthHeat(extent, columns, missingFigure(columns), asset => asset < 2).values)).toEqual([[0, 0]])
  })

  it('count what was assumed, and an unknown accuracy, as missing', () => {
    const columns = buildAssetColumns([
      anAsset({ id: 'a', owner: 'O', accuracyPlanM: 0.1, accuracyLevelM: 0.1, assumed: ASSUMED.size }),
      anAsset({ id: 'b', owner: 'O', accuracyPlanM: 0.1, assumed: 0 }),
      anAsset({ id: 'c', owner: 'O', accuracyPlanM: 0.1, accuracyLevelM: 0.1, assumed: 0 }),
    ], [0, 0, 0])
    expect([0, 1, 2].map(missingFigure(columns))).toEqual([1, columns.accuracyLevelM[1]! >= 0 ? 0 : 1, 0])
  })

  it('put a long segment in every square it passes', () => {
    const columns = buildAssetColumns([anAsset({ id: 'a', axis: [[0, 10, 0], [100, 10, 0]] })], [0, 0, 0])
    expect(filled(lengthHeat(extent, columns, () => 7, () => true).values)).toEqual([[0, 7], [1, 7], [2, 7], [3, 7]])
  })

  it('say of every square which class it is in', () => {
    const grid = findingHeat(extent, [[10, 10], [20, 20], [60, 10]])
    const classes = heatClasses('findings', grid, 'standard')
    expect(classes.map(({ cells }) => cells)).toEqual([1, 1, 0, 0, 0, 0])
    expect(classes[0]).toMatchObject({ from: 1, to: 2 })
  })
})
