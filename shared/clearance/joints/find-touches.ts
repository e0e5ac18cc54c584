import { doubled } from '../../core/shared-arrays.ts'
import { cellOf, columnOf, GUARDS, HAS_END, packCorner, rowOf, SEGMENT, stepsPerM, TILE_CELLS, TileDirectory } from '../grid/grid-cells.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { ClearanceOverload, MOST_AT_ONE_POINT } from '../grid/overload.ts'
import { isBetterTouch, newTouchFields, takeTouch, type Touch } from './places.ts'
import type { SegmentGrid } from '../grid/segment-grid.ts'

/** What ends touch: end (2 · asset + 0 first, 1 last), the asset touched, where, and whether by an end too (`Touch`). Those of one end are together. */
export interface Touches {
  readonly end: Uint32Array
  readonly asset: Uint32Array
  readonly chainageM: Float64Array
  readonly role: Uint8Array
}

/** Touches being found. */
export class TouchList {
  #count = 0
  /** Where those of the end at hand begin. */
  #first = 0
  #end = new Uint32Array(1024)
  #asset = new Uint32Array(1024)
  #chainageM = new Float64Array(1024)
  #role = new Uint8Array(1024)
  #distanceM = new Float64Array(1024)

  /** Those added from now on are of one end, other than those before. */
  beginEnd(): void {
    this.#first = this.#count
  }

