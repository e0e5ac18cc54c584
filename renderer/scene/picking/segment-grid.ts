import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Ray } from '../camera/pose.ts'
import { bodyAt, type NodeBodies } from '../geometry/node-bodies.ts'
import { clipRay, walkCells } from './ray-cells.ts'
import { rayBox, rayCapsule, raySegmentApproach } from './ray-solids.ts'

/** A plan grid over everything that can be pointed at: axis segments, then node bodies. Local frame. */
export interface SegmentGrid {
  readonly columns: AssetColumns
  readonly bodies: NodeBodies
  /** Asset per segment; segments come in the order of the columns' vertices. */
  readonly segmentAsset: Uint32Array
  readonly segmentVertex: Uint32Array
  readonly cellM: number
  readonly cols: number
  readonly rows: number
  readonly minX: number
  readonly minY: number
  readonly minZ: number
  readonly maxZ: number
  /** Cell c holds entries[cellStart[c] … cellStart[c + 1]): segment ids, or segment count + node index. */
  readonly cellStart: Uint32Array
  readonly entries: Uint32Array
}

export interface Hit {
  /** Asset index, or `columns.count` + node index. */
  readonly item: number
  /** First vertex of the segment hit (index into the columns' vertices); −1 for a node. */
  readonly vertex: number
  /** Distance along the ray, metres. */
  readonly t: number
}

const CELL_M = 12
const MOST_CELLS = 1 << 20
/** Entries reach this much beyond their solids, so that near misses are found in the cells a ray crosses. */
const SLACK_M = 1

/** Builds the grid: two passes over the segments, counting then filling. */
export function buildSegmentGrid(columns: AssetColumns, bodies: NodeBodies): SegmentGrid {
  const segments = Math.max(0, columns.vertexStart[columns.count]! - columns.count)
  const segmentAsset = new Uint32Array(segments)
  const segmentVertex = new Uint32Array(segments)
  let s = 0
  let [minX, minY, minZ, maxX, maxY, maxZ] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  const cover = (x: number, y: number, z: number, r: number) => {
    minX = Math.min(minX, x - r)
    minY = Math.min(minY, y - r)
    minZ = Math.min(minZ, z - r)
    maxX = Math.max(maxX, x + r)
    maxY = Math.max(maxY, y + r)
    maxZ = Math.max(maxZ, z + r)
  }
  for (let asset = 0; asset < columns.count; asset++) {
    const reach = Math.max(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!) * Math.SQRT2 + SLACK_M
    for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) {
      cover(columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!, reach)
      if (v + 1 < columns.vertexStart[asset + 1]!) {
        segmentAsset[s] = asset
        segmentVertex[s++] = v
      }
    }
  }
  for (let n = 0; n < bodies.count; n++) {
    const body = bodyAt(bodies, n)
    if (!body) continue
    cover(body.x, body.y, body.bottomZ, body.radiusM + SLACK_M)
    cover(body.x, body.y, body.topZ, body.radiusM + SLACK_M)
  }
  if (!(minX <= maxX)) [minX, minY, minZ, maxX, maxY, maxZ] = [0, 0, 0, 1, 1, 1]
  const cellM = Math.max(CELL_M, Math.sqrt(((maxX - minX) * (maxY - minY)) / MOST_CELLS))
  const cols = Math.floor((maxX - minX) / cellM) + 1
  const rows = Math.floor((maxY - minY) / cellM) + 1
  const base = { columns, bodies, segmentAsset, segmentVertex, cellM, cols, rows, minX, minY, minZ, maxZ }
  const cellStart = new Uint32Array(cols * rows + 1)
  forEachEntry(base, cell => cellStart[cell + 1]!++)
  for (let c = 0; c < cols * rows; c++) cellStart[c + 1]! += cellStart[c]!
  const entries = new Uint32Array(cellStart[cols * rows]!)
  const fill = cellStart.slice()
  forEachEntry(base, (cell, entry) => {
    entries[fill[cell]!++] = entry
  })
  return { ...base, cellStart, entries }
}

type Base = Omit<SegmentGrid, 'cellStart' | 'entries'>

function forEachEntry(grid: Base, visit: (cell: number, entry: number) => void): void {
  const { columns, segmentAsset, segmentVertex } = grid
  const { xyz } = columns
  for (let s = 0; s < segmentAsset.length; s++) {
    const asset = segmentAsset[s]!
    const v = 3 * segmentVertex[s]!
    const reach = Math.max(columns.halfWidthM[asset]!, columns.halfHeightM[asset]!) * Math.SQRT2 + SLACK_M
    forEachCell(grid, xyz[v]!, xyz[v + 1]!, xyz[v + 3]!, xyz[v + 4]!, reach, cell => visit(cell, s))
  }
  for (let node = 0; node < grid.bodies.count; node++) {
    const body = bodyAt(grid.bodies, node)
    if (body) forEachCell(grid, body.x, body.y, body.x, body.y, body.radiusM + SLACK_M, cell => visit(cell, segmentAsset.length + node))
  }
}

