import { axesBetween, axesOfSegment, crossingsBetween, type Crossing } from './crossings.ts'
import type { World } from '../worlds/world.ts'
import type { CrossingsNear } from './zone-source.ts'

const NO_CROSSINGS: readonly Crossing[] = []

/**
 * Crossings found when first asked for; either asset of a crossing gives the same object. Whoever asks for a stretch of a
 * long line has only that stretch looked around.
 */
export class CrossingBook {
  readonly #world: World
  readonly #isBefore: (a: number, b: number) => boolean
  #known = new Map<number, readonly Crossing[]>()
  /** By segment and group. */
  #atSegment = new Map<number, readonly Crossing[]>()
  readonly #axesOfRoute: (v: number) => readonly number[]
  /** With the drawn route, by the other asset. */
  #knownOfRoute = new Map<number, readonly Crossing[]>()
  /** What the route meets, in its order: [its segment, segment met, …], the first `#metCount` numbers; −1 until it is asked for. */
  readonly #met: number[] = []
  #metCount = -1
  /** Scratch: assets met, and segments as `crossingsBetween` asks for them. */
  readonly #others: number[] = []
  readonly #pairs: number[] = []

  /** @param axesOfRoute Segments whose axes come to a segment of the drawn route, where there is one. */
  constructor(world: World, isBefore: (a: number, b: number) => boolean, axesOfRoute: (v: number) => readonly number[] = () => []) {
    this.#world = world
    this.#axesOfRoute = axesOfRoute
    this.#isBefore = isBefore
  }

  /** How many pairs of assets it knows the crossings of. */
  get knownPairs(): number {
    return this.#known.size
  }

  /** Lets go of everything. */
  forget(): void {
    this.#metCount = -1
    // Not cleared: V8 links a cleared table to the next one, and one that has grown old keeps all that come after it.
    if (this.#known.size > 0) this.#known = new Map()
    if (this.#knownOfRoute.size > 0) this.#knownOfRoute = new Map()
    if (this.#atSegment.size > 0) this.#atSegment = new Map()
  }

  readonly near: CrossingsNear = (asset, from, to, group) => {
    if (asset === this.#world.routeAsset) return this.#nearOnRoute(asset, from, to, group)
    const { chainageM, vertexStart } = this.#world.network
    const crossings: Crossing[] = []
    const last = vertexStart[asset + 1]! - 1
    for (let v = vertexStart[asset]!; v < last && chainageM[v]! <= to; v++) {
      if (chainageM[v + 1]! >= from) for (const crossing of this.#at(v, group)) crossings.push(crossing)
    }
    return crossings
  }

  /** What the route meets is at hand: it is gone through each time. */
  #nearOnRoute(route: number, from: number, to: number, group: number | null): readonly Crossing[] {
    const { chainageM, vertexAsset, group: groupOf } = this.#world.network
    this.#meetRoute(route)
    let others = 0
    let crossings: Crossing[] | null = null
    for (let k = 0; k < this.#metCount && chainageM[this.#met[k]!]! <= to; k += 2) {
      const other = vertexAsset[this.#met[k + 1]!]!
      if (chainageM[this.#met[k]! + 1]! < from || (group !== null && groupOf[other] !== group) || isAmong(this.#others, others, other)) continue
      this.#others[others++] = other
      for (const crossing of this.#ofRoute(route, other)) (crossings ??= []).push(crossing)
    }
    return crossings ?? NO_CROSSINGS
  }

  /** Crossings with the assets of a group whose axes come to a segment. */
  #at(v: number, group: number | null): readonly Crossing[] {
    const key = v + this.#world.network.vertexAsset.length * (group === null ? 0 : 1 + group)
    let list = this.#atSegment.get(key)
    if (!list) this.#atSegment.set(key, (list = this.#findAt(v, group)))
    return list
  }

  #findAt(v: number, group: number | null): readonly Crossing[] {
    const { group: groupOf, vertexAsset } = this.#world.network
    const asset = vertexAsset[v]!
    const isWanted = (other: number): boolean => group === null || groupOf[other] === group
    const axes = axesOfSegment(this.#world, v, isWanted)
    if (axes.length === 0) return NO_CROSSINGS
    if (axes.length === 1) return this.of(asset, vertexAsset[axes[0]!]!)
    return [...new Set(axes.map(j => vertexAsset[j]!))].flatMap(other => this.of(asset, other))
  }

  /** Crossings of two assets. */
  of(asset: number, other: number): readonly Crossing[] {
    const route = this.#world.routeAsset
    if (route !== null && (asset === route || other === route)) return this.#ofRoute(route, asset === route ? other : asset)
    const key = Math.min(asset, other) * (this.#world.network.group.length + 1) + Math.max(asset, other)
    let list = this.#known.get(key)
    if (!list) this.#known.set(key, (list = crossingsBetween(this.#world, asset, other, axesBetween(this.#world, asset, other), this.#isBefore)))
    return list
  }

  /** The index does not hold the drawn route: it is looked around from. */
  #ofRoute(route: number, other: number): readonly Crossing[] {
    let list = this.#knownOfRoute.get(other)
    if (!list) this.#knownOfRoute.set(other, (list = this.#findOfRoute(route, other)))
    return list
  }

  #findOfRoute(route: number, other: number): readonly Crossing[] {
    const { vertexAsset } = this.#world.network
    this.#meetRoute(route)
    this.#pairs.length = 0
    for (let k = 0; k < this.#metCount; k += 2) if (vertexAsset[this.#met[k + 1]!] === other) this.#pairs.push(this.#met[k]!, this.#met[k + 1]!)
    return this.#pairs.length === 0 ? NO_CROSSINGS : crossingsBetween(this.#world, route, other, this.#pairs, this.#isBefore)
  }

  #meetRoute(route: number): void {
    if (this.#metCount >= 0) return
    const { vertexStart } = this.#world.network
    this.#metCount = 0
    for (let v = vertexStart[route]!; v < vertexStart[route + 1]! - 1; v++) {
      for (const j of this.#axesOfRoute(v)) {
        this.#met[this.#metCount++] = v
        this.#met[this.#metCount++] = j
      }
    }
  }
}

function isAmong(list: readonly number[], length: number, wanted: number): boolean {
  for (let k = 0; k < length; k++) if (list[k] === wanted) return true
  return false
}