  /** Adds a touch of the end at hand; of several with one asset the best is kept. @throws ClearanceOverload. */
  add(end: number, touch: Touch): void {
    let at = this.#first
    while (at < this.#count && this.#asset[at] !== touch.asset) at++
    if (at === this.#count) {
      if (at - this.#first === MOST_AT_ONE_POINT) throw new ClearanceOverload()
      this.#count++
    }
    else if (!isBetterTouch(touch, this.#role[at] as Touch['role'], this.#distanceM[at]!)) return
    if (at === this.#end.length) this.#grow()
    this.#end[at] = end
    this.#asset[at] = touch.asset
    this.#chainageM[at] = touch.chainageM
    this.#role[at] = touch.role
    this.#distanceM[at] = touch.distanceM
  }

  packed(): Touches {
    const n = this.#count
    return { end: this.#end.slice(0, n), asset: this.#asset.slice(0, n), chainageM: this.#chainageM.slice(0, n), role: this.#role.slice(0, n) }
  }

  #grow(): void {
    this.#end = doubled(this.#end)
    this.#asset = doubled(this.#asset)
    this.#chainageM = doubled(this.#chainageM)
    this.#role = doubled(this.#role)
    this.#distanceM = doubled(this.#distanceM)
  }
}

/** In a cell with more entries than this whoever waits is asked now and then whether to go on. */
const CROWD = 4096
/** Tiles are shared between threads in blocks of so many. */
const BLOCK_TILES = 8

/**
 * Finds what the ends of a network touch, tile by tile: an end lies in one cell, and whatever touches it has an entry
 * there, as entries are inflated by more than the tolerance. Holds the scratch space of one thread.
 */
export class TouchFinder {
  readonly #network: ClearanceNetwork
  readonly #grid: SegmentGrid
  readonly #snapM: number
  readonly #stepsPerM: number
  /** By end, whether it has been looked at: a segment in pieces has several entries in one cell. */
  readonly #isDone: Uint8Array
  readonly #found = new TouchList()
  readonly #touch = newTouchFields()
  /** The cell at hand: its place, and its entries. */
  #column = 0
  #row = 0
  #from = 0
  #to = 0

  /** @param grid Its entries inflated by more than the snap tolerance. */
  constructor(network: ClearanceNetwork, grid: SegmentGrid, snapM: number) {
    this.#network = network
    this.#grid = grid
    this.#snapM = snapM
    this.#stepsPerM = stepsPerM(grid.cellM)
    this.#isDone = new Uint8Array(2 * network.assetCount)
  }

  /**
   * Goes through blocks of tiles until there are no more.
   * @param next Number of the next block, each given to one caller only.
   * @throws CancelledError; ClearanceOverload.
   */
  find(next: () => number, throwIfCancelled: () => void): Touches {
    const { tiles, tileCount, long } = this.#grid
    const places = new TileDirectory(tiles, tileCount).tiles()
    const blocks = Math.ceil(tileCount / BLOCK_TILES)
    for (let block = next(); block <= blocks; block = next()) {
      throwIfCancelled()
      if (block === blocks) for (const v of long) this.#lookAround(v)
      else for (let tile = block * BLOCK_TILES; tile < Math.min(tileCount, (block + 1) * BLOCK_TILES); tile++) this.#findIn(tile, places[tile]!, throwIfCancelled)
    }
    return this.#found.packed()
  }

  #findIn(tile: number, [tileColumn, tileRow]: readonly [number, number], throwIfCancelled: () => void): void {
    const { vertexAsset, vertexStart } = this.#network
    const { start, entries } = this.#grid
    for (let cell = 0; cell < TILE_CELLS; cell++) {
      const group = 4 * (TILE_CELLS * tile + cell)
      this.#from = start[group]!
      this.#to = start[group + 4]!
      this.#column = columnOf(tileColumn, cell)
      this.#row = rowOf(tileRow, cell)
      for (let k = this.#from; k < this.#to; k++) {
        if ((entries[k]! & HAS_END) === 0) continue
        // Each end looks at the whole cell: where all of a network lies in one, that takes time.
        if ((k - this.#from) % CROWD === CROWD - 1) throwIfCancelled()
        const v = entries[k]! & SEGMENT
        const asset = vertexAsset[v]!
        if (v === vertexStart[asset]) this.#lookHere(v, asset, 0)
        if (v + 2 === vertexStart[asset + 1]) this.#lookHere(v + 1, asset, 1)
      }
    }
  }

  /** What an end touches, if it lies in the cell at hand. */
  #lookHere(vertex: number, asset: number, end: 0 | 1): void {
    const { xyz, vertexAsset } = this.#network
    const { entries, low, high, long, cellM } = this.#grid
    const code = 2 * asset + end
    if (this.#isDone[code] === 1) return
    const x = xyz[3 * vertex]!
    const y = xyz[3 * vertex + 1]!
    if (cellOf(x, cellM) !== this.#column || cellOf(y, cellM) !== this.#row) return
    this.#isDone[code] = 1
    this.#found.beginEnd()
    const corner = packCorner(x - this.#column * cellM, y - this.#row * cellM, this.#stepsPerM)
    const guarded = corner | GUARDS
    for (let k = this.#from, to = this.#to; k < to; k++) {
      if (((guarded - low[k]!) & (high[k]! - corner) & GUARDS) !== GUARDS) continue
      const v = entries[k]! & SEGMENT
      const other = vertexAsset[v]!
      if (other !== asset && takeTouch(this.#network, vertex, v, other, this.#snapM, this.#touch)) this.#found.add(code, this.#touch)
    }
    for (let k = 0; k < long.length; k++) this.#note(code, vertex, long[k]!)
  }

  /** The same of the ends of a segment that is in no cell: it may touch anything. */
  #lookAround(v: number): void {
    const { vertexAsset, vertexStart, isActive, assetCount } = this.#network
    const asset = vertexAsset[v]!
    for (const end of [0, 1] as const) {
      const vertex = end === 0 ? v : v + 1
      if (vertex !== (end === 0 ? vertexStart[asset]! : vertexStart[asset + 1]! - 1)) continue
      this.#found.beginEnd()
      for (let other = 0; other < assetCount; other++) {
        if (isActive[other] === 0) continue
        for (let j = vertexStart[other]!; j < vertexStart[other + 1]! - 1; j++) this.#note(2 * asset + end, vertex, j)
      }
    }
  }

  #note(code: number, vertex: number, v: number): void {
    const other = this.#network.vertexAsset[v]!
    if (other !== code >> 1 && takeTouch(this.#network, vertex, v, other, this.#snapM, this.#touch)) this.#found.add(code, this.#touch)
  }
}
