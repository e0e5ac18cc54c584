import { doubled } from '../core/shared-arrays.ts'
import type { PairScreen } from './screens/pair-screen.ts'
import type { LaidWorld } from './worlds/laid-world.ts'

/** An asset and the number of a candidate in one figure: more than either will ever be. */
const NUMBERS = 2 ** 26

/** Segments near those of a drawn route, asset by asset. Filled again and again: a frame of a drag leaves nothing behind. */
export class Candidates {
  /** Segments [of the route, of the asset at hand, …], the first `length` of them; whoever reads them may change them. */
  readonly pairs: number[] = []
  length = 0
  #count = 0
  #at = 0
  #first = -1
  /** Asset (−1 for the first) · NUMBERS + number of the candidate, to be put in order. */
  #keys = new Float64Array(256)
  #own = new Uint32Array(256)
  #near = new Uint32Array(256)

  /**
   * Finds what may come near enough for a rule, at first glance.
   * @param isAsked Segments (first vertices) of the route to look around from.
   * @param first Asset to begin with, if it is among them.
   */
  find(world: LaidWorld, screen: PairScreen, isAsked: (v: number) => boolean, first = -1): void {
    const { network, reader, routeAsset: route } = world
    const inflation = world.queryInflationM(route)
    this.#count = this.#at = 0
    this.#first = first
    for (let v = network.vertexStart[route]!; v < network.vertexStart[route + 1]! - 1; v++) {
      if (!isAsked(v)) continue
      const count = reader.query(v, inflation)
      for (let k = 0; k < count; k++) {
        const j = reader.found[k]!
        const other = network.vertexAsset[j]!
        if (screen.mayBeNear(route, v, other, j) && world.takesPart(other) && !world.isOfRoutesRun(other)) this.#add(other, v, j)
      }
    }
    this.#keys.subarray(0, this.#count).sort()
  }

  /** Goes on to the next asset, in ascending order behind the one to begin with. @returns it; −1 at the end. */
  next(): number {
    this.length = 0
    if (this.#at === this.#count) return -1
    const rank = Math.floor(this.#keys[this.#at]! / NUMBERS)
    for (; this.#at < this.#count; this.#at++) {
      const n = this.#keys[this.#at]! - rank * NUMBERS
      if (n >= NUMBERS) break
      this.pairs[this.length++] = this.#own[n]!
      this.pairs[this.length++] = this.#near[n]!
    }
    return rank < 0 ? this.#first : rank
  }

  #add(other: number, v: number, j: number): void {
    const n = this.#count++
    if (n === this.#keys.length) this.#grow()
    this.#keys[n] = (other === this.#first ? -1 : other) * NUMBERS + n
    this.#own[n] = v
    this.#near[n] = j
  }

  #grow(): void {
    this.#keys = doubled(this.#keys)
    this.#own = doubled(this.#own)
    this.#near = doubled(this.#near)
  }
}
