import { distanceToSegment } from '../../geometry/point-segment.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { manholesOfEnd, type Manholes } from '../network/manholes.ts'
import { KeptBySegment } from '../network/kept-by-segment.ts'
import { isRing, memberAt, touchesOfEnd, touchOf, type Member, type Place } from './places.ts'
import type { SegmentReader } from '../grid/grid-reader.ts'

/** A place being put together; at first the route's end or axis, and the one asset it meets there. */
interface Draft {
  readonly members: readonly Member[]
  readonly at: Place['at']
}

/** What an end of a drawn route touches, kept while it stays where it is, at the same chainage. */
class LinksOfEnd {
  readonly #end: 0 | 1
  readonly #where = new Float64Array(4)
  #found: readonly Draft[] | null = null

  constructor(end: 0 | 1) {
    this.#end = end
  }

  /** What is around the route has changed. */
  forget(): void {
    this.#found = null
  }

  of(network: ClearanceNetwork, reader: SegmentReader, route: number, snapM: number, takesPart: (asset: number) => boolean): readonly Draft[] {
    const { xyz, chainageM, vertexStart } = network
    const where = this.#where
    const vertex = this.#end === 0 ? vertexStart[route]! : vertexStart[route + 1]! - 1
    const [x, y, z, atM] = [xyz[3 * vertex]!, xyz[3 * vertex + 1]!, xyz[3 * vertex + 2]!, chainageM[vertex]!]
    if (this.#found && where[0] === x && where[1] === y && where[2] === z && (this.#found.length === 0 || where[3] === atM)) return this.#found
    where[0] = x
    where[1] = y
    where[2] = z
    where[3] = atM
    return (this.#found = touchesOfEnd(network, reader, route, this.#end, snapM, asset => !takesPart(asset)).map((touch): Draft => ({
      members: [memberAt(network, route, atM, this.#end), memberAt(network, touch.asset, touch.chainageM, touch.role === 2 ? null : touch.role)], at: pointOf(network, vertex),
    })))
  }
}

/** The places a drawn route makes or joins, each with everything that is joined there, and the old ones that they take the place of. */
export interface LaidPlaces {
  readonly made: readonly Place[]
  readonly replaced: ReadonlySet<Place>
}

const NOTHING_LAID: LaidPlaces = { made: [], replaced: new Set() }

/** Finds the places of a route from one frame of a drag to the next. */
export class RoutePlaces {
  readonly #manholes: Manholes
  readonly #snapM: number
  readonly #takesPart: (asset: number) => boolean
  readonly #placesOf: (asset: number) => readonly Place[]
  /** Ends of others near each segment of the route. */
  readonly #endsOn = new KeptBySegment<readonly number[]>()
  readonly #ends = [new LinksOfEnd(0), new LinksOfEnd(1)] as const
  #links: readonly Draft[] = []
  #laid = NOTHING_LAID

  /** @param placesOf Places without the route. */
  constructor(manholes: Manholes, snapM: number, takesPart: (asset: number) => boolean, placesOf: (asset: number) => readonly Place[]) {
    this.#manholes = manholes
    this.#snapM = snapM
    this.#takesPart = takesPart
    this.#placesOf = placesOf
  }

