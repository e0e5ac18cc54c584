import type { ClearanceNetwork } from '../network/network.ts'
import { manholesOfEnd, type Manholes } from '../network/manholes.ts'
import type { KeptBySegment } from '../network/kept-by-segment.ts'
import { isRing, memberAt, touchesOfEnd, touchOf, type Member, type Place, type Touch } from './places.ts'
import type { SegmentReader } from '../grid/grid-reader.ts'

/** Ends of others near each segment of the route. */
export type EndsOnRoute = KeptBySegment<readonly number[]>

/** What the two ends of a drawn route touch, kept while they stay where they are. */
export class TouchesOfEnds {
  readonly #where = new Float64Array(6)
  readonly #found: [readonly Touch[] | null, readonly Touch[] | null] = [null, null]

  /** Forgets them: what is around the route has changed. */
  clear(): void {
    this.#found[0] = this.#found[1] = null
  }

  of(network: ClearanceNetwork, reader: SegmentReader, route: number, end: 0 | 1, snapM: number, takesPart: (asset: number) => boolean): readonly Touch[] {
    const { xyz, vertexStart } = network
    const where = this.#where
    const v = 3 * (end === 0 ? vertexStart[route]! : vertexStart[route + 1]! - 1)
    const known = this.#found[end]
    if (known && where[3 * end] === xyz[v] && where[3 * end + 1] === xyz[v + 1] && where[3 * end + 2] === xyz[v + 2]) return known
    for (let k = 0; k < 3; k++) where[3 * end + k] = xyz[v + k]!
    return (this.#found[end] = touchesOfEnd(network, reader, route, end, snapM, asset => !takesPart(asset)))
  }
}

/** A place being put together; at first the route's end or axis, and the one asset it meets there. */
interface Draft {
  readonly members: readonly Member[]
  readonly at: Place['at']
}

/**
 * The places a drawn route makes or joins, each with everything that is joined there.
 * @param endsOn, touching Of this network, from one frame to the next.
 * @param placesOf Places without the route.
 * @returns the new places, and the old ones that they take the place of.
 */
export function laidPlaces(
  network: ClearanceNetwork, reader: SegmentReader, endsOn: EndsOnRoute, touching: TouchesOfEnds, manholes: Manholes, route: number, snapM: number,
  takesPart: (asset: number) => boolean, placesOf: (asset: number) => readonly Place[],
): { readonly made: readonly Place[]; readonly replaced: ReadonlySet<Place> } {
  const drafts: Draft[] = isRing(network, route, snapM) ? [ringOf(network, route)] : []
  const replaced = new Set<Place>()
  const links = [...findLinks(network, reader, endsOn, touching, route, snapM, takesPart), ...manholeLinks(network, manholes, route, snapM, takesPart)]
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

/** Ends that the route's own meet in a manhole. */
function manholeLinks(network: ClearanceNetwork, manholes: Manholes, route: number, snapM: number, takesPart: (asset: number) => boolean): Draft[] {
  const { chainageM, vertexStart } = network
  return ([0, 1] as const).flatMap(role => {
    const own = role === 0 ? vertexStart[route]! : vertexStart[route + 1]! - 1
    return manholesOfEnd(manholes, network, route, role, snapM).flatMap(k =>
      [...manholes.ends.subarray(manholes.endStart[k]!, manholes.endStart[k + 1]!)].filter(code => takesPart(code >> 1)).map((code): Draft => {
        const [asset, end] = [code >> 1, (code & 1) as 0 | 1]
        const other = end === 0 ? vertexStart[asset]! : vertexStart[asset + 1]! - 1
        return { members: [memberAt(network, route, chainageM[own]!, role), memberAt(network, asset, chainageM[other]!, end)], at: pointOf(network, own) }
      }))
  })
}

function findLinks(network: ClearanceNetwork, reader: SegmentReader, endsOn: EndsOnRoute, touching: TouchesOfEnds, route: number, snapM: number, takesPart: (asset: number) => boolean): Draft[] {
  const { vertexStart, chainageM, vertexAsset } = network
  const first = vertexStart[route]!
  const last = vertexStart[route + 1]! - 1
  const links: Draft[] = []
  for (const end of [0, 1] as const) {
    for (const touch of touching.of(network, reader, route, end, snapM, takesPart)) {
      const own = end === 0 ? first : last
      links.push({ members: [memberAt(network, route, chainageM[own]!, end), memberAt(network, touch.asset, touch.chainageM, touch.role === 2 ? null : touch.role)], at: pointOf(network, own) })
    }
  }
  const near = (v: number): readonly number[] => endsNear(network, reader, v, snapM)
  // Ends of others on the route's axis.
  for (let v = first; v < last; v++) {
    for (const vertex of endsOn.of(network.xyz, v, v - first, near)) {
      const other = vertexAsset[vertex]!
      const onRoute = takesPart(other) ? touchOf(network, vertex, v, route, snapM) : null
      if (onRoute?.role !== 2) continue
      const role = vertex === vertexStart[other] ? 0 : 1
      links.push({ members: [memberAt(network, route, onRoute.chainageM, null), memberAt(network, other, chainageM[vertex]!, role)], at: pointOf(network, vertex) })
    }
  }
  return links
}

/** Ends of others near a segment of a drawn route, in plan: vertices. */
function endsNear({ xyz, vertexAsset, vertexStart }: ClearanceNetwork, reader: SegmentReader, v: number, snapM: number): readonly number[] {
  const ends: number[] = []
  const count = reader.query(v, snapM)
  for (let m = 0; m < count; m++) {
    const j = reader.found[m]!
    const other = vertexAsset[j]!
    if (j === vertexStart[other] && isBoxNear(xyz, j, v, 2 * snapM)) ends.push(j)
    if (j + 2 === vertexStart[other + 1] && isBoxNear(xyz, j + 1, v, 2 * snapM)) ends.push(j + 1)
  }
  return ends
}

/** Whether a vertex lies within a distance of a segment's box in plan. */
function isBoxNear(xyz: Float64Array, vertex: number, v: number, withinM: number): boolean {
  const x = xyz[3 * vertex]!
  const y = xyz[3 * vertex + 1]!
  return x >= Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) - withinM && x <= Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) + withinM &&
    y >= Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) - withinM && y <= Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) + withinM
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
