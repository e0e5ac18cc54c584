import { cellInTile, cellOf, GUARDS, IN_PIECES, packCorner, stepsPerM, TILE_CELLS, TileDirectory } from './grid-cells.ts'
import type { ClearanceNetwork } from './network.ts'

/**
 * Plan index over the segments of a network in typed arrays, so that it crosses threads and can be read by any number of
 * queries at once: square cells in tiles that exist only where something lies (one coordinate slip a thousand kilometres
 * away costs one tile). A cell holds its entries in four groups, by whether their boxes begin in it or in an earlier
 * column, row or both: whoever reads only the groups that can begin there with him meets every box once.
 * Entries are inflated by half of what their class may need, queries by the rest.
 */
export interface SegmentGrid {
  readonly cellM: number
  /** See `TileDirectory`. */
  readonly tiles: Int32Array
  readonly tileCount: number
  /** Group g of cell c of tile t is entries start[4 (64 t + c) + g] … the next start. */
  readonly start: Uint32Array
  /**
   * Segments (first vertices), with `IN_PIECES` where the segment has several entries that a query may meet; with their
   * boxes inside the cell: the low corner, and the high one with guards. Ascending in each group.
   */
  readonly entries: Uint32Array
  readonly low: Int32Array
  readonly high: Int32Array
  /** Segments over too many cells: part of every answer. */
  readonly long: Uint32Array
  /** Inflation of each asset's entries. */
  readonly inflationM: Float64Array
}

const MAX_CELLS_OF_ONE = 4096
/** A few lines right across the country say nothing about the usual segment. */
const LONGEST_COUNTED_M = 500
/** With more entries or cells than this per segment the cells are too small for what lies there. */
const MAX_ENTRIES_PER_SEGMENT = 24
const MAX_CELLS_PER_SEGMENT = 8

/** @param inflationM Per asset: how far its box is widened on every side. */
export function buildSegmentGrid(network: ClearanceNetwork, inflationM: Float64Array): SegmentGrid {
  const { segments, cellM } = usualCell(network)
  for (let size = cellM; ; size *= 2) {
    const counted = countEntries(network, inflationM, size, segments)
    if (counted) return fillEntries(network, inflationM, size, counted)
  }
}

/** About 1.4 × the mean segment is best (reference measurements); dense clusters of tiny segments do no harm. */
function usualCell({ xyz, vertexStart, assetCount, isActive }: ClearanceNetwork): { segments: number; cellM: number } {
  let segments = 0
  let length = 0
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      const far = Math.abs(xyz[3 * v + 3]! - xyz[3 * v]!) + Math.abs(xyz[3 * v + 4]! - xyz[3 * v + 1]!)
      segments++
      if (far < LONGEST_COUNTED_M) length += far
    }
  }
  return { segments, cellM: Math.max(4, segments > 0 ? (1.1 * length) / segments : 8) }
}

interface Counted {
  readonly directory: TileDirectory
  /** Number of entries of each group of each cell. */
  readonly counts: Uint32Array
  readonly long: readonly number[]
}

/** Null where cells of this size are too many, or hold too much. */
function countEntries(network: ClearanceNetwork, inflationM: Float64Array, cellM: number, segments: number): Counted | null {
  const { vertexStart, assetCount, isActive, xyz } = network
  const directory = new TileDirectory()
  const pieces = new Pieces(cellM)
  const long: number[] = []
  const mostEntries = MAX_ENTRIES_PER_SEGMENT * segments + 4096
  const mostCells = MAX_CELLS_PER_SEGMENT * segments + 1024 * TILE_CELLS
  let counts = new Uint32Array(4 * TILE_CELLS * Math.max(64, Math.ceil(segments / 16)))
  let entries = 0
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      const count = pieces.cut(xyz, v, inflationM[a]!)
      if (count === 0) long.push(v)
      for (let piece = 0; piece < count; piece++) {
        pieces.take(piece)
        for (let row = pieces.firstRow; row <= pieces.lastRow; row++) {
          for (let column = pieces.firstColumn; column <= pieces.lastColumn; column++) {
            const tile = directory.add(column, row)
            const at = 4 * (TILE_CELLS * tile + cellInTile(column, row)) + pieces.groupAt(column, row)
            if (at >= counts.length) counts = grown(counts)
            counts[at]!++
            entries++
          }
        }
      }
    }
    if (entries > mostEntries || TILE_CELLS * directory.count > mostCells) return null
  }
  return { directory, counts, long }
}

