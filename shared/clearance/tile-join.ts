import { GUARDS, SEGMENT, TILE_CELLS } from './grid-cells.ts'
import type { SegmentGrid } from './segment-grid.ts'

/** Pairs told at once: a cell in which everything lies is told piece by piece. */
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
  /** What was met last: [segment, segment, …]. */
  readonly pairs = new Uint32Array(2 * ROOM)

  constructor(grid: SegmentGrid) {
    this.#grid = grid
  }

  /** @param take Told how many numbers of `pairs` to read, at least once per `ROOM` pairs. */
  visit(tile: number, take: (length: number) => void): void {
    const { start, entries, low, high } = this.#grid
    const { pairs } = this
    let length = 0
    for (let group = 4 * TILE_CELLS * tile, last = group + 4 * TILE_CELLS; group < last; group += 4) {
      const inColumn = start[group + 1]!
      const inRow = start[group + 2]!
      const inBoth = start[group + 3]!
      const end = start[group + 4]!
      for (let k = start[group]!; k < inRow; k++) {
        const own = entries[k]! & SEGMENT
        const ownLow = low[k]!
        const ownHigh = high[k]!
        // What begins here meets all that is here; what began in an earlier column, what began in an earlier row.
        const beginsHere = k < inColumn
        const until = beginsHere ? end : inBoth
        for (let m = beginsHere ? k + 1 : inRow; m < until; m++) {
          if (((ownHigh - low[m]!) & (high[m]! - ownLow) & GUARDS) !== GUARDS) continue
          pairs[length] = own
          pairs[length + 1] = entries[m]! & SEGMENT
          length += 2
          if (length < pairs.length) continue
          take(length)
          length = 0
        }
      }
    }
    if (length > 0) take(length)
  }
}
