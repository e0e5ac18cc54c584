import type { JobControl } from '../core/job.ts'
import { buildBoxGrid, queryBoxGrid } from '../geometry/box-grid.ts'
import { CARRIER_BY_KIND } from '../network/carriers.ts'
import { ASSUMED } from '../twin/asset.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { FlawList } from './flaw-list.ts'

/** Crossings this near an end of either line are joints drawn a little off, told as near misses: metres. */
const END_REACH_M = 0.5
const EVERY = 4096

/**
 * Lines of one network that pass through each other with no joint there: a missing node, or a level that is wrong.
 * Only where the outsides overlap; lines that cross at different levels may well do so. Where a level is assumed nobody
 * knows whether they meet: told as a question, without a figure.
 * @param isRepeated Per asset: 1 where it only repeats another, which is told as that.
 */
export function findUnjoinedCrossings(columns: AssetColumns, isRepeated: Uint8Array, flaws: FlawList, job: JobControl): void {
  const { vertexStart, xyz } = columns
  const segments = segmentTable(columns, isRepeated)
  const grid = buildBoxGrid(segments.boxes)
  for (let p = 0; p < segments.vertex.length; p++) {
    if (p % EVERY === 0) {
      job.progress(p / segments.vertex.length, 'quality:stage.crossings')
      job.throwIfCancelled()
    }
    const [i, v] = [segments.asset[p]!, segments.vertex[p]!]
    const b = 4 * p
    for (const q of queryBoxGrid(grid, segments.boxes[b]!, segments.boxes[b + 1]!, segments.boxes[b + 2]!, segments.boxes[b + 3]!)) {
      const [j, w] = [segments.asset[q]!, segments.vertex[q]!]
      if (q <= p || j === i || CARRIER_BY_KIND[columns.kind[i]!] !== CARRIER_BY_KIND[columns.kind[j]!]) continue
      const at = crossing(xyz, v, w)
      const isAssumed = ((columns.assumed[i]! | columns.assumed[j]!) & (ASSUMED.level | ASSUMED.ground)) !== 0
      if (!at || (!isAssumed && Math.abs(at.zp - at.zq) >= columns.halfHeightM[i]! + columns.halfHeightM[j]!)) continue
      const isNearEnd = [vertexStart[i]!, vertexStart[i + 1]! - 1, vertexStart[j]!, vertexStart[j + 1]! - 1].some(end => Math.hypot(xyz[3 * end]! - at.x, xyz[3 * end + 1]! - at.y) <= END_REACH_M)
      if (!isNearEnd) flaws.add(isAssumed ? 'crossing_level_unknown' : 'crossing_unjoined', Math.min(i, j), [at.x, at.y, (at.zp + at.zq) / 2], isAssumed ? NaN : Math.abs(at.zp - at.zq), Math.max(i, j))
    }
  }
  job.progress(1, 'quality:stage.crossings')
}

function segmentTable({ count, vertexStart, xyz }: AssetColumns, isRepeated: Uint8Array) {
  const parts = (i: number) => (isRepeated[i] === 1 ? 0 : vertexStart[i + 1]! - vertexStart[i]! - 1)
  let total = 0
  for (let i = 0; i < count; i++) total += parts(i)
  const [asset, vertex, boxes] = [new Uint32Array(total), new Uint32Array(total), new Float64Array(4 * total)]
  let n = 0
  for (let i = 0; i < count; i++) {
    for (let v = vertexStart[i]!; v < vertexStart[i]! + parts(i); v++) {
      asset[n] = i
      vertex[n] = v
      boxes.set([Math.min(xyz[3 * v]!, xyz[3 * v + 3]!), Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!), Math.max(xyz[3 * v]!, xyz[3 * v + 3]!), Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!)], 4 * n++)
    }
  }
  return { asset, vertex, boxes }
}

/** Where two segments cross in plan, properly, with both levels there; null where they do not or run along each other. */
function crossing(xyz: Float64Array, v: number, w: number): { readonly x: number; readonly y: number; readonly zp: number; readonly zq: number } | null {
  const [ax, ay, az] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
  const [ux, uy, uz] = [xyz[3 * v + 3]! - ax, xyz[3 * v + 4]! - ay, xyz[3 * v + 5]! - az]
  const [bx, by, bz] = [xyz[3 * w]!, xyz[3 * w + 1]!, xyz[3 * w + 2]!]
  const [wx, wy, wz] = [xyz[3 * w + 3]! - bx, xyz[3 * w + 4]! - by, xyz[3 * w + 5]! - bz]
  const cross = ux * wy - uy * wx
  if (Math.abs(cross) <= 1e-9 * Math.hypot(ux, uy) * Math.hypot(wx, wy)) return null
  const s = ((bx - ax) * wy - (by - ay) * wx) / cross
  const t = ((bx - ax) * uy - (by - ay) * ux) / cross
  if (!(s >= 0 && s <= 1 && t >= 0 && t <= 1)) return null
  return { x: ax + s * ux, y: ay + s * uy, zp: az + s * uz, zq: bz + t * wz }
}
