import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../geometry/box-grid.ts'
import type { AssetColumns } from './asset-columns.ts'

/** A straight part of an asset, named by its first vertex. */
export interface AssetSegment {
  readonly asset: number
  readonly vertex: number
}

interface PlanIndex {
  readonly grid: BoxGrid
  readonly asset: Uint32Array
  readonly vertex: Uint32Array
}

const indexes = new WeakMap<AssetColumns, PlanIndex>()

/** Plan boxes of all segments, outer sizes included: built when somebody first looks for neighbours in a twin. */
function planIndex(columns: AssetColumns): PlanIndex {
  const known = indexes.get(columns)
  if (known) return known
  const { count, vertexStart, xyz } = columns
  const segments = Math.max(0, vertexStart[count]! - count)
  const boxes = new Float64Array(4 * segments)
  const [asset, vertex] = [new Uint32Array(segments), new Uint32Array(segments)]
  let s = 0
  for (let i = 0; i < count; i++) {
    const r = columns.halfWidthM[i]!
    for (let v = vertexStart[i]!; v + 1 < vertexStart[i + 1]!; v++) {
      const [ax, ay, bx, by] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      boxes[4 * s] = Math.min(ax, bx) - r
      boxes[4 * s + 1] = Math.min(ay, by) - r
      boxes[4 * s + 2] = Math.max(ax, bx) + r
      boxes[4 * s + 3] = Math.max(ay, by) + r
      asset[s] = i
      vertex[s++] = v
    }
  }
  const index = { grid: buildBoxGrid(boxes), asset, vertex }
  indexes.set(columns, index)
  return index
}

/** Segments whose plan box, outer size included, meets a box; in the order of the assets. Local frame, metres. */
export function segmentsInBox(columns: AssetColumns, minX: number, minY: number, maxX: number, maxY: number): AssetSegment[] {
  const { grid, asset, vertex } = planIndex(columns)
  return queryBoxGrid(grid, minX, minY, maxX, maxY).map(s => ({ asset: asset[s]!, vertex: vertex[s]! }))
}
