import { axesBetween, axesOfSegment, crossingsBetween, type Crossing } from './crossings.ts'
import type { World } from './world.ts'
import type { CrossingsNear } from './zone-source.ts'

const NO_CROSSINGS: readonly Crossing[] = []

/**
 * Crossings found when first asked for; either asset of a crossing gives the same object. Whoever asks for a stretch of a
 * long line has only that stretch looked around.
 */
export class CrossingBook {
  readonly #world: World
  readonly #isBefore: (a: number, b: number) => boolean
  /** Assets whose axis comes to a segment, by the segment. */
  readonly #others = new Map<number, readonly number[]>()
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
    const others = this.#othersAt(v)
    if (others.length === 0) return NO_CROSSINGS
    const key = v + this.#world.network.vertexAsset.length * (group === null ? 0 : 1 + group)
    let list = this.#atSegment.get(key)
    if (!list) {
      const { group: groupOf, vertexAsset } = this.#world.network
      const asset = vertexAsset[v]!
      list = others.flatMap(other => (group !== null && groupOf[other] !== group ? NO_CROSSINGS : this.of(asset, other)))
      this.#atSegment.set(key, list)
    }
    return list
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

  #othersAt(v: number): readonly number[] {
    let others = this.#others.get(v)
    if (!others) {
      const { routeAsset, network: { vertexAsset } } = this.#world
      const axes = vertexAsset[v] === routeAsset ? this.#axesOfRoute(v) : axesOfSegment(this.#world, v)
      const found = axes.map(j => vertexAsset[j]!)
      this.#others.set(v, (others = found.filter((other, k) => found.indexOf(other) === k)))
    }
    return others
  }
}
