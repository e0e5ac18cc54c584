import { LimitLookup } from '../rules/limit-lookup.ts'
import { CrossingBook } from './crossing-book.ts'
import { halfReaches, ownReachM, planReachM, type PreparedClearance } from './prepare.ts'
import type { ClearanceNetwork } from './network.ts'
import { GridReader, type SegmentReader } from './grid-reader.ts'
import { PlaceBook, spareOf, type World } from './world.ts'
import { ZoneLengths } from './zone-lengths.ts'
import { NearZones, type ZoneSource } from './zone-source.ts'

/** A world that does not change, gone through from one end of the network to the other. */
export interface BaseWorld extends World {
  /** Lets go of the places that were asked for; zones made of them are to be let go with them (`nearZones`). */
  forgetPlaces(): void
}

/**
 * A prepared network as the rules read it, nothing laid over it.
 * @param reader Another index than the prepared one; the bench measures such.
 */
export function baseWorld(prepared: PreparedClearance, reader: SegmentReader = new GridReader(prepared.network, prepared.grid)): BaseWorld {
  const { network, pack, signatures } = prepared
  const limits = new LimitLookup(pack, signatures.classes)
  const places = new PlaceBook(prepared.places)
  const inflation = queryInflation(limits, prepared)
  return {
    network, pack, limits, reader, routeAsset: null,
    spareM: spareOf(network),
    takesPart: asset => network.isActive[asset] === 1,
    placesOf: asset => places.of(asset),
    forgetPlaces: () => places.forget(),
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

/** Zones of a world that does not change: each call gives a source that knows nothing yet. */
export function nearZones(world: World, isBefore: (a: number, b: number) => boolean): () => ZoneSource {
  const lengths = new ZoneLengths(world.limits, world.pack, world.network)
  return () => new NearZones(world, new CrossingBook(world, isBefore).near, (group, other) => lengths.of(group, other))
}
