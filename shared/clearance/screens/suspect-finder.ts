import type { JobControl } from '../../core/job.ts'
import type { Asks } from '../check-selection.ts'
import { SEGMENT, TILE_CELLS } from '../grid/grid-cells.ts'
import { ClearanceOverload, MOST_CONFLICTS } from '../grid/overload.ts'
import { PairGroups } from './pair-groups.ts'
import type { PairScreen } from './pair-screen.ts'
import type { PreparedClearance } from '../prepare.ts'
import { TileJoin } from './tile-join.ts'
import type { TileSegments } from './tile-segments.ts'
import type { World } from '../worlds/world.ts'

/** Tiles are shared between threads in blocks of so many. */
const BLOCK_TILES = 8

/**
 * Finds the pairs of assets that the full test may find something with. Every two segments near each other are met in
 * one tile; what the tile holds of two assets is screened by itself, since with fewer zones a screen clears less, never
 * too much. Holds the scratch space of one thread.
 */
export class SuspectFinder {
  readonly #prepared: PreparedClearance
  readonly #world: World
  readonly #asks: Asks
  readonly #screen: PairScreen
  readonly #join: TileJoin
  readonly #segments: TileSegments
  readonly #groups = new PairGroups()
  readonly #near: number[] = []
  /** [a, b, …], a < b; a pair may come several times. */
  #suspects: number[] = []

  constructor(prepared: PreparedClearance, world: World, asks: Asks, screen: PairScreen) {
    this.#prepared = prepared
    this.#world = world
    this.#asks = asks
    this.#screen = screen
    this.#join = new TileJoin(prepared.grid)
    this.#segments = screen.segmentsOfTiles(prepared.grid, prepared.runs.ofAsset)
  }

  /**
   * Goes through blocks of the network until there are no more.
   * @param next Number of the next block, each given to one caller only.
   * @returns [a, b, …], a < b, a pair perhaps several times.
   * @throws CancelledError; ClearanceOverload.
   */
  find(next: () => number, job: JobControl): Uint32Array {
    const { tileCount, long } = this.#prepared.grid
    const tileBlocks = Math.ceil(tileCount / BLOCK_TILES)
    for (let block = next(); block < tileBlocks + long.length; block = next()) {
      job.throwIfCancelled()
      job.progress(block / (tileBlocks + long.length), 'cli-check:stage.pairs')
      if (block >= tileBlocks) this.#takeLong(long[block - tileBlocks]!, job)
      else for (let tile = block * BLOCK_TILES; tile < Math.min(tileCount, (block + 1) * BLOCK_TILES); tile++) if (this.#isWanted(tile)) this.#visit(tile, job)
    }
    const found = Uint32Array.from(this.#suspects)
    this.#suspects = []
    return found
  }

  /** Of a check of a part, only tiles that hold something of what asks are gone through. */
  #isWanted(tile: number): boolean {
    if (this.#asks.isWhole) return true
    const { vertexAsset } = this.#world.network
    const { start, entries } = this.#prepared.grid
    for (let k = start[4 * TILE_CELLS * tile]!; k < start[4 * TILE_CELLS * (tile + 1)]!; k++) if (this.#asks.isDriver(vertexAsset[entries[k]! & SEGMENT]!)) return true
    return false
  }

  #visit(tile: number, job: JobControl): void {
    const join = this.#join
    const segments = this.#segments
    segments.load(tile)
    join.begin(tile)
    for (let length = join.more(); length > 0; length = join.more()) {
      job.throwIfCancelled()
      this.#takeNear(join.pairs, segments.keepNear(join.pairs, length))
    }
  }

  /** Takes in pairs of the tile at hand. */
  #takeNear(pairs: Uint32Array, length: number): void {
    const { asset, segment } = this.#segments
    this.#groups.clear()
    for (let n = 0; n < length; n += 2) {
      const k = pairs[n]!
      const m = pairs[n + 1]!
      // Sides by the numbers of the assets, so that what is found of two comes together.
      if (asset[k]! < asset[m]!) this.#take(asset[k]!, segment[k]!, asset[m]!, segment[m]!)
      else this.#take(asset[m]!, segment[m]!, asset[k]!, segment[k]!)
    }
    this.#screenGroups()
  }

  /** A segment that is in no cell meets every other. */
  #takeLong(v: number, job: JobControl): void {
    const { vertexStart, vertexAsset, assetCount } = this.#world.network
    const { ofAsset } = this.#prepared.runs
    const own = vertexAsset[v]!
    this.#groups.clear()
    for (let asset = 0; asset < assetCount; asset++) {
      if ((asset & 1023) === 0) job.throwIfCancelled()
      if (ofAsset[asset] === ofAsset[own] || !this.#world.takesPart(asset)) continue
      for (let j = vertexStart[asset]!; j < vertexStart[asset + 1]! - 1; j++) {
        if (!this.#screen.mayBeNear(own, v, asset, j)) continue
        if (own < asset) this.#take(own, v, asset, j)
        else this.#take(asset, j, own, v)
      }
    }
    this.#screenGroups()
  }

  /** Takes in two segments of different runs that may be near each other. a < b. */
  #take(a: number, i: number, b: number, j: number): void {
    if (!this.#isAsked(a, b)) return
    this.#screen.select(a, b)
    if (!this.#screen.mayMatter(i, j)) return
    if (this.#groups.isFull) this.#screenGroups()
    this.#groups.add(a, b, i, j)
  }

  #isAsked(a: number, b: number): boolean {
    return this.#asks.isWhole || ((this.#asks.isDriver(a) || this.#asks.isDriver(b)) && this.#asks.isAsked(a, b))
  }

  #screenGroups(): void {
    const groups = this.#groups
    const near = this.#near
    for (let group = 0; group < groups.count; group++) {
      const a = groups.a[group]!
      const b = groups.b[group]!
      let length = 0
      for (let k = groups.head[group]!; k >= 0; k = groups.next[k]!) {
        near[length++] = groups.own[k]!
        near[length++] = groups.other[k]!
      }
      this.#screen.select(a, b)
      if (!this.#screen.mayHit(near, length)) continue
      this.#suspects.push(a, b)
      if (this.#suspects.length > 2 * MOST_CONFLICTS) throw new ClearanceOverload()
    }
    groups.clear()
  }
}
