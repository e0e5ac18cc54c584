import type { AssetColumns } from '../twin/asset-columns.ts'
import { ASSET_STATUSES } from '../twin/kinds.ts'
import type { PlanBox } from '../geometry/plan-box.ts'

/**
 * Plan index over axis segments for box queries: each segment stands once, in the grid whose cells are the smallest
 * that its box fits, under the cell of its middle; a query looks half a cell further. One number per segment, whatever
 * the lengths and however far astray a coordinate is.
 */
export interface SegmentIndex {
  readonly levels: readonly IndexLevel[]
  /** Asset of each vertex. */
  readonly vertexAsset: Uint32Array
  /** Widest and highest half-section: how far outer surfaces reach beyond axes. */
  readonly maxHalfM: number
  /** Greatest known 95 % limit of any asset, in plan or level. */
  readonly maxAccuracyM: number
}

interface IndexLevel {
  readonly cellM: number
  readonly mask: number
  /** Length mask + 2: bucket k holds segments[start[k] … start[k + 1]). */
  readonly start: Uint32Array
  /** First vertices. */
  readonly segments: Uint32Array
}

const SMALLEST_CELL_M = 8
const GROWTH = 4
const CELL_LIMIT = 2 ** 30

const cellOf = (value: number, cellM: number): number => Math.min(CELL_LIMIT, Math.max(-CELL_LIMIT, Math.floor(value / cellM)))
const bucketOf = (column: number, row: number, mask: number): number => (Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b) ^ (Math.imul(column, 0x9e3779b1) >>> 15)) & mask

/** Assets with status `removed` are not in the ground and not in the index. */
export function buildSegmentIndex(columns: AssetColumns): SegmentIndex {
  const { count, vertexStart, xyz } = columns
  const vertexAsset = new Uint32Array(vertexStart[count]!)
  const levelOf = new Uint8Array(vertexStart[count]!)
  const sizes: number[] = []
  const removed = ASSET_STATUSES.indexOf('removed')
  let [maxHalfM, maxAccuracyM] = [0, 0]
  for (let asset = 0; asset < count; asset++) {
    vertexAsset.fill(asset, vertexStart[asset], vertexStart[asset + 1])
    if (columns.status[asset] === removed) continue
    maxHalfM = Math.max(maxHalfM, columns.halfWidthM[asset]!, columns.halfHeightM[asset]!)
    maxAccuracyM = Math.max(maxAccuracyM, columns.accuracyPlanM[asset]! || 0, columns.accuracyLevelM[asset]! || 0)
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const size = Math.max(Math.abs(xyz[3 * v + 3]! - xyz[3 * v]!), Math.abs(xyz[3 * v + 4]! - xyz[3 * v + 1]!))
      const level = size <= SMALLEST_CELL_M ? 0 : Math.min(30, Math.ceil(Math.log(size / SMALLEST_CELL_M) / Math.log(GROWTH)))
      levelOf[v] = level + 1
      sizes[level] = (sizes[level] ?? 0) + 1
    }
  }
  const levels: IndexLevel[] = []
  sizes.forEach((size, level) => levels.push(buildLevel(xyz, levelOf, level, size)))
  return { levels, vertexAsset, maxHalfM, maxAccuracyM }
}

function buildLevel(xyz: Float64Array, levelOf: Uint8Array, level: number, size: number): IndexLevel {
  const cellM = SMALLEST_CELL_M * GROWTH ** level
  const mask = 2 ** Math.max(4, Math.ceil(Math.log2(size))) - 1
  const start = new Uint32Array(mask + 2)
  const bucket = (v: number) => bucketOf(cellOf(middle(xyz, v, 0), cellM), cellOf(middle(xyz, v, 1), cellM), mask)
  for (let v = 0; v < levelOf.length; v++) if (levelOf[v] === level + 1) start[bucket(v) + 1]!++
  for (let k = 0; k <= mask; k++) start[k + 1]! += start[k]!
  const segments = new Uint32Array(size)
  const next = start.slice(0, mask + 1)
  for (let v = 0; v < levelOf.length; v++) if (levelOf[v] === level + 1) segments[next[bucket(v)]!++] = v
  return { cellM, mask, start, segments }
}

const middle = (xyz: Float64Array, v: number, axis: number): number => (xyz[3 * v + axis]! + xyz[3 * v + 3 + axis]!) / 2

/** Visits each segment (by its first vertex) whose axis has its plan box in touch with the box, once. */
export function forEachSegmentIn(index: SegmentIndex, { xyz }: AssetColumns, box: PlanBox, visit: (v: number) => void): void {
  for (const { cellM, mask, start, segments } of index.levels) {
    const reach = cellM / 2
    const c0 = cellOf(box.minX - reach, cellM)
    const c1 = cellOf(box.maxX + reach, cellM)
    const r0 = cellOf(box.minY - reach, cellM)
    const r1 = cellOf(box.maxY + reach, cellM)
    if ((c1 - c0 + 1) * (r1 - r0 + 1) > segments.length) {
      for (const v of segments) if (isNear(xyz, v, box)) visit(v)
      continue
    }
    for (let row = r0; row <= r1; row++) {
      for (let column = c0; column <= c1; column++) {
        const bucket = bucketOf(column, row, mask)
        for (let k = start[bucket]!; k < start[bucket + 1]!; k++) {
          const v = segments[k]!
          // Other cells share the bucket: they are met in their own turn or not at all.
          if (isNear(xyz, v, box) && cellOf(middle(xyz, v, 0), cellM) === column && cellOf(middle(xyz, v, 1), cellM) === row) visit(v)
        }
      }
    }
  }
}

function isNear(xyz: Float64Array, v: number, { minX, minY, maxX, maxY }: PlanBox): boolean {
  const x0 = xyz[3 * v]!
  const x1 = xyz[3 * v + 3]!
  const y0 = xyz[3 * v + 1]!
  const y1 = xyz[3 * v + 4]!
  return Math.min(x0, x1) <= maxX && Math.max(x0, x1) >= minX && Math.min(y0, y1) <= maxY && Math.max(y0, y1) >= minY
}
