import type { Crossing } from './crossings.ts'
import { addParts, firstTouching, isVertical, largestSine, Parts } from '../network/parts.ts'
import type { Place } from '../joints/places.ts'
import { zoneReachM, type World } from '../worlds/world.ts'

/** Where a zone comes to an asset, plan chainages, and how far it may go on from there when spread to its full spare. */
export interface ZoneEntry {
  readonly asset: number
  readonly from: number
  readonly to: number
  readonly leftM: number
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

/**
 * What lies within reach of a crossing or a joint, along the lines of a kind and owner (design §5, rules 2 and 6). Spread
 * once with room to spare: where lines may be w nearer than drawn, their crossings and joints move with them, and their
 * zones reach w further, as they would with a limit that much larger.
 */
export interface Zone {
  readonly entries: readonly ZoneEntry[]
  /** How much it was widened by when it was spread, and the sine it was divided by. */
  readonly spareM: number
  readonly sine: number
  /** Null for a joint. */
  readonly crossing: Crossing | null
  readonly risers: readonly Riser[]
}

/** How far a zone widened by `widenM` goes on from an entry; negative where it does not get there. */
export const leftAt = (zone: Zone, entry: ZoneEntry, widenM: number): number => entry.leftM - (zone.spareM - widenM) / zone.sine

/**
 * Adds the stretches reached along lines of one kind and owner, through joints, tees included; a gap inside the snap
 * tolerance adds no length. The same asset may be entered more than once.
 * @param starts Where it begins.
 * @param reached Receives the entries, the starts among them, behind those that are there.
 */
export function spread(world: World, group: number, starts: readonly ZoneEntry[], reached: ZoneEntry[]): void {
  const { group: groupOf } = world.network
  done.begin(reached)
  /** Crowded places gone on from, with what was left of the way: whoever comes there with no more finds nothing new. */
  let crowded: Map<Place, number> | null = null
  let waiting = 0
  for (let k = 0; k < starts.length; k++) ahead[waiting++] = starts[k]!
  while (waiting > 0) {
    const entry = ahead[--waiting]!
    const { asset, from, to, leftM, side } = entry
    if (done.has(asset, from, to, leftM)) continue
    done.add(entry)
    const places = world.placesOf(asset)
    for (let p = 0; p < places.length; p++) {
      const { members } = places[p]!
      for (let m = 0; m < members.length; m++) {
        const member = members[m]!
        if (member.asset !== asset) continue
        const stillM = leftM - Math.max(0, from - member.chainageM, member.chainageM - to)
        if (stillM < 0) continue
        if (members.length > FEW_REACHED) {
          const known = (crowded ??= new Map()).get(places[p]!)
          if (known !== undefined && known >= stillM) continue
          crowded.set(places[p]!, stillM)
        }
        for (let n = 0; n < members.length; n++) {
          const next = members[n]!
          if (next === member || groupOf[next.asset] !== group || !world.takesPart(next.asset) || done.has(next.asset, next.chainageM, next.chainageM, stillM)) continue
          ahead[waiting++] = { asset: next.asset, from: next.chainageM, to: next.chainageM, leftM: stillM, side }
        }
      }
    }
  }
}

/** Most spreadings reach a few assets, which are looked through; from here on they are found by asset. */
const FEW_REACHED = 12

/** What a spreading has reached: the end of a list. */
class Reached {
  #all: ZoneEntry[] = []
  #first = 0
  #byAsset: Map<number, ZoneEntry[]> | null = null

  /** @param all What is added goes behind what is there. */
  begin(all: ZoneEntry[]): void {
    this.#all = all
    this.#first = all.length
    this.#byAsset = null
  }

  /** Whether an asset was reached before from as near or nearer: nothing new. */
  has(asset: number, from: number, to: number, leftM: number): boolean {
    const known = this.#byAsset ? this.#byAsset.get(asset) : this.#all
    if (!known) return false
    for (let i = this.#byAsset ? 0 : this.#first; i < known.length; i++) {
      const k = known[i]!
      if (k.asset === asset && k.leftM - Math.max(0, k.from - from) >= leftM && k.leftM - Math.max(0, to - k.to) >= leftM) return true
    }
    return false
  }

