import type { ClearanceNetwork } from './network.ts'
import { isRing, memberAt, touchesOfEnd, touchOf, type Member, type Place } from './places.ts'
import type { GridReader } from './segment-grid.ts'

/** A place being put together; at first the route's end or axis, and the one asset it meets there. */
interface Draft {
  readonly members: readonly Member[]
  readonly at: Place['at']
}

/**
 * The places a drawn route makes or joins, each with everything that is joined there.
 * @param placesOf Places without the route.
 * @returns the new places, and the old ones that they take the place of.
 */
export function laidPlaces(
  network: ClearanceNetwork, reader: GridReader, route: number, snapM: number,
  takesPart: (asset: number) => boolean, placesOf: (asset: number) => readonly Place[],
): { readonly made: readonly Place[]; readonly replaced: ReadonlySet<Place> } {
  const drafts: Draft[] = isRing(network, route, snapM) ? [ringOf(network, route)] : []
  const replaced = new Set<Place>()
  for (const { members, at } of findLinks(network, reader, route, snapM, takesPart)) {
    const old = members.flatMap(member => (member.asset === route ? [] : placesOf(member.asset))).filter(place => isNear(place.at, at, snapM))
    for (const place of old) replaced.add(place)
    const same = drafts.filter(draft => isNear(draft.at, at, snapM))
    for (const draft of same) drafts.splice(drafts.indexOf(draft), 1)
    drafts.push({ members: [...same.flatMap(draft => draft.members), ...old.flatMap(place => place.members), ...members], at: old[0]?.at ?? same[0]?.at ?? at })
  }
  return { made: drafts.map(({ members, at }) => ({ members: onceEach(members), at })), replaced }
}

/** What is one place is within the snap tolerance of an end that is within it of the place's point. */
const isNear = (p: Place['at'], q: Place['at'], snapM: number): boolean => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= 2 * snapM

function findLinks(network: ClearanceNetwork, reader: GridReader, route: number, snapM: number, takesPart: (asset: number) => boolean): Draft[] {
  const { vertexStart, chainageM, vertexAsset } = network
  const first = vertexStart[route]!
  const last = vertexStart[route + 1]! - 1
  const links: Draft[] = []
  for (const end of [0, 1] as const) {
    for (const touch of touchesOfEnd(network, reader, route, end, snapM, asset => !takesPart(asset))) {
      const own = end === 0 ? first : last
      links.push({ members: [memberAt(network, route, chainageM[own]!, end), memberAt(network, touch.asset, touch.chainageM, touch.role === 2 ? null : touch.role)], at: pointOf(network, own) })
    }
  }
  // Ends of others on the route's axis.
  for (let v = first; v < last; v++) {
    const count = reader.query(v, snapM)
    for (let k = 0; k < count; k++) {
      const j = reader.found[k]!
      const other = vertexAsset[j]!
      if (other === route || !takesPart(other)) continue
      const otherLast = vertexStart[other + 1]! - 1
      for (const [vertex, role] of [[j, 0], [j + 1, 1]] as const) {
        if (vertex !== (role === 0 ? vertexStart[other]! : otherLast)) continue
        const onRoute = touchOf(network, vertex, v, route, snapM)
        if (onRoute?.role !== 2) continue
        links.push({ members: [memberAt(network, route, onRoute.chainageM, null), memberAt(network, other, chainageM[vertex]!, role)], at: pointOf(network, vertex) })
      }
    }
  }
  return links
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
