import { LimitLookup } from '../rules/limit-lookup.ts'
import { axesAt, crossingsBetween, type Crossing } from './crossings.ts'
import { halfReaches, ownReachM, planReachM, type PreparedClearance } from './prepare.ts'
import type { ClearanceNetwork } from './network.ts'
import { GridReader, type SegmentReader } from './segment-grid.ts'
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
  return new NearZones(world, crossingMemory(world, isBefore), (group, other) => lengths.of(group, other), null)
}

/** Crossings found when first asked for; either asset of a crossing gives the same object. */
export function crossingMemory(world: World, isBefore: (a: number, b: number) => boolean): CrossingsNear {
  const { assetCount, chainageM, group: groupOf } = world.network
  const axes: (ReadonlyMap<number, readonly number[]> | undefined)[] = []
  const known = new Map<number, readonly Crossing[]>()
  return (asset, from, to, group) => {
    const crossings: Crossing[] = []
    for (const [other, segments] of (axes[asset] ??= axesAt(world, asset))) {
      if ((group !== null && groupOf[other] !== group) || !isAnyWithin(chainageM, segments, from, to)) continue
      const key = Math.min(asset, other) * assetCount + Math.max(asset, other)
      let list = known.get(key)
      if (!list) known.set(key, (list = crossingsBetween(world, asset, other, segments, isBefore)))
      crossings.push(...list)
    }
    return crossings
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
