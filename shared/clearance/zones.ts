import type { Crossing } from './crossings.ts'
import { lengthOf, VERTICAL_M } from './network.ts'
import { addParts, firstTouching, isVertical, largestSine, newParts } from './parts.ts'
import type { Place } from './places.ts'
import { leastSine, zoneReachM, type World } from './world.ts'

/** A stretch of an asset inside a zone, plan chainages. */
export interface ZonePiece {
  readonly asset: number
  readonly from: number
  readonly to: number
  /** Side of the crossing it belongs to. */
  readonly side: 'a' | 'b'
}

/** A vertical part that starts at a joint: vertices from … to, and the level of its start. */
export interface Riser {
  readonly asset: number
  readonly from: number
  readonly to: number
  readonly startZ: number
}

/** What lies within reach of a crossing or a joint, along the lines of a kind and owner (design §5, rules 2 and 6). */
export interface Zone {
  readonly pieces: readonly ZonePiece[]
  /** Null for a joint. */
  readonly crossing: Crossing | null
  readonly risers: readonly Riser[]
}

interface Entry {
  readonly asset: number
  readonly from: number
  readonly to: number
  readonly leftM: number
}

/**
 * Stretches reached from the entries along lines of one kind and owner, through joints, tees included; a gap inside the
 * snap tolerance adds no length.
 * @param visit Receives each stretch [from − left, to + left], clipped to the asset; the same place may come more than once.
 */
function spread(world: World, group: number, entries: Entry[], visit: (asset: number, from: number, to: number) => void): void {
  const { network } = world
  const done = new Map<number, Entry[]>()
  for (let entry = entries.pop(); entry; entry = entries.pop()) {
    const { asset, from, to, leftM } = entry
    const known = done.get(asset) ?? []
    // Reached before from as near or nearer: nothing new.
    if (known.some(k => k.leftM - Math.max(0, k.from - from) >= leftM && k.leftM - Math.max(0, to - k.to) >= leftM)) continue
    known.push(entry)
    done.set(asset, known)
    visit(asset, Math.max(0, from - leftM), Math.min(lengthOf(network, asset), to + leftM))
    for (const place of world.placesOf(asset)) {
      for (const member of place.members) {
        if (member.asset !== asset) continue
        const stillM = leftM - Math.max(0, from - member.chainageM, member.chainageM - to)
        if (stillM < 0) continue
        for (const next of place.members) {
          if (next === member || network.group[next.asset] !== group || !world.takesPart(next.asset)) continue
          entries.push({ asset: next.asset, from: next.chainageM, to: next.chainageM, leftM: stillM })
        }
      }
    }
  }
}

/** The zone of a crossing: both sides, each spread through the network of its kind and owner. */
function crossingZone(world: World, crossing: Crossing, widenM: number): Zone {
  const { a, b, meeting, sine } = crossing
  const reachM = crossing.reachM + widenM / sine
  const pieces: ZonePiece[] = []
  const side = (which: 'a' | 'b', asset: number, p: number, q: number): void =>
    spread(world, world.network.group[asset]!, [{ asset, from: Math.min(p, q), to: Math.max(p, q), leftM: reachM }], (on, from, to) => pieces.push({ asset: on, from, to, side: which }))
  side('a', a, meeting.a0, meeting.a1)
  side('b', b, meeting.b0, meeting.b1)
  return { pieces, crossing, risers: [] }
}

/** The zones of a joint, one for each two kinds and owners joined there: of several lengths the longest holds. */
function jointZones(world: World, place: Place, widenM: number): Zone[] {
  const { network } = world
  const members = place.members.filter(member => world.takesPart(member.asset))
  const reaches = new Map<string, { groups: readonly number[]; reachM: number }>()
  members.forEach((m, i) => {
    for (const n of members.slice(i + 1)) {
      if (m.asset === n.asset) continue
      const groups = [network.group[m.asset]!, network.group[n.asset]!].sort((p, q) => p - q)
      const reachM = (zoneReachM(world, m.asset, n.asset) + widenM) / jointSine(world, m, n)
      const known = reaches.get(groups.join())
      if (!known || reachM > known.reachM) reaches.set(groups.join(), { groups, reachM })
    }
  })
  const risers = members.flatMap(member => risersAt(world, place, member.asset, member.chainageM))
  return [...reaches.values()].map(({ groups, reachM }) => {
    const pieces: ZonePiece[] = []
    for (const group of new Set(groups)) {
      const entries = members.filter(member => network.group[member.asset] === group).map(member => ({ asset: member.asset, from: member.chainageM, to: member.chainageM, leftM: reachM }))
      spread(world, group, entries, (asset, from, to) => pieces.push({ asset, from, to, side: 'a' }))
    }
    return { pieces, crossing: null, risers }
  })
}

