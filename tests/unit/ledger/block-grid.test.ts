import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { gridBlocks, MOST_GRID_CELLS } from '#shared/ledger/block-grid.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const columnsOf = (axes: readonly (readonly Vec3[])[]) => buildAssetColumns(axes.map((axis, i) => anAsset({ id: `a${i}`, axis })), [0, 0, 0])
const corner = ({ ring }: { ring: readonly (readonly [number, number])[] }) => ring[0]!.join(' ')

describe('a grid of blocks', () => {
  it.each([1, 2, 3])('has the cells that points taken along all lines fall into, and no others (seed %i)', seed => {
    const random = seededRandom(seed)
    const axes = Array.from({ length: 40 }, () => Array.from({ length: 2 + random.int(3) }, (): Vec3 => [500_000 + random.range(0, 2000), 3_000_000 + random.range(0, 2000), 0]))
    const cells = new Set(gridBlocks(columnsOf(axes), 130, [])!.map(corner))
    const sampled = new Set<string>()
    for (const axis of axes) {
      for (let v = 1; v < axis.length; v++) {
        for (let k = 0; k <= 20_000; k++) {
          const [x, y] = [0, 1].map(c => axis[v - 1]![c]! + (k / 20_000) * (axis[v]![c]! - axis[v - 1]![c]!)) as [number, number]
          sampled.add(`${Math.floor(x / 130) * 130} ${Math.floor(y / 130) * 130}`)
        }
      }
    }
    // Points 0.1 m apart may step over a corner that a line cuts, by chance of less than a cell in all.
    expect([...sampled].filter(cell => !cells.has(cell))).toEqual([])
    expect(cells.size - sampled.size).toBeLessThanOrEqual(1)
  })

  it('is named from the west and the north, and leaves out what a block holds already', () => {
    const columns = columnsOf([[[5, 105, 0], [195, 105, 0]], [[5, 5, 0], [95, 5, 0]]])
    expect(gridBlocks(columns, 100, [])!.map(({ name, ring }) => [name, ring[0]])).toEqual([['A1', [0, 100]], ['B1', [100, 100]], ['A2', [0, 0]]])
    const there = { id: 'x', name: 'x', responsible: '', ring: [[90, 90], [210, 90], [210, 210], [90, 210]] as const }
    expect(gridBlocks(columns, 100, [there])!.map(({ name }) => name)).toEqual(['A1', 'A2'])
  })

  it('is refused where it would have more cells than anybody can answer for', () => {
    expect(gridBlocks(columnsOf([[[0, 0, 0], [MOST_GRID_CELLS * 20, 3, 0]]]), 10, [])).toBeNull()
  })
})