/** Cells within `reach` of a plan segment, row by row, so that a long slanting one does not fill its whole box. */
function forEachCell(grid: Base, ax: number, ay: number, bx: number, by: number, reach: number, visit: (cell: number) => void): void {
  const row = (y: number) => Math.min(grid.rows - 1, Math.max(0, Math.floor((y - grid.minY) / grid.cellM)))
  const col = (x: number) => Math.min(grid.cols - 1, Math.max(0, Math.floor((x - grid.minX) / grid.cellM)))
  const [r0, r1] = [row(Math.min(ay, by) - reach), row(Math.max(ay, by) + reach)]
  const dy = by - ay
  for (let r = r0; r <= r1; r++) {
    let [x0, x1] = [Math.min(ax, bx), Math.max(ax, bx)]
    if (r1 > r0 && Math.abs(dy) > 1e-9) {
      const at = (y: number) => ax + (bx - ax) * Math.min(1, Math.max(0, (y - ay) / dy))
      const [p, q] = [at(grid.minY + r * grid.cellM - reach), at(grid.minY + (r + 1) * grid.cellM + reach)]
      ;[x0, x1] = [Math.min(p, q), Math.max(p, q)]
    }
    for (let c = col(x0 - reach); c <= col(x1 + reach); c++) visit(r * grid.cols + c)
  }
}

/**
 * First thing along a ray.
 * @param ray Local frame. @param slack How far beside a solid still counts, metres per metre of distance (a few pixels):
 * a real hit wins over any near miss, and of near misses the nearest to the ray in the picture.
 * @param accepts Items that may be hit (hidden ones may not).
 */
export function pickFirst(grid: SegmentGrid, ray: Ray, slack: number, accepts: (item: number) => boolean): Hit | null {
  let hit: Hit | null = null
  let miss: NearHit | null = null
  visitAlong(grid, ray, entry => {
    const found = hitEntry(grid, entry, ray, slack)
    if (!found || !accepts(found.item)) return
    if (found.offset === 0) {
      if (!hit || found.t < hit.t) hit = found
    } else if (!miss || found.offset < miss.offset || (found.offset === miss.offset && found.t < miss.t)) miss = found
  })
  return hit ?? miss
}

/** All solids a ray passes through, nearest first, one per item. */
export function pickAll(grid: SegmentGrid, ray: Ray, slack: number, accepts: (item: number) => boolean): Hit[] {
  const nearest = new Map<number, Hit>()
  visitAlong(grid, ray, entry => {
    const found = hitEntry(grid, entry, ray, slack)
    if (found && accepts(found.item) && found.t < (nearest.get(found.item)?.t ?? Infinity)) nearest.set(found.item, found)
  })
  return [...nearest.values()].sort((a, b) => a.t - b.t || a.item - b.item)
}

type NearHit = Hit & { readonly offset: number }

function hitEntry(grid: SegmentGrid, entry: number, ray: Ray, slack: number): NearHit | null {
  const segments = grid.segmentAsset.length
  return entry < segments ? hitSegment(grid, entry, ray, slack) : hitBody(grid, entry - segments, ray, slack)
}

function hitSegment({ columns, segmentAsset, segmentVertex }: SegmentGrid, segment: number, ray: Ray, slack: number): NearHit | null {
  const item = segmentAsset[segment]!
  const vertex = segmentVertex[segment]!
  const { xyz } = columns
  const v = 3 * vertex
  const ends = [xyz[v]!, xyz[v + 1]!, xyz[v + 2]!, xyz[v + 3]!, xyz[v + 4]!, xyz[v + 5]!] as const
  const halfWidth = columns.halfWidthM[item]!
  const t = columns.shape[item] === 0
    ? rayCapsule(...ray.origin, ...ray.direction, ...ends, halfWidth)
    : rayBox(...ray.origin, ...ray.direction, ...ends, halfWidth, columns.halfHeightM[item]!)
  return t === null ? nearMiss(ray, ends, halfWidth, slack, item, vertex) : { item, vertex, t, offset: 0 }
}

function hitBody({ columns, bodies }: SegmentGrid, node: number, ray: Ray, slack: number): NearHit | null {
  const { x, y, bottomZ, topZ, radiusM } = bodyAt(bodies, node)!
  const item = columns.count + node
  const ends = [x, y, bottomZ, x, y, topZ] as const
  const t = rayCapsule(...ray.origin, ...ray.direction, ...ends, radiusM)
  return t === null ? nearMiss(ray, ends, radiusM, slack, item, -1) : { item, vertex: -1, t, offset: 0 }
}

function nearMiss(
  ray: Ray, ends: readonly [number, number, number, number, number, number], radiusM: number, slack: number, item: number, vertex: number,
): NearHit | null {
  if (slack <= 0) return null
  const near = raySegmentApproach(...ray.origin, ...ray.direction, ...ends)
  const offset = (near.distance - radiusM) / Math.max(near.t, 1e-3)
  return offset <= slack ? { item, vertex, t: near.t, offset: Math.max(offset, 1e-9) } : null
}

/** Visits the entries of each cell the ray crosses in plan between the lowest and highest level of the data. */
export function visitAlong(grid: SegmentGrid, ray: Ray, visit: (entry: number) => void): void {
  const span = clipRay(ray, [grid.minX, grid.minY, grid.minZ], [grid.minX + grid.cols * grid.cellM, grid.minY + grid.rows * grid.cellM, grid.maxZ])
  if (!span) return
  const seen = new Set<number>()
  walkCells(grid, ray, span[0], span[1], cell => {
    for (let e = grid.cellStart[cell]!; e < grid.cellStart[cell + 1]!; e++) {
      const entry = grid.entries[e]!
      if (seen.has(entry)) continue
      seen.add(entry)
      visit(entry)
    }
    return true
  })
}
