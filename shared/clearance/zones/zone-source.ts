import type { Crossing } from './crossings.ts'
import { VERTICAL_M } from '../network/network.ts'
import type { Place } from '../joints/places.ts'
import { leastSine, type World } from '../worlds/world.ts'
import { crossingZone, jointReaches, jointZone, spread, type JointReach, type Zone } from './zones.ts'

/**
 * Crossings of an asset that may lie between two chainages of it; further ones may be among them, and one twice.
 * @param group Kind and owner of the other line; null for any.
 */
export type CrossingsNear = (asset: number, from: number, to: number, group: number | null) => readonly Crossing[]

/** A part of an asset, plan chainages. */
export interface Span {
  readonly asset: number
  readonly from: number
  readonly to: number
}

/** Zones, at their full spare, from crossings and joints on assets and on what is connected with them. */
export interface ZoneSource {
  /** Every zone that comes to both assets and may hold something of the span of one of them. */
  common(a: Span, b: Span): readonly Zone[]
}

const NO_ZONES: readonly Zone[] = []
/** So many zones are looked through each time; more are put in order by asset once, or a place where n lines meet would take n³ steps. */
const FEW_ZONES = 16

/** Zones found from one asset, and which of them come to another. */
class FoundZones {
  readonly span: Span
  readonly other: number | null
  readonly #zones: readonly Zone[]
  #byAsset: Map<number, Zone[]> | null = null

  constructor(span: Span, other: number | null, zones: readonly Zone[]) {
    this.span = span
    this.other = other
    this.#zones = zones
  }

  isFor({ from, to }: Span, other: number | null): boolean {
    return this.other === other && this.span.from === from && this.span.to === to
  }

  comingTo(asset: number): readonly Zone[] {
    if (this.#zones.length > FEW_ZONES) return (this.#byAsset ??= byAsset(this.#zones)).get(asset) ?? NO_ZONES
    return this.#zones.filter(zone => zone.entries.some(entry => entry.asset === asset))
  }
}

function byAsset(zones: readonly Zone[]): Map<number, Zone[]> {
  const lists = new Map<number, Zone[]>()
  for (const zone of zones) {
    for (const { asset } of zone.entries) {
      const list = lists.get(asset)
      if (!list) lists.set(asset, [zone])
      else if (list.at(-1) !== zone) list.push(zone)
    }
  }
  return lists
}

/**
 * Zones found by looking around from where they are asked for. Crossings, joints and their zones are kept; where one is
 * found again it is the same object.
 */
export class NearZones implements ZoneSource {
  readonly #world: World
  readonly #crossings: CrossingsNear
  readonly #farM: (group: number, other: number | null) => number
  readonly #ofCrossing = new Map<Crossing, Zone>()
  readonly #reachesOf = new Map<Place, readonly JointReach[]>()
  readonly #ofJoint = new Map<JointReach, Zone>()
  /** What was found last from each asset: where many lie together, every pair asks the same of it. */
  readonly #lastFrom = new Map<number, FoundZones>()

  /**
   * @param crossings The same object for the same crossing however often it is asked.
   * @param farM No zone that is on lines of a kind and owner and comes from another (null: any) is longer, its spare aside.
   */
  constructor(world: World, crossings: CrossingsNear, farM: (group: number, other: number | null) => number) {
    this.#world = world
    this.#crossings = crossings
    this.#farM = farM
  }

  common(a: Span, b: Span): readonly Zone[] {
    const { group } = this.#world.network
    // What comes to lines of two kinds and owners is from a meeting of these two. The drawn route meets few, and is looked around from.
    const [from, to] = b.asset === this.#world.routeAsset ? [b, a] : [a, b]
    const other = group[from.asset] === group[to.asset] ? null : group[to.asset]!
    let last = this.#lastFrom.get(from.asset)
    if (!last?.isFor(from, other)) {
      last = new FoundZones(from, other, this.#find(from, other))
      this.#lastFrom.set(from.asset, last)
    }
    return last.comingTo(to.asset)
  }

  #find({ asset, from: first, to: last }: Span, other: number | null): Zone[] {
    const world = this.#world
    const near = new Set<Zone>()
    const group = world.network.group[asset]!
    const farM = this.#farM(group, other) + world.spareM(group, other) / leastSine(world.pack) + VERTICAL_M
    spread(world, group, [{ asset, from: first, to: last, leftM: farM }], ({ asset: on, from, to, leftM }) => {
      // Along the lines, a place is as far from the span as what has been walked and the rest of the way.
      const wayTo = (p: number, q: number): number => farM - leftM + Math.max(0, from - Math.max(p, q), Math.min(p, q) - to) - VERTICAL_M
      for (const crossing of world.pack.semantics === 'crossing-alongside' ? this.#crossings(on, from - leftM - VERTICAL_M, to + leftM + VERTICAL_M, other) : []) {
        const { a, b, meeting, reachM, sine } = crossing
        const wayM = a === on ? wayTo(meeting.a0, meeting.a1) : wayTo(meeting.b0, meeting.b1)
        if (wayM <= reachM + world.spareM(world.network.group[a]!, world.network.group[b]!) / sine) near.add(this.#crossingZone(crossing))
      }
      for (const place of world.placesOf(on)) {
        let wayM = Infinity
        for (const member of place.members) if (member.asset === on) wayM = Math.min(wayM, wayTo(member.chainageM, member.chainageM))
        if (wayM > farM) continue
        let reaches = this.#reachesOf.get(place)
        if (!reaches) this.#reachesOf.set(place, (reaches = jointReaches(world, place)))
        for (const reach of reaches) {
          const { groups, reachM, sine } = reach
          if (groups.includes(group) && (other === null || groups.includes(other)) && wayM <= reachM + world.spareM(groups[0]!, groups[1]!) / sine) near.add(this.#jointZone(place, reach))
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
