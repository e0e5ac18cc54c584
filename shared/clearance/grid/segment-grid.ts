import { doubled, ownMemory, type Allocate } from '../../core/shared-arrays.ts'
import { cellInTile, cellOf, GUARDS, HAS_END, IN_PIECES, packCorner, stepsPerM, TILE_BITS, TILE_CELLS, TileDirectory } from './grid-cells.ts'
import { Pieces } from './grid-pieces.ts'
import type { ClearanceNetwork } from '../network/network.ts'

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
   * Segments (first vertices) with their marks (grid-cells.ts), and their boxes inside the cell: the low corner, and the
   * high one with guards.
   */
  readonly entries: Uint32Array
  readonly low: Int32Array
  readonly high: Int32Array
  /** Segments over too many cells: part of every answer. */
  readonly long: Uint32Array
  /** Inflation of each asset's entries. */
  readonly inflationM: Float64Array
}

/** A few lines right across the country say nothing about the usual segment. */
const LONGEST_COUNTED_M = 500
/** With more entries or cells than this per segment the cells are too small for what lies there. */
const MAX_ENTRIES_PER_SEGMENT = 24
const MAX_CELLS_PER_SEGMENT = 8

/** What a grid is made of, before it is. Threads fill it in parts: contiguous shares of the order. */
export interface GridPlan {
  readonly network: ClearanceNetwork
  /** Per asset: how far its box is widened on every side. */
  readonly inflationM: Float64Array
  /** Assets in the order in which they are best gone through (`spatialOrder`). */
  readonly order: Uint32Array
  readonly cellM: number
  readonly segments: number
}

/** One part of a grid, counted. */
export interface GridPart {
  readonly part: number
  readonly tiles: Int32Array
  readonly tileCount: number
  /** Number of entries of each group of each cell; once the parts are merged, where the next one goes. */
  readonly next: Uint32Array
  readonly entryCount: number
  readonly long: readonly number[]
}

/** @param inflationM Per asset: how far its box is widened on every side. */
export function planGrid(network: ClearanceNetwork, inflationM: Float64Array, allocate: Allocate): GridPlan {
  const { segments, cellM } = usualCell(network)
  return { network, inflationM, order: spatialOrder(network, cellM, allocate), cellM, segments }
}

/** The whole grid at once. */
export function buildSegmentGrid(network: ClearanceNetwork, inflationM: Float64Array): { readonly grid: SegmentGrid; readonly order: Uint32Array } {
  for (let plan = planGrid(network, inflationM, ownMemory); ; plan = coarser(plan)) {
    const part = countPart(plan, 0, 1, ownMemory)
    const grid = part && mergeParts(plan, [part], ownMemory)
    if (!grid) continue
    fillPart(plan, grid, part, 1)
    return { grid, order: plan.order }
  }
}

/** Larger cells, for what lies too densely or too far apart. */
export const coarser = (plan: GridPlan): GridPlan => ({ ...plan, cellM: 2 * plan.cellM })

/** About 1.4 × the mean segment is best (reference measurements); dense clusters of tiny segments do no harm. */
function usualCell(network: ClearanceNetwork): { segments: number; cellM: number } {
  const { vertexStart, assetCount, isActive } = network
  let segments = 0
  const lengthM = new Float64Array(1)
  for (let a = 0; a < assetCount; a++) {
    if (isActive[a] === 0) continue
    segments += vertexStart[a + 1]! - 1 - vertexStart[a]!
    addUsualLengths(network, a, lengthM)
  }
  return { segments, cellM: Math.max(4, segments > 0 ? (1.1 * lengthM[0]!) / segments : 8) }
}

/** @param sum Receives the lengths of an asset's segments that are usual. */
function addUsualLengths({ xyz, vertexStart }: ClearanceNetwork, a: number, sum: Float64Array): void {
  for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
    const far = Math.abs(xyz[3 * v + 3]! - xyz[3 * v]!) + Math.abs(xyz[3 * v + 4]! - xyz[3 * v + 1]!)
    if (far < LONGEST_COUNTED_M) sum[0]! += far
  }
}

const ORDER_BITS = 16
/** Rows of tiles further apart than this many columns do not mix in the order. */
const ORDER_ROW = 251

/**
 * Every asset once, those that begin near each other together, row by row of tiles: whoever goes through a network in
 * this order finds the neighbours of one asset still at hand for the next, and writes near where he wrote before.
 */
