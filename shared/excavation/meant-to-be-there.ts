import { distanceToSegment } from '../geometry/point-segment.ts'
import type { PlanPoint } from '../geometry/plan-polygon.ts'
import type { ExcavationShape } from '../scenario/document.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import { nearestOnAxis } from '../twin/plan-chainage.ts'

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

/** Ends of a line that a scheme proposes. Project CRS. */
export interface ProposedEnd {
  readonly at: Vec3
  readonly halfHeightM: number
}

/** First and last vertices of the assets from one index on. */
export function endsFrom(columns: AssetColumns, from: number): ProposedEnd[] {
  const ends: ProposedEnd[] = []
  for (let asset = from; asset < columns.count; asset++) {
    for (const v of [columns.vertexStart[asset]!, columns.vertexStart[asset + 1]! - 1]) ends.push({ at: [...placeOf(columns, v), columns.xyz[3 * v + 2]! + columns.origin[2]], halfHeightM: columns.halfHeightM[asset]! })
  }
  return ends
}

/** An end this near to a line's axis in plan meets it, metres. */
const MEETS_M = 0.05
/** What a trench lays bare of the line it leads to, by its width: as much as where it crosses one at 30°. */
const BARE_PER_WIDTH = 2

/**
 * Whether a trench is dug to a line in the ground: a line of the scheme ends on it there, and the trench lays no more of it bare
 * than its own width asks. Such a line is laid bare by hand to be connected, and is not struck.
 */
export function isConnectedIn(shape: ExcavationShape, columns: AssetColumns, asset: number, struckLengthM: number, ends: readonly ProposedEnd[]): boolean {
  if (shape.type !== 'trench' || struckLengthM > BARE_PER_WIDTH * shape.widthM + 2 * columns.halfWidthM[asset]!) return false
  return ends.some(({ at: [x, y, z], halfHeightM }) => {
    const isInTrench = shape.line.some(([bx, by], i) => i > 0 && distanceToSegment(x, y, ...shape.line[i - 1]!, bx, by) <= shape.widthM / 2 + MEETS_M)
    if (!isInTrench) return false
    const { origin } = columns
    const { at } = nearestOnAxis(columns, asset, x - origin[0], y - origin[1])
    return Math.hypot(at[0] + origin[0] - x, at[1] + origin[1] - y) <= MEETS_M && Math.abs(at[2] + origin[2] - z) <= columns.halfHeightM[asset]! + halfHeightM
  })
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
