/** Where boxes lie among cells and tiles, and boxes inside a cell as two small integers each. */

/** Beyond this many cells from zero, cell numbers no longer fit 32 bits: such coordinates share the outermost cells. */
const LAST_CELL = 2 ** 28

export const cellOf = (value: number, cellM: number): number => Math.min(LAST_CELL, Math.max(-LAST_CELL, Math.floor(value / cellM)))

/** A tile is 8 × 8 cells: a query stays in few cache lines, and an empty part of the country costs nothing. */
export const TILE_BITS = 3
export const TILE_CELLS = 1 << (2 * TILE_BITS)
export const cellInTile = (column: number, row: number): number => ((row & 7) << TILE_BITS) | (column & 7)

/** Column and row of a cell of a tile. */
export const columnOf = (tileColumn: number, cell: number): number => (tileColumn << TILE_BITS) | (cell & 7)
export const rowOf = (tileRow: number, cell: number): number => (tileRow << TILE_BITS) | (cell >> TILE_BITS)

/** Marks on a segment's number in a cell: it has several entries that a query may meet; an end of its asset is an end of it. */
export const IN_PIECES = 0x80000000
export const HAS_END = 0x40000000
export const SEGMENT = HAS_END - 1

/**
 * Two axes of 14 bits with a guard bit above each. With `high | GUARDS` of one box less `low` of another, a guard is lost
 * exactly where high < low: two subtractions test two boxes. Rounding is monotone, so no overlap is ever missed.
 */
export const GUARDS = (1 << 14) | (1 << 29)
const LAST_STEP = (1 << 14) - 1

const step = (value: number): number => (value > 0 ? (value < LAST_STEP ? value | 0 : LAST_STEP) : 0)

/** A corner of a box, relative to the cell's low corner, in steps of 1 / `stepsPerM`; clipped to the cell. */
export const packCorner = (x: number, y: number, stepsPerM: number): number => step(x * stepsPerM) | (step(y * stepsPerM) << 15)
export const stepsPerM = (cellM: number): number => (LAST_STEP + 1) / cellM

/** A directory of tiles by open addressing: [column, row, number + 1] per slot. */
export class TileDirectory {
  slots: Int32Array<ArrayBufferLike>
  count: number
  #lastColumn = 0
  #lastRow = 0
  #lastTile = -2

  constructor(slots: Int32Array<ArrayBufferLike> = new Int32Array(3 * 256), count = 0) {
    this.slots = slots
    this.count = count
  }

  /** Number of the tile of a cell; −1 where there is none. */
  find(column: number, row: number): number {
    const [tileColumn, tileRow] = [column >> TILE_BITS, row >> TILE_BITS]
    if (this.#lastTile !== -2 && tileColumn === this.#lastColumn && tileRow === this.#lastRow) return this.#lastTile
    this.#lastColumn = tileColumn
    this.#lastRow = tileRow
    return (this.#lastTile = this.slots[this.#slotOf(tileColumn, tileRow) + 2]! - 1)
  }

  /** Number of the tile of a cell, a new one where there was none. */
  add(column: number, row: number): number {
    const known = this.find(column, row)
    return known >= 0 ? known : (this.#lastTile = this.addTile(column >> TILE_BITS, row >> TILE_BITS))
  }

  /** Number of a tile by its own column and row. */
  addTile(tileColumn: number, tileRow: number): number {
    if (2 * (this.count + 1) > this.slots.length / 3) this.#grow()
    const slot = this.#slotOf(tileColumn, tileRow)
    if (this.slots[slot + 2] !== 0) return this.slots[slot + 2]! - 1
    this.slots[slot] = tileColumn
    this.slots[slot + 1] = tileRow
    this.slots[slot + 2] = ++this.count
    return this.count - 1
  }

  /** Column and row of each tile, by its number. */
  tiles(): (readonly [number, number])[] {
    const tiles: (readonly [number, number])[] = new Array<readonly [number, number]>(this.count)
    for (let slot = 0; slot < this.slots.length; slot += 3) if (this.slots[slot + 2] !== 0) tiles[this.slots[slot + 2]! - 1] = [this.slots[slot]!, this.slots[slot + 1]!]
    return tiles
  }

  #slotOf(tileColumn: number, tileRow: number): number {
    const mask = this.slots.length / 3 - 1
    const mixed = Math.imul(tileColumn, 0x9e3779b1) ^ Math.imul(tileRow, 0x85ebca6b)
    for (let slot = (mixed ^ (mixed >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const k = 3 * slot
      if (this.slots[k + 2] === 0 || (this.slots[k] === tileColumn && this.slots[k + 1] === tileRow)) return k
    }
  }

  #grow(): void {
    const old = this.slots
    this.slots = new Int32Array(2 * old.length)
    for (let k = 0; k < old.length; k += 3) {
      if (old[k + 2] === 0) continue
      const slot = this.#slotOf(old[k]!, old[k + 1]!)
      this.slots.set(old.subarray(k, k + 3), slot)
    }
  }
}
