import type { Vec3 } from '#shared/twin/asset.ts'
import type { Ray } from '../camera/pose.ts'

/** Square cells over the plan, row by row from the lowest y. */
export interface PlanCells {
  readonly cellM: number
  readonly cols: number
  readonly rows: number
  readonly minX: number
  readonly minY: number
}

/** Where a ray is inside a box: distances in and out, null where it misses. */
export function clipRay(ray: Ray, low: Vec3, high: Vec3): [number, number] | null {
  let [enter, leave] = [0, Infinity]
  for (let c = 0; c < 3; c++) {
    const [o, d] = [ray.origin[c]!, ray.direction[c]!]
    if (Math.abs(d) < 1e-15) {
      if (o < low[c]! || o > high[c]!) return null
      continue
    }
    const [t0, t1] = [(low[c]! - o) / d, (high[c]! - o) / d]
    enter = Math.max(enter, Math.min(t0, t1))
    leave = Math.min(leave, Math.max(t0, t1))
  }
  return enter <= leave ? [enter, leave] : null
}

/** Plan cells from t0 to t1 along a ray in order (Amanatides & Woo); `visit` answers false to stop. */
export function walkCells(
  grid: PlanCells,
  ray: Ray, t0: number, t1: number, visit: (cell: number, enterT: number, leaveT: number) => boolean,
): void {
  const { cellM, cols, rows, minX, minY } = grid
  const dx = ray.direction[0]
  const dy = ray.direction[1]
  let col = Math.min(cols - 1, Math.max(0, Math.floor((ray.origin[0] + t0 * dx - minX) / cellM)))
  let row = Math.min(rows - 1, Math.max(0, Math.floor((ray.origin[1] + t0 * dy - minY) / cellM)))
  const stepX = Math.sign(dx)
  const stepY = Math.sign(dy)
  const deltaX = dx === 0 ? Infinity : cellM / Math.abs(dx)
  const deltaY = dy === 0 ? Infinity : cellM / Math.abs(dy)
  let nextX = dx === 0 ? Infinity : (minX + (col + (dx > 0 ? 1 : 0)) * cellM - ray.origin[0]) / dx
  let nextY = dy === 0 ? Infinity : (minY + (row + (dy > 0 ? 1 : 0)) * cellM - ray.origin[1]) / dy
  let enter = t0
  while (enter <= t1) {
    const leave = Math.min(nextX, nextY, t1)
    if (!visit(row * cols + col, enter, leave)) return
    if (nextX >= t1 && nextY >= t1) return
    if (nextX < nextY) {
      col += stepX
      enter = nextX
      nextX += deltaX
      if (col < 0 || col >= cols) return
    } else {
      row += stepY
      enter = nextY
      nextY += deltaY
      if (row < 0 || row >= rows) return
    }
  }
}