  add(entry: ZoneEntry): void {
    this.#all.push(entry)
    if (this.#byAsset) this.#index(this.#byAsset, entry)
    else if (this.#all.length - this.#first >= FEW_REACHED) {
      this.#byAsset = new Map()
      for (let i = this.#first; i < this.#all.length; i++) this.#index(this.#byAsset, this.#all[i]!)
    }
  }

  #index(byAsset: Map<number, ZoneEntry[]>, entry: ZoneEntry): void {
    const known = byAsset.get(entry.asset)
    if (known) known.push(entry)
    else byAsset.set(entry.asset, [entry])
  }
}

/** Scratch of the spreading at hand: they are many, and each is soon done. */
const done = new Reached()
const ahead: ZoneEntry[] = []

const NO_RISERS: readonly Riser[] = []

/** The zone of a crossing: both sides, each spread through the network of its kind and owner. */
export function crossingZone(world: World, crossing: Crossing): Zone {
  const { a, b, meeting, sine } = crossing
  const { group } = world.network
  const spareM = world.spareM(group[a]!, group[b]!)
  const leftM = crossing.reachM + spareM / sine
  const entries: ZoneEntry[] = []
  spread(world, group[a]!, [{ asset: a, from: Math.min(meeting.a0, meeting.a1), to: Math.max(meeting.a0, meeting.a1), leftM, side: 'a' }], entries)
  spread(world, group[b]!, [{ asset: b, from: Math.min(meeting.b0, meeting.b1), to: Math.max(meeting.b0, meeting.b1), leftM, side: 'b' }], entries)
  return { entries, spareM, sine, crossing, risers: NO_RISERS }
}

/** How far a zone of a joint reaches: one for each two kinds and owners joined there; of several lengths the longest holds. */
export interface JointReach {
  readonly groups: readonly number[]
  readonly reachM: number
  readonly sine: number
}

export function jointReaches(world: World, place: Place): JointReach[] {
  const { group } = world.network
  const reaches: JointReach[] = []
  place.members.forEach((m, i) => {
    for (const n of place.members.slice(i + 1)) {
      if (m.asset === n.asset) continue
      const groups = [group[m.asset]!, group[n.asset]!].sort((p, q) => p - q)
      const sine = jointSine(world, m, n)
      const reachM = zoneReachM(world, m.asset, n.asset) / sine
      const known = reaches.findIndex(reach => reach.groups[0] === groups[0] && reach.groups[1] === groups[1])
      if (known < 0) reaches.push({ groups, reachM, sine })
      else if (reachM > reaches[known]!.reachM) reaches[known] = { groups, reachM, sine }
    }
  })
  return reaches
}

export function jointZone(world: World, place: Place, { groups, reachM, sine }: JointReach): Zone {
  const spareM = world.spareM(groups[0]!, groups[1]!)
  const entries: ZoneEntry[] = []
  for (const group of new Set(groups)) {
    const starts = place.members.filter(member => world.network.group[member.asset] === group)
      .map((member): ZoneEntry => ({ asset: member.asset, from: member.chainageM, to: member.chainageM, leftM: reachM + spareM / sine, side: 'a' }))
    spread(world, group, starts, entries)
  }
  return { entries, spareM, sine, crossing: null, risers: place.members.flatMap(member => risersAt(world, place, member.asset, member.chainageM)) }
}

const partsM = new Parts()
const partsN = new Parts()

/** Sine of a joint's angle: at least that of 30°; 1 where a side is a lone riser. */
function jointSine(world: World, m: { asset: number; chainageM: number }, n: { asset: number; chainageM: number }): number {
  const snapM = world.pack.snapToleranceM
  partsM.clear()
  partsN.clear()
  addParts(world.network, m.asset, m.chainageM, m.chainageM, snapM, partsM)
  addParts(world.network, n.asset, n.chainageM, n.chainageM, snapM, partsN)
  return Math.max(0.5, largestSine(partsM, partsN) ?? 1)
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
