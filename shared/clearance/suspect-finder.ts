import type { JobControl } from '../core/job.ts'
import type { Asks } from './check-selection.ts'
import { SEGMENT, TILE_CELLS } from './grid-cells.ts'
import { ClearanceOverload, MOST_CONFLICTS } from './overload.ts'
import { PairGroups } from './pair-groups.ts'
import type { PairScreen } from './pair-screen.ts'
import type { PreparedClearance } from './prepare.ts'
import { TileJoin } from './tile-join.ts'
import type { World } from './world.ts'

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
    const take = (length: number): void => {
      job.throwIfCancelled()
      this.#take(this.#join.pairs, length)
    }
    for (let block = next(); block < tileBlocks + long.length; block = next()) {
      job.throwIfCancelled()
      job.progress(block / (tileBlocks + long.length), 'cli-check:stage.pairs')
      if (block >= tileBlocks) this.#takeLong(long[block - tileBlocks]!, job)
      else for (let tile = block * BLOCK_TILES; tile < Math.min(tileCount, (block + 1) * BLOCK_TILES); tile++) if (this.#isWanted(tile)) this.#join.visit(tile, take)
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

  /** A segment that is in no cell meets every other. */
  #takeLong(v: number, job: JobControl): void {
    const { pairs } = this.#join
    const { network } = this.#world
    let length = 0
    for (let asset = 0; asset < network.assetCount; asset++) {
      for (let j = network.vertexStart[asset]!; j < network.vertexStart[asset + 1]! - 1; j++) {
        pairs[length++] = v
        pairs[length++] = j
        if (length < pairs.length) continue
        job.throwIfCancelled()
        this.#take(pairs, length)
        length = 0
      }
    }
    this.#take(pairs, length)
  }

  /** Screens segment pairs that may be near each other. */
  #take(pairs: Uint32Array, length: number): void {
    const { vertexAsset } = this.#world.network
    const screen = this.#screen
    const groups = this.#groups
    groups.clear()
    for (let k = 0; k < length; k += 2) {
      const p = pairs[k]!
      const q = pairs[k + 1]!
      const assetP = vertexAsset[p]!
      const assetQ = vertexAsset[q]!
      if (assetP === assetQ || !screen.mayBeNear(assetP, p, assetQ, q)) continue
      const isStraight = assetP < assetQ
      const [a, b] = isStraight ? [assetP, assetQ] : [assetQ, assetP]
      if (!this.#isCandidate(a, b)) continue
      const [i, j] = isStraight ? [p, q] : [q, p]
      screen.select(a, b)
      if (!screen.mayMatter(i, j)) continue
      if (groups.isFull) this.#screenGroups()
      groups.add(a, b, i, j)
    }
    this.#screenGroups()
  }

  #isCandidate(a: number, b: number): boolean {
    const { ofAsset } = this.#prepared.runs
    if (ofAsset[a] === ofAsset[b] || !this.#world.takesPart(a) || !this.#world.takesPart(b)) return false
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
