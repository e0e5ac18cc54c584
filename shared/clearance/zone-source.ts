import type { Crossing } from './crossings.ts'
import { lengthOf, VERTICAL_M } from './network.ts'
import type { Place } from './places.ts'
import { leastSine, type World } from './world.ts'
import { crossingZone, jointReaches, jointZone, spread, type JointReach, type Zone } from './zones.ts'

/** Zones, at their full spare, from crossings and joints on assets and on what is connected with them. */
export interface ZoneSource {
  /** Every zone that comes to both assets. */
  common(a: number, b: number): readonly Zone[]
}

const comingTo = (zones: readonly Zone[], asset: number): readonly Zone[] => zones.filter(zone => zone.entries.some(entry => entry.asset === asset))

/** Zones of a whole network: each spread once and noted at every asset it comes to. */
export function allZones(world: World, crossings: (asset: number, isWanted: (other: number) => boolean) => readonly Crossing[], throwIfCancelled: () => void): ZoneSource {
  const lists: Zone[][] = []
  const none: readonly Zone[] = []
  const note = (zone: Zone): void => {
    for (const { asset } of zone.entries) {
      const list = (lists[asset] ??= [])
      if (list.at(-1) !== zone) list.push(zone)
    }
  }
  const places = new Set<Place>()
  for (let asset = 0; asset < world.network.assetCount; asset++) {
    if ((asset & 255) === 0) throwIfCancelled()
    if (!world.takesPart(asset)) continue
    if (world.pack.semantics === 'crossing-alongside') for (const crossing of crossings(asset, other => other > asset)) note(crossingZone(world, crossing))
    for (const place of world.placesOf(asset)) {
      if (places.has(place)) continue
      places.add(place)
      for (const reach of jointReaches(world, place)) note(jointZone(world, place, reach))
    }
  }
  return {
    common: (a, b) => {
      const [ofA, ofB] = [lists[a] ?? none, lists[b] ?? none]
      return ofA.length <= ofB.length ? comingTo(ofA, b) : comingTo(ofB, a)
    },
  }
}

/** Zones of the assets that are asked for, found by looking around from them: for a route, or the few assets of a scheme. */
export class NearZones implements ZoneSource {
  readonly #world: World
  readonly #crossings: (asset: number) => readonly Crossing[]
  readonly #farM: number
  readonly #ofCrossing = new Map<Crossing, Zone>()
  readonly #reachesOf = new Map<Place, readonly JointReach[]>()
  readonly #ofJoint = new Map<JointReach, Zone>()
  readonly #ofAsset = new Map<number, readonly Zone[]>()

  /**
   * @param crossings Crossings of an asset; the same object for the same crossing however often it is asked.
   * @param farM No zone is longer, its spare aside.
   */
  constructor(world: World, crossings: (asset: number) => readonly Crossing[], farM: number) {
    this.#world = world
    this.#crossings = crossings
    this.#farM = farM
  }

  common(a: number, b: number): readonly Zone[] {
    // Looking around is what costs: once, from the route or from an asset that was looked around from before.
    const isFromB = b === this.#world.routeAsset || (a !== this.#world.routeAsset && this.#ofAsset.has(b))
    return isFromB ? comingTo(this.#zonesOf(b), a) : comingTo(this.#zonesOf(a), b)
  }

  #zonesOf(asset: number): readonly Zone[] {
    let zones = this.#ofAsset.get(asset)
    if (!zones) this.#ofAsset.set(asset, (zones = this.#find(asset)))
    return zones
  }

  #find(asset: number): Zone[] {
    const world = this.#world
    const near = new Set<Zone>()
    const group = world.network.group[asset]!
    const farM = this.#farM + world.spareM(group, null) / leastSine(world.pack)
    spread(world, group, [{ asset, from: 0, to: lengthOf(world.network, asset), leftM: farM }], ({ asset: on, from, to, leftM }) => {
      // Along the lines, a place is as far from the asset as what has been walked and the rest of the way.
      const wayTo = (p: number, q: number): number => farM - leftM + Math.max(0, from - Math.max(p, q), Math.min(p, q) - to) - VERTICAL_M
      for (const crossing of world.pack.semantics === 'crossing-alongside' ? this.#crossings(on) : []) {
        const { a, b, meeting, reachM, sine } = crossing
        const wayM = a === on ? wayTo(meeting.a0, meeting.a1) : wayTo(meeting.b0, meeting.b1)
        if (wayM <= reachM + world.spareM(world.network.group[a]!, world.network.group[b]!) / sine) near.add(this.#crossingZone(crossing))
      }
      for (const place of world.placesOf(on)) {
        const wayM = Math.min(...place.members.map(member => (member.asset === on ? wayTo(member.chainageM, member.chainageM) : Infinity)))
        if (wayM > farM) continue
        let reaches = this.#reachesOf.get(place)
        if (!reaches) this.#reachesOf.set(place, (reaches = jointReaches(world, place)))
        for (const reach of reaches) {
          const { groups, reachM, sine } = reach
          if (groups.includes(group) && wayM <= reachM + world.spareM(groups[0]!, groups[1]!) / sine) near.add(this.#jointZone(place, reach))
        }
      }
    })
    return [...near]
  }

  #crossingZone(crossing: Crossing): Zone {
    let zone = this.#ofCrossing.get(crossing)
    if (!zone) this.#ofCrossing.set(crossing, (zone = crossingZone(this.#world, crossing)))
    return zone
  }

  #jointZone(place: Place, reach: JointReach): Zone {
    let zone = this.#ofJoint.get(reach)
    if (!zone) this.#ofJoint.set(reach, (zone = jointZone(this.#world, place, reach)))
    return zone
  }
}