const grown = (counts: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const larger = new Uint32Array(2 * counts.length)
  larger.set(counts)
  return larger
}

function fillEntries(network: ClearanceNetwork, inflationM: Float64Array, cellM: number, { directory, counts, long }: Counted): SegmentGrid {
  const { vertexStart, assetCount, isActive, xyz } = network
  const groups = 4 * TILE_CELLS * directory.count
  const start = new Uint32Array(groups + 1)
  for (let k = 0; k < groups; k++) start[k + 1] = start[k]! + counts[k]!
  const next = start.slice(0, groups)
  const entries = new Uint32Array(start[groups]!)
  const low = new Int32Array(entries.length)
  const high = new Int32Array(entries.length)
  const pieces = new Pieces(cellM)
  const steps = stepsPerM(cellM)
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      const count = pieces.cut(xyz, v, inflationM[a]!)
      for (let piece = 0; piece < count; piece++) {
        pieces.take(piece)
        for (let row = pieces.firstRow; row <= pieces.lastRow; row++) {
          for (let column = pieces.firstColumn; column <= pieces.lastColumn; column++) {
            const tile = directory.find(column, row)
            const at = next[4 * (TILE_CELLS * tile + cellInTile(column, row)) + pieces.groupAt(column, row)]!++
            entries[at] = count > 1 ? (v | IN_PIECES) >>> 0 : v
            low[at] = packCorner(pieces.minX - column * cellM, pieces.minY - row * cellM, steps)
            high[at] = packCorner(pieces.maxX - column * cellM, pieces.maxY - row * cellM, steps) | GUARDS
          }
        }
      }
    }
  }
  return { cellM, tiles: directory.slots, tileCount: directory.count, start, entries, low, high, long: Uint32Array.from(long), inflationM }
}

/**
 * Every asset once, those that begin in one tile together: whoever goes through a network in this order finds the
 * neighbours of one asset still at hand for the next.
 */
export function tileOrder({ assetCount, vertexStart, xyz }: ClearanceNetwork, { cellM, tiles, tileCount }: SegmentGrid): Uint32Array {
  const directory = new TileDirectory(tiles, tileCount)
  const tileOf = new Uint32Array(assetCount)
  const start = new Uint32Array(tileCount + 2)
  for (let a = 0; a < assetCount; a++) {
    const v = 3 * vertexStart[a]!
    // What takes no part may begin where there is no tile.
    const tile = directory.find(cellOf(xyz[v]!, cellM), cellOf(xyz[v + 1]!, cellM)) + 1
    tileOf[a] = tile
    start[tile + 1]!++
  }
  for (let t = 0; t <= tileCount; t++) start[t + 1]! += start[t]!
  const order = new Uint32Array(assetCount)
  for (let a = 0; a < assetCount; a++) order[start[tileOf[a]!]!++] = a
  return order
}

/** A segment's box, or the boxes of its pieces where it runs slantwise over many cells: for the index only. */
class Pieces {
  readonly #cellM: number
  minX = 0
  minY = 0
  maxX = 0
  maxY = 0
  firstColumn = 0
  lastColumn = 0
  firstRow = 0
  lastRow = 0
  #x0 = 0
  #y0 = 0
  #dx = 0
  #dy = 0
  #inflationM = 0
  #count = 1

  constructor(cellM: number) {
    this.#cellM = cellM
  }

