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
  readonly #known = new Map<number, readonly Crossing[]>()
  /** By segment and group. */
  readonly #atSegment = new Map<number, readonly Crossing[]>()
  readonly #axesOfRoute: (v: number) => readonly number[]

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

  readonly near: CrossingsNear = (asset, from, to, group) => {
    const { chainageM, vertexStart } = this.#world.network
    const crossings: Crossing[] = []
    const last = vertexStart[asset + 1]! - 1
    for (let v = vertexStart[asset]!; v < last && chainageM[v]! <= to; v++) {
      if (chainageM[v + 1]! >= from) for (const crossing of this.#at(v, group)) crossings.push(crossing)
    }
    return crossings
  }

  /** Crossings with the assets of a group whose axes come to a segment. */
  #at(v: number, group: number | null): readonly Crossing[] {
    const key = v + this.#world.network.vertexAsset.length * (group === null ? 0 : 1 + group)
    let list = this.#atSegment.get(key)
    if (!list) this.#atSegment.set(key, (list = this.#findAt(v, group)))
    return list
  }

  #findAt(v: number, group: number | null): readonly Crossing[] {
    const { routeAsset, network: { group: groupOf, vertexAsset } } = this.#world
    const asset = vertexAsset[v]!
    const isWanted = (other: number): boolean => group === null || groupOf[other] === group
    const axes = asset === routeAsset ? this.#axesOfRoute(v) : axesOfSegment(this.#world, v, isWanted)
    if (axes.length === 0) return NO_CROSSINGS
    if (axes.length === 1) return isWanted(vertexAsset[axes[0]!]!) ? this.of(asset, vertexAsset[axes[0]!]!) : NO_CROSSINGS
    const others = new Set(axes.map(j => vertexAsset[j]!).filter(isWanted))
    return [...others].flatMap(other => this.of(asset, other))
  }

  /** Crossings of two assets. */
  of(asset: number, other: number): readonly Crossing[] {
    const key = Math.min(asset, other) * (this.#world.network.group.length + 1) + Math.max(asset, other)
    let list = this.#known.get(key)
    if (!list) this.#known.set(key, (list = this.#find(asset, other)))
    return list
  }

  #find(asset: number, other: number): readonly Crossing[] {
    const world = this.#world
    const route = world.routeAsset
    // The index does not hold the drawn route: it is looked around from.
    if (route !== null && (asset === route || other === route)) {
      const met = asset === route ? other : asset
      return crossingsBetween(world, route, met, this.#axesOfRouteAnd(route, met), this.#isBefore)
    }
    return crossingsBetween(world, asset, other, axesBetween(world, asset, other), this.#isBefore)
  }

  /** Segments [of the route, of another, …] whose axes come to each other. */
  #axesOfRouteAnd(route: number, met: number): number[] {
    const { vertexStart, vertexAsset } = this.#world.network
    const pairs: number[] = []
    for (let v = vertexStart[route]!; v < vertexStart[route + 1]! - 1; v++) {
      for (const j of this.#axesOfRoute(v)) if (vertexAsset[j] === met) pairs.push(v, j)
    }
    return pairs
  }
}
