import { cellOf } from './grid-cells.ts'

/** A segment over more cells than this is in none: it is part of every answer. */
const MAX_CELLS_OF_ONE = 4096

/** A segment's box, or the boxes of its pieces where it runs slantwise over many cells: for the index only. */
export class Pieces {
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
    const width = Math.abs(this.#dx)
    const height = Math.abs(this.#dy)
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
    const from = piece / this.#count
    const to = (piece + 1) / this.#count
    const x0 = this.#x0 + from * this.#dx
    const x1 = this.#x0 + to * this.#dx
    const y0 = this.#y0 + from * this.#dy
    const y1 = this.#y0 + to * this.#dy
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
