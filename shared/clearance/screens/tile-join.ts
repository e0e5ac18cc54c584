import { GUARDS, TILE_CELLS } from '../grid/grid-cells.ts'
import type { SegmentGrid } from '../grid/segment-grid.ts'

/** Pairs told at once: a cell in which everything lies is told entry by entry. */
const ROOM = 1 << 14

/**
 * Meets the segments of a grid with each other, tile by tile: no box is looked up, as both sides lie in the cell. A pair
 * whose boxes share several cells is met in the one that its common part begins in (the four groups of a cell say where a
 * box began), so nothing is met twice but what is indexed in pieces.
 *
 * @source D. Tsitsigkos et al., "A Two-layer Partitioning for Non-point Spatial Data", ICDE 2021.
 */
export class TileJoin {
  readonly #grid: SegmentGrid
  /** What was met last: [entry, entry, …] of the grid. */
  pairs = new Uint32Array(2 * ROOM)
  /** Where it goes on: a cell, and an entry of it; −1 for its first. */
  #group = 0
  #last = 0
  #resume = -1

  constructor(grid: SegmentGrid) {
    this.#grid = grid
  }

  /** Turns to a tile. */
  begin(tile: number): void {
    this.#group = 4 * TILE_CELLS * tile
    this.#last = this.#group + 4 * TILE_CELLS
    this.#resume = -1
  }

  /**
   * Meets on in the tile.
   * @returns how many numbers of `pairs` to read; 0 where everything has been met.
   */
  more(): number {
    const { start, low, high } = this.#grid
    const { pairs } = this
    let length = 0
    for (; this.#group < this.#last; this.#group += 4, this.#resume = -1) {
      const group = this.#group
      const inColumn = start[group + 1]!
      const inRow = start[group + 2]!
      const inBoth = start[group + 3]!
      const end = start[group + 4]!
      for (let k = this.#resume < 0 ? start[group]! : this.#resume; k < inRow; k++) {
        // What begins here meets all that is here; what began in an earlier column, what began in an earlier row.
        const beginsHere = k < inColumn
        const until = beginsHere ? end : inBoth
        let m = beginsHere ? k + 1 : inRow
        if (length + 2 * (until - m) > pairs.length) {
          if (length > 0) {
            this.#resume = k
            return length
          }
          this.pairs = new Uint32Array(4 * (until - m))
          return this.more()
        }
        const ownLow = low[k]!
        const ownHigh = high[k]!
        for (; m < until; m++) {
          if (((ownHigh - low[m]!) & (high[m]! - ownLow) & GUARDS) !== GUARDS) continue
          pairs[length] = k
          pairs[length + 1] = m
          length += 2
        }
      }
    }
    return length
  }
}