  /** What is around the route has changed. */
  forget(): void {
    for (const end of this.#ends) end.forget()
    this.#links = []
    this.#laid = NOTHING_LAID
  }

  /** @returns the same object as for the frame before where the route meets the same in the same places. */
  of(network: ClearanceNetwork, reader: SegmentReader, route: number): LaidPlaces {
    const links: Draft[] = []
    if (isRing(network, route, this.#snapM)) links.push(ringOf(network, route))
    for (const end of this.#ends) for (const link of end.of(network, reader, route, this.#snapM, this.#takesPart)) links.push(link)
    findLinksOnAxis(network, reader, this.#endsOn, route, this.#snapM, this.#takesPart, links)
    findManholeLinks(network, this.#manholes, route, this.#snapM, this.#takesPart, links)
    if (links.length !== this.#links.length || !links.every((link, k) => isSameLink(link, this.#links[k]!))) {
      this.#links = links
      this.#laid = links.length === 0 ? NOTHING_LAID : joined(links, route, this.#snapM, this.#placesOf)
    }
    return this.#laid
  }
}

const isSameLink = (m: Draft, n: Draft): boolean =>
  m === n || (isSameMember(m.members[0]!, n.members[0]!) && isSameMember(m.members[1]!, n.members[1]!) && m.at[0] === n.at[0] && m.at[1] === n.at[1] && m.at[2] === n.at[2])

const isSameMember = (m: Member, n: Member): boolean => m.asset === n.asset && m.end === n.end && m.chainageM === n.chainageM && m.x === n.x && m.y === n.y

/** Puts places together from what the route meets. */
function joined(links: readonly Draft[], route: number, snapM: number, placesOf: (asset: number) => readonly Place[]): LaidPlaces {
  const drafts: Draft[] = []
  const replaced = new Set<Place>()
  for (const { members, at } of links) {
    const old = members.flatMap(member => (member.asset === route ? [] : placesOf(member.asset).filter(place => isNear(place.at, at, snapM) || holdsEnd(place, member))))
    for (const place of old) replaced.add(place)
    const same = drafts.filter(draft => isNear(draft.at, at, snapM) || members.some(member => member.asset !== route && holdsEnd(draft, member)))
    for (const draft of same) drafts.splice(drafts.indexOf(draft), 1)
    drafts.push({ members: [...same.flatMap(draft => draft.members), ...old.flatMap(place => place.members), ...members], at: old[0]?.at ?? same[0]?.at ?? at })
  }
  return { made: drafts.map(({ members, at }) => ({ members: onceEach(members), at })), replaced }
}

/** What is one place is within the snap tolerance of an end that is within it of the place's point. */
const isNear = (p: Place['at'], q: Place['at'], snapM: number): boolean => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= 2 * snapM

/** Whether an end is already part of a place: of one in a manhole, at another level. */
const holdsEnd = ({ members }: Draft, { asset, end }: Member): boolean => end !== null && members.some(member => member.asset === asset && member.end === end)

const ENDS = [0, 1] as const

/** Adds the ends that the route's own meet in a manhole. */
function findManholeLinks(network: ClearanceNetwork, manholes: Manholes, route: number, snapM: number, takesPart: (asset: number) => boolean, links: Draft[]): void {
  if (manholes.kind.length === 0) return
  const { chainageM, vertexStart } = network
  for (const role of ENDS) {
    const own = role === 0 ? vertexStart[route]! : vertexStart[route + 1]! - 1
    for (const k of manholesOfEnd(manholes, network, route, role, snapM)) {
      for (let e = manholes.endStart[k]!; e < manholes.endStart[k + 1]!; e++) {
        const code = manholes.ends[e]!
        const asset = code >> 1
        if (!takesPart(asset)) continue
        const end = (code & 1) as 0 | 1
        const other = end === 0 ? vertexStart[asset]! : vertexStart[asset + 1]! - 1
        links.push({ members: [memberAt(network, route, chainageM[own]!, role), memberAt(network, asset, chainageM[other]!, end)], at: pointOf(network, own) })
      }
    }
  }
}

/** Adds the ends of others on the route's axis. */
function findLinksOnAxis(network: ClearanceNetwork, reader: SegmentReader, endsOn: KeptBySegment<readonly number[]>, route: number, snapM: number, takesPart: (asset: number) => boolean, links: Draft[]): void {
  const { vertexStart, chainageM, vertexAsset } = network
  const first = vertexStart[route]!
  const last = vertexStart[route + 1]! - 1
  const near = (segment: number): readonly number[] => endsNear(network, reader, segment, snapM)
  for (let v = first; v < last; v++) {
    for (const vertex of endsOn.of(network.xyz, v, v - first, near)) {
      const other = vertexAsset[vertex]!
      const onRoute = takesPart(other) ? touchOf(network, vertex, v, route, snapM) : null
      if (onRoute?.role !== 2) continue
      const role = vertex === vertexStart[other] ? 0 : 1
      links.push({ members: [memberAt(network, route, onRoute.chainageM, null), memberAt(network, other, chainageM[vertex]!, role)], at: pointOf(network, vertex) })
    }
  }
}

const NO_ENDS: readonly number[] = []

/** Ends of others that may touch a segment of a drawn route, whatever their levels: vertices. Hardly any, though many are around. */
function endsNear({ xyz, vertexAsset, vertexStart }: ClearanceNetwork, reader: SegmentReader, v: number, snapM: number): readonly number[] {
  let ends: number[] | null = null
  const count = reader.query(v, snapM)
  for (let m = 0; m < count; m++) {
    const j = reader.found[m]!
    const other = vertexAsset[j]!
    if (j === vertexStart[other] && isNearInPlan(xyz, j, v, 2 * snapM)) (ends ??= []).push(j)
    if (j + 2 === vertexStart[other + 1] && isNearInPlan(xyz, j + 1, v, 2 * snapM)) (ends ??= []).push(j + 1)
  }
  return ends ?? NO_ENDS
}

/** Whether a vertex lies within a distance of a segment in plan. */
function isNearInPlan(xyz: Float64Array, vertex: number, v: number, withinM: number): boolean {
  const x = xyz[3 * vertex]!
  const y = xyz[3 * vertex + 1]!
  const x0 = xyz[3 * v]!
  const y0 = xyz[3 * v + 1]!
  const x1 = xyz[3 * v + 3]!
  const y1 = xyz[3 * v + 4]!
  return x >= Math.min(x0, x1) - withinM && x <= Math.max(x0, x1) + withinM && y >= Math.min(y0, y1) - withinM && y <= Math.max(y0, y1) + withinM &&
    distanceToSegment(x, y, x0, y0, x1, y1) <= withinM
}

/** Members once each; an asset that ends there does not pass through as well. */
function onceEach(members: readonly Member[]): Member[] {
  const kept: Member[] = []
  for (const member of [...members].sort((m, n) => Number(m.end === null) - Number(n.end === null))) {
    if (!kept.some(known => known.asset === member.asset && (member.end === null || known.end === member.end))) kept.push(member)
  }
  return kept
}

function ringOf(network: ClearanceNetwork, route: number): Draft {
  const first = network.vertexStart[route]!
  const last = network.vertexStart[route + 1]! - 1
  return { members: [memberAt(network, route, 0, 0), memberAt(network, route, network.chainageM[last]!, 1)], at: pointOf(network, first) }
}

const pointOf = ({ xyz }: ClearanceNetwork, vertex: number): Place['at'] => [xyz[3 * vertex]!, xyz[3 * vertex + 1]!, xyz[3 * vertex + 2]!]
