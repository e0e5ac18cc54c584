import { distanceToSegment } from '../geometry/point-segment.ts'
import type { PlanPoint } from '../geometry/plan-polygon.ts'
import type { ExcavationShape } from '../scenario/document.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'

/**
 * Whether a line of the same scheme belongs in one of its excavations. Trenches are dug for lines; a pit is for one that
 * begins or ends in it (a shaft, a connection), not for one that passes through what is built there; a bore is for the
 * line that runs from its entry to its exit.
 * @param shape Project CRS. @param asset Index into the columns.
 */
export function isMeantToBeThere(shape: ExcavationShape, columns: AssetColumns, asset: number): boolean {
  switch (shape.type) {
    case 'trench':
      return true
    case 'pit':
      return [columns.vertexStart[asset]!, columns.vertexStart[asset + 1]! - 1].some(v => isInsideOutline(shape.outline, ...placeOf(columns, v)))
    case 'bore':
      return [shape.axis[0]!, shape.axis.at(-1)!].every(([x, y]) => planOff(columns, asset, x, y) <= shape.diameterM / 2)
  }
}

/** Of a vertex, project CRS. */
const placeOf = ({ xyz, origin }: AssetColumns, v: number): PlanPoint => [xyz[3 * v]! + origin[0], xyz[3 * v + 1]! + origin[1]]

function planOff(columns: AssetColumns, asset: number, x: number, y: number): number {
  let least = Infinity
  for (let v = columns.vertexStart[asset]!; v + 1 < columns.vertexStart[asset + 1]!; v++) least = Math.min(least, distanceToSegment(x, y, ...placeOf(columns, v), ...placeOf(columns, v + 1)))
  return least
}

/** Whether a point lies in an outline (not closed), even-odd. */
export function isInsideOutline(outline: readonly PlanPoint[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [[x0, y0], [x1, y1]] = [outline[j]!, outline[i]!]
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
  }
  return inside
}
