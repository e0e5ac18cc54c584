import { distanceToSegment } from '../geometry/point-segment.ts'
import type { Vec3 } from '../twin/asset.ts'

const CELL_M = 4
const keyOf = (column: number, row: number): number => column * 1_048_576 + row

/** Tells whether a place lies within a distance of one of some lines in plan; asked a million times by a search. */
export function nearLines(lines: readonly (readonly Vec3[])[], reachM: number): (x: number, y: number) => boolean {
  const cells = new Map<number, number[]>()
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!]
      for (let column = Math.floor((Math.min(ax, bx) - reachM) / CELL_M); column <= Math.floor((Math.max(ax, bx) + reachM) / CELL_M); column++) {
        for (let row = Math.floor((Math.min(ay, by) - reachM) / CELL_M); row <= Math.floor((Math.max(ay, by) + reachM) / CELL_M); row++) {
          // A cell's corner is this far from its middle at most.
          if (distanceToSegment((column + 0.5) * CELL_M, (row + 0.5) * CELL_M, ax, ay, bx, by) > reachM + 0.71 * CELL_M) continue
          const list = cells.get(keyOf(column, row))
          if (list) list.push(ax, ay, bx, by)
          else cells.set(keyOf(column, row), [ax, ay, bx, by])
        }
      }
    }
  }
  return (x, y) => {
    const near = cells.get(keyOf(Math.floor(x / CELL_M), Math.floor(y / CELL_M)))
    if (!near) return false
    for (let k = 0; k < near.length; k += 4) if (distanceToSegment(x, y, near[k]!, near[k + 1]!, near[k + 2]!, near[k + 3]!) < reachM) return true
    return false
  }
}
