import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { NodeBodies } from '../geometry/node-bodies.ts'
import { bodyAt } from '../geometry/node-bodies.ts'
import type { Tile } from '../tiles/tile-plan.ts'
import type { PlanCells } from './ray-cells.ts'

/** What of one tile can be pointed at, by cells of the plan: axis segments, then node bodies. Local frame. */
export interface TileCells extends PlanCells {
  /** Per entry: asset index, or `columns.count` + node index. */
  readonly item: Uint32Array
  /** Per entry: first vertex of the segment (index into the columns' vertices); −1 for a node. */
  readonly vertex: Int32Array
  /** Cell c holds entries[cellStart[c] … cellStart[c + 1]). */
  readonly cellStart: Uint32Array
  readonly entries: Uint32Array
  /** Per entry: the last question it was looked at for; entries lie in several cells. */
  readonly seenFor: Uint32Array
}

const CELL_M = 12
const MOST_CELLS = 1 << 14
/** Entries reach this much beyond their solids, so that near misses are found in the cells a ray crosses. */
export const SLACK_M = 1

/** Two passes over the tile's segments, counting then filling: a fraction of a millisecond for a thousand. */
export function tileCells(columns: AssetColumns, bodies: NodeBodies, { pieces, nodes, segmentCount, min, max }: Tile, reachM: number): TileCells {
  const item = new Uint32Array(segmentCount + nodes.length)
  const vertex = new Int32Array(segmentCount + nodes.length).fill(-1)
  let count = 0
  for (let p = 0; p < pieces.length; p += 3) {
    for (let v = pieces[p + 1]!; v < pieces[p + 2]!; v++) {
      item[count] = pieces[p]!
      vertex[count++] = v
    }
  }
  for (let n = 0; n < nodes.length; n++) if (bodies.form[nodes[n]!]) item[count++] = columns.count + nodes[n]!
  const [minX, minY, width, depth] = [min[0] - reachM, min[1] - reachM, max[0] - min[0] + 2 * reachM, max[1] - min[1] + 2 * reachM]
  const cellM = Math.max(CELL_M, Math.sqrt((width * depth) / MOST_CELLS), Math.max(width, depth) / MOST_CELLS)
  const cells = { cellM, cols: Math.floor(width / cellM) + 1, rows: Math.floor(depth / cellM) + 1, minX, minY }
  const cellStart = new Uint32Array(cells.cols * cells.rows + 1)
  const forEachEntry = (visit: (cell: number, entry: number) => void) => {
    for (let entry = 0; entry < count; entry++) forEachCellOf(columns, bodies, item[entry]!, vertex[entry]!, cells, cell => visit(cell, entry))
  }
  forEachEntry(cell => cellStart[cell + 1]!++)
  for (let c = 0; c < cellStart.length - 1; c++) cellStart[c + 1]! += cellStart[c]!
  const entries = new Uint32Array(cellStart.at(-1)!)
  const fill = cellStart.slice()
  forEachEntry((cell, entry) => {
    entries[fill[cell]!++] = entry
  })
  return { ...cells, item, vertex, cellStart, entries, seenFor: new Uint32Array(count) }
}

function forEachCellOf(columns: AssetColumns, bodies: NodeBodies, item: number, vertex: number, cells: PlanCells, visit: (cell: number) => void): void {
  if (vertex < 0) {
    const body = bodyAt(bodies, item - columns.count)!
    return forEachCell(cells, body.x, body.y, body.x, body.y, body.radiusM + SLACK_M, visit)
  }
  const { xyz } = columns
  const reach = Math.max(columns.halfWidthM[item]!, columns.halfHeightM[item]!) * Math.SQRT2 + SLACK_M
  forEachCell(cells, xyz[3 * vertex]!, xyz[3 * vertex + 1]!, xyz[3 * vertex + 3]!, xyz[3 * vertex + 4]!, reach, visit)
}

/** Cells within `reach` of a plan segment, row by row, so that a long slanting one does not fill its whole box. */
function forEachCell({ minX, minY, cellM, cols, rows }: PlanCells, ax: number, ay: number, bx: number, by: number, reach: number, visit: (cell: number) => void): void {
  const row = (y: number) => Math.min(rows - 1, Math.max(0, Math.floor((y - minY) / cellM)))
  const col = (x: number) => Math.min(cols - 1, Math.max(0, Math.floor((x - minX) / cellM)))
  const [r0, r1] = [row(Math.min(ay, by) - reach), row(Math.max(ay, by) + reach)]
  const dy = by - ay
  for (let r = r0; r <= r1; r++) {
    let [x0, x1] = [Math.min(ax, bx), Math.max(ax, bx)]
    if (r1 > r0 && Math.abs(dy) > 1e-9) {
      const at = (y: number) => ax + (bx - ax) * Math.min(1, Math.max(0, (y - ay) / dy))
      const [p, q] = [at(minY + r * cellM - reach), at(minY + (r + 1) * cellM + reach)]
      x0 = Math.min(p, q)
      x1 = Math.max(p, q)
    }
    for (let c = col(x0 - reach); c <= col(x1 + reach); c++) visit(r * cols + c)
  }
}