function spatialOrder({ assetCount, vertexStart, xyz }: ClearanceNetwork, cellM: number, allocate: Allocate): Uint32Array {
  const bucketOf = new Uint16Array(assetCount)
  const start = new Uint32Array(2 ** ORDER_BITS + 1)
  for (let a = 0; a < assetCount; a++) {
    bucketOf[a] = bucketAt(xyz, vertexStart[a]!, cellM)
    start[bucketOf[a]! + 1]!++
  }
  for (let k = 0; k + 1 < start.length; k++) start[k + 1]! += start[k]!
  const order = new Uint32Array(allocate(4 * assetCount))
  for (let a = 0; a < assetCount; a++) order[start[bucketOf[a]!]!++] = a
  return order
}

function bucketAt(xyz: Float64Array, v: number, cellM: number): number {
  return (cellOf(xyz[3 * v]!, cellM) >> TILE_BITS) + ORDER_ROW * (cellOf(xyz[3 * v + 1]!, cellM) >> TILE_BITS)
}

const shareOf = (order: Uint32Array, part: number, parts: number): Uint32Array =>
  order.subarray(Math.floor((part * order.length) / parts), Math.floor(((part + 1) * order.length) / parts))

/** Counts the entries of one part. @returns null where cells of this size are too many, or hold too much. */
export function countPart({ network, inflationM, order, cellM, segments }: GridPlan, part: number, parts: number, allocate: Allocate): GridPart | null {
  const count = new EntryCount(network, inflationM, cellM, Math.max(64, Math.ceil(segments / parts / 64)))
  const { directory } = count
  for (const a of shareOf(order, part, parts)) {
    if (network.isActive[a] === 0) continue
    count.addAsset(a)
    if (isTooMuch(segments, count.entries, directory.count)) return null
  }
  const next = new Uint32Array(allocate(4 * 4 * TILE_CELLS * directory.count))
  next.set(count.ofGroups.subarray(0, next.length))
  const tiles = new Int32Array(allocate(directory.slots.byteLength))
  tiles.set(directory.slots)
  return { part, tiles, tileCount: directory.count, next, entryCount: count.entries, long: count.long }
}

/** Entries of groups of cells while they are counted. Asset by asset: a function that is called often is compiled well from the first check on, one long loop is not. */
class EntryCount {
  readonly directory = new TileDirectory()
  readonly long: number[] = []
  ofGroups: Uint32Array<ArrayBuffer>
  entries = 0
  readonly #network: ClearanceNetwork
  readonly #inflationM: Float64Array
  readonly #pieces: Pieces

  /** @param tiles How many are expected. */
  constructor(network: ClearanceNetwork, inflationM: Float64Array, cellM: number, tiles: number) {
    this.#network = network
    this.#inflationM = inflationM
    this.#pieces = new Pieces(cellM)
    this.ofGroups = new Uint32Array(4 * TILE_CELLS * tiles)
  }

  addAsset(a: number): void {
    const { vertexStart, xyz } = this.#network
    const pieces = this.#pieces
    const last = vertexStart[a + 1]! - 1
    for (let v = vertexStart[a]!; v < last; v++) {
      const count = pieces.cut(xyz, v, this.#inflationM[a]!)
      if (count === 0) this.long.push(v)
      for (let piece = 0; piece < count; piece++) {
        pieces.take(piece)
        this.#addPiece()
      }
    }
  }

  #addPiece(): void {
    const pieces = this.#pieces
    for (let row = pieces.firstRow; row <= pieces.lastRow; row++) {
      for (let column = pieces.firstColumn; column <= pieces.lastColumn; column++) {
        const at = 4 * (TILE_CELLS * this.directory.add(column, row) + cellInTile(column, row)) + pieces.groupAt(column, row)
        if (at >= this.ofGroups.length) this.ofGroups = doubled(this.ofGroups)
        this.ofGroups[at]!++
        this.entries++
      }
    }
  }
}

const isTooMuch = (segments: number, entries: number, tiles: number): boolean =>
  entries > MAX_ENTRIES_PER_SEGMENT * segments + 4096 || TILE_CELLS * tiles > MAX_CELLS_PER_SEGMENT * segments + 1024 * TILE_CELLS

/**
 * Puts counted parts together: a grid whose entries are still to be written, and in each part where its own go. The
 * same however many parts there are.
 * @param parts Every part.
 */
