import { PlaceHeap } from '../../network/connectivity.ts'
import type { GridSurface } from '../../twin/ground.ts'

/** Where water that leaves a manhole gathers. Local frame. */
export interface Pond {
  /** Middle of the deepest cell. */
  readonly x: number
  readonly y: number
  readonly levelM: number
  readonly areaM2: number
  readonly deepestM: number
  /** Held there and in hollows filled on the way; the rest ran off the edge of the known ground. */
  readonly heldM3: number
}

/** Far more cells than a street's water wets. */
const MOST_CELLS = 200_000
const STEPS = [[-1, 0], [1, 0], [0, -1], [0, 1], [-1, -1], [1, 1], [-1, 1], [1, -1]] as const

/**
 * Follows water from a point down the lowest way and fills the hollow it comes to, level by level, until it is used up
 * or runs over into the next one. Cells of the grid are flat at the level of their centres.
 * @param volumeM3 Water to place, > 0.
 * @returns null where the ground at the point is not known.
 */
export function pondBelow(grid: GridSurface, x: number, y: number, volumeM3: number): Pond | null {
  const { cols, rows, cellSizeM, x0, y0, z } = grid
  const [column, row] = [Math.round((x - x0) / cellSizeM), Math.round((y - y0) / cellSizeM)]
  if (column < 0 || row < 0 || column >= cols || row >= rows || Number.isNaN(z[row * cols + column])) return null
  const cellM2 = cellSizeM ** 2
  const isTaken = new Set<number>()
  let [edge, hollow, levelM, heldM3] = [new PlaceHeap(), [] as number[], z[row * cols + column]!, 0]
  edge.push(row * cols + column, levelM)
  let leaves = false
  while (edge.size > 0 && isTaken.size < MOST_CELLS && !leaves) {
    const { place: cell, key } = edge.pop()
    if (isTaken.has(cell)) continue
    if (hollow.length > 0 && key < levelM) {
      // Over the brim: the hollow stays full behind, and the rest runs on from here.
      ;[edge, hollow] = [new PlaceHeap(), []]
    } else if (heldM3 + hollow.length * cellM2 * (key - levelM) >= volumeM3) {
      levelM += (volumeM3 - heldM3) / (hollow.length * cellM2)
      heldM3 = volumeM3
      break
    } else heldM3 += hollow.length * cellM2 * (key - levelM)
    levelM = key
    isTaken.add(cell)
    hollow.push(cell)
    const [c, r] = [cell % cols, Math.floor(cell / cols)]
    for (const [dc, dr] of STEPS) {
      const [nc, nr] = [c + dc, r + dr]
      const next = nr * cols + nc
      const isKnown = nc >= 0 && nr >= 0 && nc < cols && nr < rows && !Number.isNaN(z[next])
      // Beyond the edge nothing holds water back: it leaves once it stands there.
      if (!isKnown) leaves = true
      else if (!isTaken.has(next)) edge.push(next, z[next]!)
    }
  }
  const deepest = hollow.reduce((best, cell) => (z[cell]! < z[best]! ? cell : best))
  return {
    x: x0 + (deepest % cols) * cellSizeM, y: y0 + Math.floor(deepest / cols) * cellSizeM, levelM,
    areaM2: hollow.length * cellM2, deepestM: levelM - z[deepest]!, heldM3,
  }
}
