import type { Crossing } from './crossings.ts'
import { VERTICAL_M } from '../network/network.ts'
import type { Place } from '../joints/places.ts'
import { leastSine, type World } from '../worlds/world.ts'
import { crossingZone, jointReaches, jointZone, spread, type JointReach, type Zone, type ZoneEntry } from './zones.ts'

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
    let coming: Zone[] | null = null
    for (const zone of this.#zones) if (comesTo(zone, asset)) (coming ??= []).push(zone)
    return coming ?? NO_ZONES
  }
}

function comesTo({ entries }: Zone, asset: number): boolean {
  for (const entry of entries) if (entry.asset === asset) return true
  return false
}

/** Zones, each once: few are looked through. */
class ZoneList {
  readonly zones: Zone[] = []
  #known: Set<Zone> | null = null

  add(zone: Zone): void {
    if (this.#known ? this.#known.has(zone) : this.zones.includes(zone)) return
    this.zones.push(zone)
    if (this.#known) this.#known.add(zone)
    else if (this.zones.length > FEW_ZONES) this.#known = new Set(this.zones)
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
  #ofCrossing = new Map<Crossing, Zone>()
  #reachesOf = new Map<Place, readonly JointReach[]>()
  #ofJoint = new Map<JointReach, Zone>()
  /** What was found last from each asset: where many lie together, every pair asks the same of it. */
  #lastFrom = new Map<number, FoundZones>()
  #asked: Span | null = null
  /** What was found from all of that, by the other kind and owner. */
  #fromAsked = new Map<number | null, FoundZones>()
  /** Where the search at hand has come to. */
  readonly #reached: ZoneEntry[] = []

  /**
   * @param crossings The same object for the same crossing however often it is asked.
   * @param farM No zone that is on lines of a kind and owner and comes from another (null: any) is longer, its spare aside.
   */
  constructor(world: World, crossings: CrossingsNear, farM: (group: number, other: number | null) => number) {
    this.#world = world
    this.#crossings = crossings
    this.#farM = farM
  }

  /** Lets go of everything. */
  forget(): void {
    this.#asked = null
    // Not cleared: see `CrossingBook.forget`.
    if (this.#ofCrossing.size > 0) this.#ofCrossing = new Map()
    if (this.#reachesOf.size > 0) this.#reachesOf = new Map()
    if (this.#ofJoint.size > 0) this.#ofJoint = new Map()
    if (this.#lastFrom.size > 0) this.#lastFrom = new Map()
    if (this.#fromAsked.size > 0) this.#fromAsked = new Map()
  }

  /** Whoever asks from now on does so for parts of one span: zones of the whole of it are looked for once. */
  askAbout(span: Span): void {
    this.#asked = span
  }

  common(a: Span, b: Span): readonly Zone[] {
    const { group } = this.#world.network
    // What comes to lines of two kinds and owners is from a meeting of these two. The drawn route meets few, and is looked around from.
    const isTurned = b.asset === this.#world.routeAsset
    const from = isTurned ? b : a
    const to = isTurned ? a : b
    const other = group[from.asset] === group[to.asset] ? null : group[to.asset]!
    const asked = this.#asked
    if (asked?.asset === from.asset && asked.from <= from.from && asked.to >= from.to) {
      let found = this.#fromAsked.get(other)
      if (!found) this.#fromAsked.set(other, (found = new FoundZones(asked, other, this.#find(asked, other))))
      return found.comingTo(to.asset)
    }
    let last = this.#lastFrom.get(from.asset)
    if (!last?.isFor(from, other)) {
      last = new FoundZones(from, other, this.#find(from, other))
      this.#lastFrom.set(from.asset, last)
    }
    return last.comingTo(to.asset)
  }

  #find({ asset, from: first, to: last }: Span, other: number | null): readonly Zone[] {
    const world = this.#world
    const near = new ZoneList()
    const group = world.network.group[asset]!
    const farM = this.#farM(group, other) + world.spareM(group, other) / leastSine(world.pack) + VERTICAL_M
    this.#reached.length = 0
    spread(world, group, [{ asset, from: first, to: last, leftM: farM, side: 'a' }], this.#reached)
    for (const entry of this.#reached) {
      if (world.pack.semantics === 'crossing-alongside') this.#addCrossings(entry, farM, other, near)
      this.#addJoints(entry, farM, group, other, near)
    }
    return near.zones
  }

  /** Adds the zones of crossings on an asset that come from there to where the search began. */
  #addCrossings(entry: ZoneEntry, farM: number, other: number | null, near: ZoneList): void {
    const world = this.#world
    const { group } = world.network
    for (const crossing of this.#crossings(entry.asset, entry.from - entry.leftM - VERTICAL_M, entry.to + entry.leftM + VERTICAL_M, other)) {
      const { a, b, meeting, reachM, sine } = crossing
      const way = a === entry.asset ? wayM(entry, farM, meeting.a0, meeting.a1) : wayM(entry, farM, meeting.b0, meeting.b1)
      if (way <= reachM + world.spareM(group[a]!, group[b]!) / sine) near.add(this.#crossingZone(crossing))
    }
  }

  /** The same of joints. */
  #addJoints(entry: ZoneEntry, farM: number, group: number, other: number | null, near: ZoneList): void {
    const world = this.#world
    for (const place of world.placesOf(entry.asset)) {
      let way = Infinity
      for (const member of place.members) if (member.asset === entry.asset) way = Math.min(way, wayM(entry, farM, member.chainageM, member.chainageM))
      if (way > farM) continue
      let reaches = this.#reachesOf.get(place)
      if (!reaches) this.#reachesOf.set(place, (reaches = jointReaches(world, place)))
      for (const reach of reaches) {
        const { groups, reachM, sine } = reach
        if (groups.includes(group) && (other === null || groups.includes(other)) && way <= reachM + world.spareM(groups[0]!, groups[1]!) / sine) near.add(this.#jointZone(place, reach))
      }
    }
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

/** Along the lines, a place p … q of an asset is as far from where the search began as what has been walked and the rest of the way. */
const wayM = ({ from, to, leftM }: ZoneEntry, farM: number, p: number, q: number): number =>
  farM - leftM + Math.max(0, from - Math.max(p, q), Math.min(p, q) - to) - VERTICAL_M
