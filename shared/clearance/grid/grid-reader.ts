import { cellInTile, GUARDS, IN_PIECES, packCorner, SEGMENT, stepsPerM, TILE_CELLS, TileDirectory } from './grid-cells.ts'
import { Pieces } from './grid-pieces.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import type { SegmentGrid } from './segment-grid.ts'

/** Finds segments near a segment or a vertex in plan, each once: the first `count` of `found`, until the next question. */
export interface SegmentReader {
  readonly found: ArrayLike<number>
  /** Segments whose inflated box may meet the box of segment v inflated by `inflationM`; v itself included. */
  query(v: number, inflationM: number): number
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

  query(v: number, inflationM: number): number {
    this.#begin()
    const pieces = this.#pieces.cut(this.#network.xyz, v, inflationM)
    if (pieces === 0) this.#visitAll()
    else {
      for (let piece = 0; piece < pieces; piece++) {
        this.#pieces.take(piece)
        this.#visitBox(pieces > 1)
      }
      this.#addLong()
    }
    return this.count
  }

  queryVertex(v: number, withinM: number): number {
    this.#begin()
    const { xyz } = this.#network
    this.#pieces.around(xyz[3 * v]!, xyz[3 * v + 1]!, withinM)
    this.#visitBox(false)
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
  #visitBox(isOfSeveral: boolean): void {
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
        this.#visitEntries(start[k]!, start[k + 1]!, low, high, isOfSeveral)
        if (isFirstColumn) this.#visitEntries(start[k + 1]!, start[k + 2]!, low, high, isOfSeveral)
        if (row !== firstRow) continue
        this.#visitEntries(start[k + 2]!, start[k + 3]!, low, high, isOfSeveral)
        if (isFirstColumn) this.#visitEntries(start[k + 3]!, start[k + 4]!, low, high, isOfSeveral)
      }
    }
  }

  /** Entries of one group. */
  #visitEntries(from: number, to: number, low: number, high: number, isOfSeveral: boolean): void {
    const { entries, low: lows, high: highs } = this.#grid
    if (this.count + to - from > this.found.length) this.#grow(to - from)
    const found = this.found
    let count = this.count
    for (let k = from; k < to; k++) {
      if (((high - lows[k]!) & (highs[k]! - low) & GUARDS) !== GUARDS) continue
      const v = entries[k]! & SEGMENT
      if ((isOfSeveral || entries[k]! >= IN_PIECES) && this.#isSeen(v)) continue
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
