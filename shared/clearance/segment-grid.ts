import { segmentCells, type CellSink } from './grid-cells.ts'
import type { ClearanceNetwork } from './network.ts'

/**
 * Plan index over the segments of a network: a hashed grid in typed arrays, so that it crosses threads, does not care
 * about the extent (one coordinate slip a thousand kilometres away costs nothing) and can be read by any number of
 * queries at once. Entries are inflated by half of what their class may need, queries by the rest.
 */
export interface SegmentGrid {
  readonly cellM: number
  /** Number of buckets − 1, a power of two less one. */
  readonly mask: number
  /** Length mask + 2: bucket k holds entries[start[k] … start[k + 1]). */
  readonly start: Uint32Array
  /** Segments (first vertices). */
  readonly entries: Uint32Array
  /** Segments over too many cells: part of every answer. */
  readonly long: Uint32Array
  /** Inflation of each asset's entries. */
  readonly inflationM: Float64Array
}

const MAX_CELLS_OF_ONE = 4096
const TILE_BITS = 3

/** Neighbouring cells share a tile of 8 × 8 buckets, so that a query stays in few cache lines. */
function bucketOf(column: number, row: number, mask: number): number {
  const tile = Math.imul(column >> TILE_BITS, 0x9e3779b1) ^ Math.imul(row >> TILE_BITS, 0x85ebca6b)
  const mixed = Math.imul(tile ^ (tile >>> 15), 0x2c1b3c6d)
  return (((mixed ^ (mixed >>> 12)) << (2 * TILE_BITS)) | ((row & 7) << TILE_BITS) | (column & 7)) & mask
}

/** @param inflationM Per asset: how far its box is widened on every side. */
export function buildSegmentGrid(network: ClearanceNetwork, inflationM: Float64Array): SegmentGrid {
  const { vertexStart, chainageM, assetCount, isActive } = network
  let segments = 0
  let length = 0
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    segments += vertexStart[a + 1]! - vertexStart[a]! - 1
    length += chainageM[vertexStart[a + 1]! - 1]!
  }
  // About 1.4 × the mean segment is best (reference measurements); dense clusters of tiny segments do no harm.
  const cellM = Math.min(64, Math.max(4, segments > 0 ? (1.4 * length) / segments : 8))
  const mask = 2 ** Math.max(10, Math.ceil(Math.log2(segments + 1))) - 1
  const start = new Uint32Array(mask + 2)
  const long: number[] = []
  const forEachEntry = (emit: CellSink, isCounting: boolean): void => {
    for (let a = 0; a < assetCount; a++) {
      if (isActive[a] === 0) continue
      for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
        if (!segmentCells(network.xyz, v, inflationM[a]!, cellM, MAX_CELLS_OF_ONE, emit) && isCounting) long.push(v)
      }
    }
  }
  forEachEntry((column, row) => start[bucketOf(column, row, mask) + 1]!++, true)
  for (let k = 0; k <= mask; k++) start[k + 1]! += start[k]!
  const entries = new Uint32Array(start[mask + 1]!)
  const next = start.slice(0, mask + 1)
  forEachEntry((column, row, v) => {
    entries[next[bucketOf(column, row, mask)]!++] = v
  }, false)
  return { cellM, mask, start, entries, long: Uint32Array.from(long), inflationM }
}

/** Reads a grid: finds each segment near a segment once. Holds the scratch space of one thread. */
export class GridReader {
  readonly #network: ClearanceNetwork
  readonly #grid: SegmentGrid
  readonly #seen: Uint32Array
  #stamp = 0
  /** Segments found by the last query: the first `count`. */
  found = new Uint32Array(256)
  count = 0
  #minX = 0
  #minY = 0
  #maxX = 0
  #maxY = 0

  constructor(network: ClearanceNetwork, grid: SegmentGrid) {
    this.#network = network
    this.#grid = grid
    this.#seen = new Uint32Array(network.chainageM.length)
  }

  /** Segments whose inflated box meets the box of segment v inflated by `inflationM`; v itself included. */
  query(v: number, inflationM: number): number {
    const { xyz } = this.#network
    if (++this.#stamp === 0xffffffff) {
      this.#seen.fill(0)
      this.#stamp = 1
    }
    this.count = 0
    this.#minX = Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - inflationM
    this.#maxX = Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + inflationM
    this.#minY = Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - inflationM
    this.#maxY = Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + inflationM
    const isSmall = segmentCells(xyz, v, inflationM, this.#grid.cellM, MAX_CELLS_OF_ONE, this.#visitCell)
    if (isSmall) for (const other of this.#grid.long) this.#visit(other)
    else this.#visitAll()
    return this.count
  }

  readonly #visitCell = (column: number, row: number): void => {
    const { start, entries, mask } = this.#grid
    const bucket = bucketOf(column, row, mask)
    for (let k = start[bucket]!; k < start[bucket + 1]!; k++) this.#visit(entries[k]!)
  }

  /** A query over very many cells reads every segment instead. */
  #visitAll(): void {
    const { vertexStart, isActive } = this.#network
    const assets = this.#grid.inflationM.length
    for (let a = 0; a < assets; a++) {
      if (isActive[a] === 0) continue
      for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) this.#visit(v)
    }
  }

  #visit(v: number): void {
    if (this.#seen[v] === this.#stamp) return
    this.#seen[v] = this.#stamp
    const { xyz, vertexAsset } = this.#network
    const margin = this.#grid.inflationM[vertexAsset[v]!]!
    const x0 = xyz[3 * v]!
    const x1 = xyz[3 * v + 3]!
    if (Math.min(x0, x1) - margin > this.#maxX || Math.max(x0, x1) + margin < this.#minX) return
    const y0 = xyz[3 * v + 1]!
    const y1 = xyz[3 * v + 4]!
    if (Math.min(y0, y1) - margin > this.#maxY || Math.max(y0, y1) + margin < this.#minY) return
    if (this.count === this.found.length) {
      const grown = new Uint32Array(2 * this.count)
      grown.set(this.found)
      this.found = grown
    }
    this.found[this.count++] = v
  }
}