  /** @returns how many pieces; 0 where it is over too many cells, or not finite. */
  cut(xyz: Float64Array, v: number, inflationM: number): number {
    this.#x0 = xyz[3 * v]!
    this.#y0 = xyz[3 * v + 1]!
    this.#dx = xyz[3 * v + 3]! - this.#x0
    this.#dy = xyz[3 * v + 4]! - this.#y0
    this.#inflationM = inflationM
    const [width, height] = [Math.abs(this.#dx), Math.abs(this.#dy)]
    const cells = Math.min(width, height) / this.#cellM
    this.#count = cells > 1.5 ? Math.ceil(cells) : 1
    const around = (2 * inflationM) / this.#cellM + 2
    const isSmall = this.#count * (width / this.#count / this.#cellM + around) * (height / this.#count / this.#cellM + around) <= MAX_CELLS_OF_ONE
    return isSmall ? this.#count : 0
  }

  /** A square instead of a segment. */
  around(x: number, y: number, withinM: number): void {
    this.#x0 = x
    this.#y0 = y
    this.#dx = this.#dy = 0
    this.#count = 1
    this.#inflationM = withinM
    this.take(0)
  }

  take(piece: number): void {
    const [from, to] = [piece / this.#count, (piece + 1) / this.#count]
    const [x0, x1] = [this.#x0 + from * this.#dx, this.#x0 + to * this.#dx]
    const [y0, y1] = [this.#y0 + from * this.#dy, this.#y0 + to * this.#dy]
    // Rounding of the cuts may not open a gap between pieces.
    const margin = this.#inflationM + (this.#count > 1 ? 1e-6 : 0)
    this.minX = Math.min(x0, x1) - margin
    this.maxX = Math.max(x0, x1) + margin
    this.minY = Math.min(y0, y1) - margin
    this.maxY = Math.max(y0, y1) + margin
    this.firstColumn = cellOf(this.minX, this.#cellM)
    this.lastColumn = cellOf(this.maxX, this.#cellM)
    this.firstRow = cellOf(this.minY, this.#cellM)
    this.lastRow = cellOf(this.maxY, this.#cellM)
  }

  /** Group of the piece's entry in a cell. */
  groupAt(column: number, row: number): number {
    return (column > this.firstColumn ? 1 : 0) + (row > this.firstRow ? 2 : 0)
  }
}

/** Finds segments near a segment or a vertex in plan, each once: the first `count` of `found`, until the next question. */
export interface SegmentReader {
  readonly found: ArrayLike<number>
  /**
   * Segments whose inflated box may meet the box of segment v inflated by `inflationM`; v itself included.
   * @param least Segments before this one are not wanted; some may be among the answers.
   */
  query(v: number, inflationM: number, least?: number): number
  /** Segments whose inflated box may come within `withinM` of vertex v. */
  queryVertex(v: number, withinM: number): number
}

/** Reads a grid. Holds the scratch space of one thread. */
export class GridReader implements SegmentReader {
  readonly #network: ClearanceNetwork
  readonly #grid: SegmentGrid
  readonly #directory: TileDirectory
  readonly #pieces: Pieces
  readonly #stepsPerM: number
  /** Segments met in pieces, by the question they were last met in; made when there are such. */
  #seen: Uint32Array | null = null
  #stamp = 0
  found = new Uint32Array(256)
  count = 0

  constructor(network: ClearanceNetwork, grid: SegmentGrid) {
    this.#network = network
    this.#grid = grid
    this.#directory = new TileDirectory(grid.tiles, grid.tileCount)
    this.#pieces = new Pieces(grid.cellM)
    this.#stepsPerM = stepsPerM(grid.cellM)
  }

  query(v: number, inflationM: number, least = 0): number {
    this.#begin()
    const pieces = this.#pieces.cut(this.#network.xyz, v, inflationM)
    if (pieces === 0) this.#visitAll()
    else {
      for (let piece = 0; piece < pieces; piece++) {
        this.#pieces.take(piece)
        this.#visitBox(least, pieces > 1)
      }
      this.#addLong()
    }
    return this.count
  }

  queryVertex(v: number, withinM: number): number {
    this.#begin()
    const { xyz } = this.#network
    this.#pieces.around(xyz[3 * v]!, xyz[3 * v + 1]!, withinM)
    this.#visitBox(0, false)
    this.#addLong()
    return this.count
  }

  #begin(): void {
    if (++this.#stamp === 0xffffffff) {
      this.#seen?.fill(0)
      this.#stamp = 1
    }
    this.count = 0
  }

  /** @param isOfSeveral Whether the question has more pieces than this one. */
  #visitBox(least: number, isOfSeveral: boolean): void {
    const { cellM, start } = this.#grid
    const { firstColumn, lastColumn, firstRow, lastRow, minX, minY, maxX, maxY } = this.#pieces
    const steps = this.#stepsPerM
    for (let row = firstRow; row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        const tile = this.#directory.find(column, row)
        if (tile < 0) continue
        const k = 4 * (TILE_CELLS * tile + cellInTile(column, row))
        const low = packCorner(minX - column * cellM, minY - row * cellM, steps)
        const high = packCorner(maxX - column * cellM, maxY - row * cellM, steps) | GUARDS
        const isFirstColumn = column === firstColumn
        // Groups: both begin here; began in an earlier column; in an earlier row; in both.
        this.#visitEntries(start[k]!, start[k + 1]!, low, high, least, isOfSeveral)
        if (isFirstColumn) this.#visitEntries(start[k + 1]!, start[k + 2]!, low, high, least, isOfSeveral)
        if (row !== firstRow) continue
        this.#visitEntries(start[k + 2]!, start[k + 3]!, low, high, least, isOfSeveral)
        if (isFirstColumn) this.#visitEntries(start[k + 3]!, start[k + 4]!, low, high, least, isOfSeveral)
      }
    }
  }

  /** Entries of one group, from the last down to the least that is wanted. */
  #visitEntries(from: number, to: number, low: number, high: number, least: number, isOfSeveral: boolean): void {
    const { entries, low: lows, high: highs } = this.#grid
    if (this.count + to - from > this.found.length) this.#grow(to - from)
    const found = this.found
    let count = this.count
    for (let k = to - 1; k >= from; k--) {
      const entry = entries[k]!
      const v = entry & ~IN_PIECES
      if (v < least) break
      if (((high - lows[k]!) & (highs[k]! - low) & GUARDS) !== GUARDS) continue
      if ((isOfSeveral || entry !== v) && this.#isSeen(v)) continue
      found[count++] = v
    }
    this.count = count
  }

  /** Pieces of one segment meet a question more than once, and pieces of a question one segment. */
  #isSeen(v: number): boolean {
    const seen = (this.#seen ??= new Uint32Array(this.#network.chainageM.length))
    if (seen[v] === this.#stamp) return true
    seen[v] = this.#stamp
    return false
  }

  #addLong(): void {
    const { long } = this.#grid
    if (this.count + long.length > this.found.length) this.#grow(long.length)
    this.found.set(long, this.count)
    this.count += long.length
  }

  /** A question over very many cells reads every segment instead. */
  #visitAll(): void {
    const { vertexStart, isActive } = this.#network
    const assets = this.#grid.inflationM.length
    for (let a = 0; a < assets; a++) {
      if (isActive[a] === 0) continue
      const [from, to] = [vertexStart[a]!, vertexStart[a + 1]! - 1]
      if (this.count + to - from > this.found.length) this.#grow(to - from)
      for (let v = from; v < to; v++) this.found[this.count++] = v
    }
  }

  #grow(by: number): void {
    const larger = new Uint32Array(2 * this.found.length + by)
    larger.set(this.found)
    this.found = larger
  }
}
