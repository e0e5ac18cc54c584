import { expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { buildBoxGrid, eachInBoxGrid, queryBoxGrid } from '#shared/geometry/box-grid.ts'

it('a grid of boxes tells each box that meets another once, as going through all of them does (seed 41)', () => {
  const random = seededRandom(41)
  for (let round = 0; round < 60; round++) {
    const count = random.int(80)
    const boxes = new Float64Array(4 * count)
    for (let k = 0; k < boxes.length; k += 4) {
      // Large ones reach into many buckets; points and whole numbers touch their borders.
      const [x, y] = random.next() < 0.3 ? [random.int(20), random.int(20)] : [random.range(0, 20), random.range(0, 20)]
      const size = random.next() < 0.2 ? 0 : random.range(0, random.next() < 0.2 ? 15 : 2)
      boxes.set([x, y, x + size, y + size * random.next()], k)
    }
    const grid = buildBoxGrid(boxes)
    for (let ask = 0; ask < 40; ask++) {
      const [x, y] = random.next() < 0.3 ? [random.int(24) - 2, random.int(24) - 2] : [random.range(-3, 23), random.range(-3, 23)]
      const [w, h] = random.next() < 0.3 ? [0, 0] : [random.range(0, 12), random.range(0, 12)]
      const all = Array.from({ length: count }, (_, k) => k).filter(k => boxes[4 * k]! <= x + w && boxes[4 * k + 2]! >= x && boxes[4 * k + 1]! <= y + h && boxes[4 * k + 3]! >= y)
      expect(queryBoxGrid(grid, x, y, x + w, y + h)).toEqual(all)
      const visited: number[] = []
      eachInBoxGrid(grid, x, y, x + w, y + h, k => void visited.push(k))
      expect([...visited].sort((a, b) => a - b)).toEqual(all)
    }
  }
})