/** Sine of a joint's angle: at least that of 30°; 1 where a side is a lone riser. */
function jointSine(world: World, m: { asset: number; chainageM: number }, n: { asset: number; chainageM: number }): number {
  const snapM = world.pack.snapToleranceM
  const [a, b] = [newParts(), newParts()]
  addParts(world.network, m.asset, m.chainageM, m.chainageM, snapM, a)
  addParts(world.network, n.asset, n.chainageM, n.chainageM, snapM, b)
  return Math.max(0.5, largestSine(a, b) ?? 1)
}

/** The vertical parts of an asset that start at a place: from one of their two ends, whole, however many vertices they have. */
function risersAt(world: World, place: Place, asset: number, chainage: number): Riser[] {
  const { network } = world
  const { xyz, chainageM, vertexStart } = network
  const snapM = world.pack.snapToleranceM
  const last = vertexStart[asset + 1]! - 1
  const risers: Riser[] = []
  const isThere = (v: number): boolean => Math.hypot(xyz[3 * v]! - place.at[0], xyz[3 * v + 1]! - place.at[1], xyz[3 * v + 2]! - place.at[2]) <= 2 * snapM
  for (let v = firstTouching(network, asset, chainage - snapM); v < last && chainageM[v]! <= chainage + snapM; v++) {
    if (!isVertical(network, v)) continue
    let to = v + 1
    while (to < last && chainageM[to + 1] === chainageM[to]) to++
    for (const start of [v, to]) if (isThere(start)) risers.push({ asset, from: v, to, startZ: xyz[3 * start + 2]! })
    v = to
  }
  return risers
}

/** Zones already found for one widening. */
interface Found {
  readonly ofCrossing: Map<Crossing, Zone>
  readonly ofPlace: Map<Place, readonly Zone[]>
  readonly ofAsset: Map<number, readonly Zone[]>
}

/** Every zone that reaches an asset, from crossings and joints on it and on what is connected with it. */
export class ZoneFinder {
  readonly #world: World
  readonly #crossings: (asset: number) => readonly Crossing[]
  readonly #farM: number
  readonly #found = new Map<number, Found>()

  /**
   * @param crossings Crossings of an asset; the same object for the same crossing however often it is asked.
   * @param farM No zone is longer, unless it is widened.
   */
  constructor(world: World, crossings: (asset: number) => readonly Crossing[], farM: number) {
    this.#world = world
    this.#crossings = crossings
    this.#farM = farM
  }

  /**
   * @param widenM 0 for the zones of the drawn position. Where lines may be that much nearer than drawn, their crossings
   *   and joints move with them, and the zones reach as much further.
   */
  zonesOf(asset: number, widenM: number): readonly Zone[] {
    let found = this.#found.get(widenM)
    if (!found) this.#found.set(widenM, (found = { ofCrossing: new Map(), ofPlace: new Map(), ofAsset: new Map() }))
    let zones = found.ofAsset.get(asset)
    if (!zones) found.ofAsset.set(asset, (zones = this.#find(asset, widenM, found)))
    return zones
  }

  #find(asset: number, widenM: number, { ofCrossing, ofPlace }: Found): Zone[] {
    const world = this.#world
    const near = new Set<Zone>()
    const farM = this.#farM + widenM / leastSine(world.pack)
    spread(world, world.network.group[asset]!, [{ asset, from: 0, to: lengthOf(world.network, asset), leftM: farM }], (on, from, to) => {
      for (const crossing of world.pack.semantics === 'crossing-alongside' ? this.#crossings(on) : []) {
        const { a, meeting } = crossing
        const [p, q] = a === on ? [meeting.a0, meeting.a1] : [meeting.b0, meeting.b1]
        if (Math.max(p, q) < from - VERTICAL_M || Math.min(p, q) > to + VERTICAL_M) continue
        let zone = ofCrossing.get(crossing)
        if (!zone) ofCrossing.set(crossing, (zone = crossingZone(world, crossing, widenM)))
        near.add(zone)
      }
      for (const place of world.placesOf(on)) {
        let zones = ofPlace.get(place)
        if (!zones) ofPlace.set(place, (zones = jointZones(world, place, widenM)))
        for (const zone of zones) near.add(zone)
      }
    })
    return [...near].filter(zone => zone.pieces.some(piece => piece.asset === asset))
  }
}
