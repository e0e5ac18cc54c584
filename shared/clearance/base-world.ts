import { LimitLookup } from '../rules/limit-lookup.ts'
import { axesAt, crossingsBetween, type Crossing } from './crossings.ts'
import { halfReaches, ownReachM, planReachM, type PreparedClearance } from './prepare.ts'
import type { ClearanceNetwork } from './network.ts'
import { GridReader, type SegmentReader } from './grid-reader.ts'
import { PlaceBook, spareOf, type World } from './world.ts'
import { ZoneLengths } from './zone-lengths.ts'
import { NearZones, type CrossingsNear, type ZoneSource } from './zone-source.ts'

/**
 * A prepared network as the rules read it, nothing laid over it.
 * @param reader Another index than the prepared one; the bench measures such.
 */
export function baseWorld(prepared: PreparedClearance, reader: SegmentReader = new GridReader(prepared.network, prepared.grid)): World {
  const { network, pack, signatures } = prepared
  const limits = new LimitLookup(pack, signatures.classes)
  const places = new PlaceBook(prepared.places)
  const inflation = queryInflation(limits, prepared)
  return {
    network, pack, limits, reader, routeAsset: null,
    spareM: spareOf(network),
    takesPart: asset => network.isActive[asset] === 1,
    placesOf: asset => places.of(asset),
    queryInflationM: asset => ownReachM(network, asset) + inflation(network.signature[asset]!),
  }
}

/** What a query for a signature must reach beyond the half reaches that the index holds. */
export function queryInflation(limits: LimitLookup, { pack, signatures }: PreparedClearance): (signature: number) => number {
  const count = signatures.classes.length
  const half = halfReaches(limits, pack, count)
  const known: number[] = []
  return signature => {
    let reach = known[signature]
    if (reach === undefined) {
      reach = 0
      for (let other = 0; other < count; other++) reach = Math.max(reach, planReachM(limits, pack, signature, other) - half[other]!)
      known[signature] = reach
    }
    return reach
  }
}

export const widestM = ({ halfWidthM, assetCount }: ClearanceNetwork): number => halfWidthM.subarray(0, assetCount).reduce((most, half) => Math.max(most, half), 0)

/** Zones of a world that does not change. */
export function nearZones(world: World, isBefore: (a: number, b: number) => boolean): ZoneSource {
  const lengths = new ZoneLengths(world.limits, world.pack, world.network)
  return new NearZones(world, new CrossingBook(world, isBefore).near, (group, other) => lengths.of(group, other))
}

/** Crossings found when first asked for; either asset of a crossing gives the same object. */
export class CrossingBook {
  readonly #world: World
  readonly #isBefore: (a: number, b: number) => boolean
  readonly #axes = new Map<number, ReadonlyMap<number, readonly number[]>>()
  readonly #known = new Map<number, readonly Crossing[]>()

  constructor(world: World, isBefore: (a: number, b: number) => boolean) {
    this.#world = world
    this.#isBefore = isBefore
  }

  readonly near: CrossingsNear = (asset, from, to, group) => {
    const { chainageM, group: groupOf } = this.#world.network
    const crossings: Crossing[] = []
    for (const [other, segments] of this.#axesOf(asset)) {
      if ((group === null || groupOf[other] === group) && isAnyWithin(chainageM, segments, from, to)) crossings.push(...this.#between(asset, other, segments))
    }
    return crossings
  }

  /** Crossings of two assets. */
  of(asset: number, other: number): readonly Crossing[] {
    const segments = this.#axesOf(asset).get(other)
    return segments ? this.#between(asset, other, segments) : []
  }

  #axesOf(asset: number): ReadonlyMap<number, readonly number[]> {
    let axes = this.#axes.get(asset)
    if (!axes) this.#axes.set(asset, (axes = axesAt(this.#world, asset)))
    return axes
  }

  #between(asset: number, other: number, segments: readonly number[]): readonly Crossing[] {
    const key = Math.min(asset, other) * (this.#world.network.group.length + 1) + Math.max(asset, other)
    let list = this.#known.get(key)
    if (!list) this.#known.set(key, (list = crossingsBetween(this.#world, asset, other, segments, this.#isBefore)))
    return list
  }
}

/** Whether one of the first segments of the pairs reaches between two chainages. */
function isAnyWithin(chainageM: Float64Array, segments: readonly number[], from: number, to: number): boolean {
  for (let k = 0; k < segments.length; k += 2) {
    const v = segments[k]!
    if (chainageM[v]! <= to && chainageM[v + 1]! >= from) return true
  }
  return false
}