export function mergeParts({ inflationM, cellM, segments }: GridPlan, parts: readonly GridPart[], allocate: Allocate): SegmentGrid | null {
  const ordered = [...parts].sort((m, n) => m.part - n.part)
  const directory = new TileDirectory()
  const numbers = ordered.map(({ tiles, tileCount }) => new TileDirectory(tiles, tileCount).tiles().map(([column, row]) => directory.addTile(column, row)))
  const entryCount = ordered.reduce((sum, part) => sum + part.entryCount, 0)
  if (isTooMuch(segments, entryCount, directory.count)) return null
  const start = new Uint32Array(allocate(4 * (GROUPS * directory.count + 1)))
  ordered.forEach(({ next }, k) => {
    for (let own = 0; own < numbers[k]!.length; own++) addCounts(start, numbers[k]![own]!, next, own)
  })
  for (let tile = 0; tile < directory.count; tile++) accumulateTile(start, tile)
  ordered.forEach(({ next }, k) => {
    for (let own = 0; own < numbers[k]!.length; own++) takeTurns(start, numbers[k]![own]!, next, own)
  })
  // Each has gone on to where the next group begins.
  start.copyWithin(1, 0, start.length - 1)
  start[0] = 0
  const words = (): ArrayBufferLike => allocate(4 * entryCount)
  const tiles = new Int32Array(allocate(directory.slots.byteLength))
  tiles.set(directory.slots)
  return {
    cellM, tiles, tileCount: directory.count, start, inflationM,
    entries: new Uint32Array(words()), low: new Int32Array(words()), high: new Int32Array(words()),
    long: Uint32Array.from(ordered.flatMap(part => part.long)),
  }
}

/** Groups of a tile. */
const GROUPS = 4 * TILE_CELLS

/** Adds a part's numbers of entries, each one group further on. */
function addCounts(start: Uint32Array, tile: number, counts: Uint32Array, own: number): void {
  for (let g = 0; g < GROUPS; g++) start[GROUPS * tile + g + 1]! += counts[GROUPS * own + g]!
}

function accumulateTile(start: Uint32Array, tile: number): void {
  for (let g = GROUPS * tile; g < GROUPS * (tile + 1); g++) start[g + 1]! += start[g]!
}

/** Says to a part where its entries of each group go: behind those of the parts before it. */
function takeTurns(start: Uint32Array, tile: number, next: Uint32Array, own: number): void {
  for (let g = 0; g < GROUPS; g++) {
    const count = next[GROUPS * own + g]!
    next[GROUPS * own + g] = start[GROUPS * tile + g]!
    start[GROUPS * tile + g]! += count
  }
}

/** Writes the entries of one part, its `next` used up. */
export function fillPart({ network, inflationM, order, cellM }: GridPlan, grid: SegmentGrid, part: GridPart, parts: number): void {
  const writer = new EntryWriter(network, inflationM, cellM, grid, part)
  for (const a of shareOf(order, part.part, parts)) if (network.isActive[a] !== 0) writer.writeAsset(a)
}

/** Writes entries, asset by asset for the same reason as they are counted so. */
class EntryWriter {
  readonly #network: ClearanceNetwork
  readonly #inflationM: Float64Array
  readonly #cellM: number
  readonly #steps: number
  readonly #pieces: Pieces
  readonly #directory: TileDirectory
  readonly #entries: Uint32Array
  readonly #low: Int32Array
  readonly #high: Int32Array
  /** Where the next entry of each group goes. */
  readonly #next: Uint32Array

  constructor(network: ClearanceNetwork, inflationM: Float64Array, cellM: number, { entries, low, high }: SegmentGrid, { tiles, tileCount, next }: GridPart) {
    this.#network = network
    this.#inflationM = inflationM
    this.#cellM = cellM
    this.#steps = stepsPerM(cellM)
    this.#pieces = new Pieces(cellM)
    this.#directory = new TileDirectory(tiles, tileCount)
    this.#entries = entries
    this.#low = low
    this.#high = high
    this.#next = next
  }

  writeAsset(a: number): void {
    const { vertexStart, xyz } = this.#network
    const pieces = this.#pieces
    const first = vertexStart[a]!
    const last = vertexStart[a + 1]! - 2
    for (let v = first; v <= last; v++) {
      const count = pieces.cut(xyz, v, this.#inflationM[a]!)
      const marked = v | (v === first || v === last ? HAS_END : 0) | (count > 1 ? IN_PIECES : 0)
      for (let piece = 0; piece < count; piece++) {
        pieces.take(piece)
        this.#writePiece(marked)
      }
    }
  }

  #writePiece(marked: number): void {
    const pieces = this.#pieces
    const cellM = this.#cellM
    const steps = this.#steps
    for (let row = pieces.firstRow; row <= pieces.lastRow; row++) {
      for (let column = pieces.firstColumn; column <= pieces.lastColumn; column++) {
        const tile = this.#directory.find(column, row)
        const at = this.#next[4 * (TILE_CELLS * tile + cellInTile(column, row)) + pieces.groupAt(column, row)]!++
        this.#entries[at] = marked
        this.#low[at] = packCorner(pieces.minX - column * cellM, pieces.minY - row * cellM, steps)
        this.#high[at] = packCorner(pieces.maxX - column * cellM, pieces.maxY - row * cellM, steps) | GUARDS
      }
    }
  }
}
