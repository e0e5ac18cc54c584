import { buildBoxGrid, queryBoxGrid } from '../geometry/box-grid.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { Block } from '../twin/surface-feature.ts'

/**
 * Finds the block a place lies in.
 * @param blocks Rings in the project CRS; of blocks that overlap the first counts.
 * @param origin Of the local frame that places are given in.
 * @returns index into `blocks`, −1 for a place in none.
 */
export function blockLookup(blocks: readonly Block[], [ox, oy]: Vec3): (x: number, y: number) => number {
  const rings = blocks.map(({ ring }) => ring.map(([x, y]) => [x - ox, y - oy] as const))
  const grid = buildBoxGrid(Float64Array.from(rings.flatMap(boxOf)))
  return (x, y) => queryBoxGrid(grid, x, y, x, y).find(b => isInRing(rings[b]!, x, y)) ?? -1
}

/** Per asset the block its middle (by plan length) lies in, or −1. */
export function blocksOfAssets(columns: AssetColumns, blocks: readonly Block[]): Int32Array {
  const blockAt = blockLookup(blocks, columns.origin)
  const found = new Int32Array(columns.count).fill(-1)
  if (blocks.length === 0) return found
  for (let i = 0; i < columns.count; i++) {
    const [x, y] = middleOf(columns, i)
    found[i] = blockAt(x, y)
  }
  return found
}

function middleOf({ vertexStart, xyz }: AssetColumns, asset: number): readonly [number, number] {
  const [first, last] = [vertexStart[asset]!, vertexStart[asset + 1]! - 1]
  const partM = (v: number) => Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!)
  let half = 0
  for (let v = first; v < last; v++) half += partM(v) / 2
  for (let v = first; v < last; v++) {
    const part = partM(v)
    if (half <= part && part > 0) {
      const t = half / part
      return [xyz[3 * v]! + t * (xyz[3 * v + 3]! - xyz[3 * v]!), xyz[3 * v + 1]! + t * (xyz[3 * v + 4]! - xyz[3 * v + 1]!)]
    }
    half -= part
  }
  return [xyz[3 * first]!, xyz[3 * first + 1]!]
}

function boxOf(ring: readonly (readonly [number, number])[]): number[] {
  return ring.reduce(([x0, y0, x1, y1], [x, y]) => [Math.min(x0!, x), Math.min(y0!, y), Math.max(x1!, x), Math.max(y1!, y)], [Infinity, Infinity, -Infinity, -Infinity])
}

/** Even-odd rule. */
export function isInRing(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let isInside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i]!, ring[j]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside
  }
  return isInside
}
