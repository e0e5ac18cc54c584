import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { thiessenCells } from '#shared/hazards/overflow/thiessen.ts'

const thiessenAreas = (...of: Parameters<typeof thiessenCells>): number[] => thiessenCells(...of).map(({ areaM2 }) => areaM2)

describe('Thiessen cells', () => {
  const square = [0, 0, 100, 0, 100, 60, 0, 60]

  it('two inlets share a block half and half', () => {
    expect([...thiessenAreas([[25, 30], [75, 30]], 1000, [square])]).toEqual([expect.closeTo(3000, 6), expect.closeTo(3000, 6)])
  })

  it('an inlet alone drains the circle of its reach', () => {
    expect(thiessenAreas([[0, 0]], 10, [])[0]!).toBeCloseTo(Math.PI * 100, 9)
  })

  it('inlets at one place share their cell', () => {
    const [a, b] = thiessenAreas([[50, 30], [50, 30]], 1000, [square])
    expect([a, b]).toEqual([expect.closeTo(3000, 6), expect.closeTo(3000, 6)])
  })

  it('follows a boundary that is not convex', () => {
    const corner = [0, 0, 40, 0, 40, 10, 10, 10, 10, 40, 0, 40]
    expect(thiessenAreas([[5, 5]], 1000, [corner])[0]).toBeCloseTo(700, 6)
  })

  it.each(Array.from({ length: 12 }, (_, i) => i + 1))('seed %i: agrees with counting cells by their nearest inlet, and sums to the block', seed => {
    const random = seededRandom(seed)
    const points = Array.from({ length: 2 + random.int(12) }, () => [100 * random.next(), 60 * random.next()] as const)
    const areas = thiessenAreas(points, 1000, [square])
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(6000, 5)
    const counted = points.map(() => 0)
    const step = 0.25
    for (let x = step / 2; x < 100; x += step) {
      for (let y = step / 2; y < 60; y += step) {
        const distances = points.map(([px, py]) => Math.hypot(px - x, py - y))
        counted[distances.indexOf(Math.min(...distances))]! += step * step
      }
    }
    areas.forEach((area, k) => expect(Math.abs(area - counted[k]!)).toBeLessThan(40))
  })

  it('what is drawn to drain elsewhere is taken off, whatever its shape and sense', () => {
    // An L of 300 m² that lies in both cells: 100 m² of it in the left one.
    const drawn = [40, 0, 60, 0, 60, 10, 50, 10, 50, 20, 40, 20]
    expect(thiessenAreas([[25, 30], [75, 30]], 1000, [square], [drawn])).toEqual([expect.closeTo(2800, 6), expect.closeTo(2900, 6)])
    const clockwise = [40, 20, 50, 20, 50, 10, 60, 10, 60, 0, 40, 0]
    expect(thiessenAreas([[25, 30], [75, 30]], 1000, [square], [clockwise])).toEqual([expect.closeTo(2800, 6), expect.closeTo(2900, 6)])
  })

  it('gives the outline of each cell: the half of the block', () => {
    const { rings } = thiessenCells([[25, 30], [75, 30]], 1000, [square])[0]!
    expect(rings).toHaveLength(1)
    const xs = rings[0]!.filter((_, i) => i % 2 === 0)
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 50])
  })
})
