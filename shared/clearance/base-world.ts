import { LimitLookup } from '../rules/limit-lookup.ts'
import { crossingsOf, type Crossing } from './crossings.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { ClearanceNetwork } from './network.ts'
import { halfReaches, ownReachM, planReachM, type PreparedClearance } from './prepare.ts'
import { GridReader } from './segment-grid.ts'
import { leastSine, PlaceBook, spareOf, type World } from './world.ts'
import { NearZones, type ZoneSource } from './zone-source.ts'

/** A prepared network as the rules read it, nothing laid over it. */
export function baseWorld(prepared: PreparedClearance): World {
  const { network, pack, signatures } = prepared
  const limits = new LimitLookup(pack, signatures.classes)
  const places = new PlaceBook(prepared.places)
  const inflation = queryInflation(limits, prepared)
  return {
    network, pack, limits, routeAsset: null,
    reader: new GridReader(network, prepared.grid),
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

/**
 * No zone is longer: the widest pair at the flattest angle.
 * @param widestM Largest outer half-width of the network.
 */
export function longestZoneM(limits: LimitLookup, pack: RulePack, widestM: number): number {
  let reach = 0
  for (let a = 0; a < limits.signatureCount; a++) for (let b = 0; b < limits.signatureCount; b++) reach = Math.max(reach, planReachM(limits, pack, a, b))
  return (reach + 2 * widestM) / leastSine(pack)
}

export const widestM = ({ halfWidthM, assetCount }: ClearanceNetwork): number => halfWidthM.subarray(0, assetCount).reduce((most, half) => Math.max(most, half), 0)

/** Zones around some of the assets of a world that does not change. */
export const nearZones = (world: World, isBefore: (a: number, b: number) => boolean): ZoneSource =>
  new NearZones(world, crossingMemory(world, isBefore), longestZoneM(world.limits, world.pack, widestM(world.network)))

/** Crossings by asset, found when first asked for; either asset of a crossing gives the same object. */
export function crossingMemory(world: World, isBefore: (a: number, b: number) => boolean): (asset: number) => readonly Crossing[] {
  const known: (readonly Crossing[] | undefined)[] = []
  return asset => {
    const list = known[asset]
    if (list) return list
    const found = crossingsOf(world, asset, isBefore).map(crossing => {
      // Found from the other side before: the same object, so that its zone is spread once.
      const other = known[crossing.a === asset ? crossing.b : crossing.a]
      return other?.find(c => c.a === crossing.a && c.b === crossing.b && c.meeting.a0 === crossing.meeting.a0 && c.meeting.b0 === crossing.meeting.b0) ?? crossing
    })
    return (known[asset] = found)
  }
}
