import { mayComeWithin } from '../../geometry/plan-distance.ts'
import { SEGMENT, TILE_CELLS } from '../grid/grid-cells.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import type { ScreenTerms } from './screen-terms.ts'
import type { SegmentGrid } from '../grid/segment-grid.ts'

const FIRST_ROOM = 1024

/**
 * What is asked first of the segments of one tile, side by side: read from all over the network once, then compared
 * again and again close to the processor. Scratch of one thread: entry k is the tile's k-th.
 */
export class TileSegments {
  readonly #network: ClearanceNetwork
  readonly #grid: SegmentGrid
  readonly #terms: ScreenTerms
  readonly #runOf: Uint32Array
  first = 0
  segment = new Uint32Array(FIRST_ROOM)
  asset = new Uint32Array(FIRST_ROOM)
  #run = new Uint32Array(FIRST_ROOM)
  #signature = new Uint32Array(FIRST_ROOM)
  #own = new Float64Array(FIRST_ROOM)
  #x = new Float64Array(FIRST_ROOM)
  #y = new Float64Array(FIRST_ROOM)
  #endX = new Float64Array(FIRST_ROOM)
  #endY = new Float64Array(FIRST_ROOM)

  /** @param runOf Run of each asset. */
  constructor(network: ClearanceNetwork, grid: SegmentGrid, terms: ScreenTerms, runOf: Uint32Array) {
    this.#network = network
    this.#grid = grid
    this.#terms = terms
    this.#runOf = runOf
  }

  /** Reads a tile. */
  load(tile: number): void {
    const { xyz, vertexAsset, signature } = this.#network
    const { start, entries } = this.#grid
    const first = (this.first = start[4 * TILE_CELLS * tile]!)
    const count = start[4 * TILE_CELLS * (tile + 1)]! - first
    if (count > this.segment.length) this.#grow(count)
    const terms = this.#terms
    for (let k = 0; k < count; k++) {
      const v = entries[first + k]! & SEGMENT
      const asset = vertexAsset[v]!
      this.segment[k] = v
      this.asset[k] = asset
      this.#x[k] = xyz[3 * v]!
      this.#y[k] = xyz[3 * v + 1]!
      this.#endX[k] = xyz[3 * v + 3]!
      this.#endY[k] = xyz[3 * v + 4]!
      this.#run[k] = this.#runOf[asset]!
      this.#signature[k] = signature[asset]!
      this.#own[k] = terms.ownReachM(asset)
    }
  }

  /**
   * Keeps of pairs of entries of the grid, which all lie in this tile, those of different runs that may come near enough
   * for any rule, at first glance (`PairScreen.mayBeNear`); as numbers of entries of the tile.
   * @returns how many numbers are left.
   */
  keepNear(pairs: Uint32Array, length: number): number {
    const { first } = this
    const run = this.#run
    const signature = this.#signature
    const own = this.#own
    const xs = this.#x
    const ys = this.#y
    const endX = this.#endX
    const endY = this.#endY
    const terms = this.#terms
    let kept = 0
    for (let n = 0; n < length; n += 2) {
      const k = pairs[n]! - first
      const m = pairs[n + 1]! - first
      if (run[k] === run[m]) continue
      const x = xs[k]!
      const y = ys[k]!
      const reachM = own[k]! + own[m]! + terms.limitReachM(signature[k]!, signature[m]!)
      if (!mayComeWithin(endX[k]! - x, endY[k]! - y, xs[m]! - x, ys[m]! - y, endX[m]! - x, endY[m]! - y, reachM)) continue
      pairs[kept] = k
      pairs[kept + 1] = m
      kept += 2
    }
    return kept
  }

  #grow(count: number): void {
    const room = 2 * count
    this.segment = new Uint32Array(room)
    this.asset = new Uint32Array(room)
    this.#run = new Uint32Array(room)
    this.#signature = new Uint32Array(room)
    this.#own = new Float64Array(room)
    this.#x = new Float64Array(room)
    this.#y = new Float64Array(room)
    this.#endX = new Float64Array(room)
    this.#endY = new Float64Array(room)
  }
}
