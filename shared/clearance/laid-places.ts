import type { ClearanceNetwork } from './network.ts'
import { touchesOfEnd, touchOf, type Member, type Place, type Touch } from './places.ts'
import type { GridReader } from './segment-grid.ts'

/** Where a drawn route joins what is there: its own end or axis, and the asset it meets. */
interface Link {
  readonly route: Member
  readonly touch: Touch
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
  const drafts: { members: Member[]; at: Place['at'] }[] = []
  const replaced = new Set<Place>()
  for (const link of findLinks(network, reader, route, snapM, takesPart)) {
    const old = placesOf(link.touch.asset).find(place => place.members.some(member => isMember(member, link.touch, snapM)))
    if (old) replaced.add(old)
    const members: Member[] = [link.route, ...(old?.members ?? [{ asset: link.touch.asset, chainageM: link.touch.chainageM, ends: link.touch.role < 2 }])]
    const same = drafts.filter(draft => draft.members.some(known => members.some(member => isSame(known, member, snapM))))
    const merged = { members: [...same.flatMap(draft => draft.members), ...members], at: old?.at ?? same[0]?.at ?? pointAt(network, link) }
    for (const draft of same) drafts.splice(drafts.indexOf(draft), 1)
    drafts.push(merged)
  }
  return { made: drafts.map(({ members, at }) => ({ members: onceEach(members, snapM), at })), replaced }
}

function findLinks(network: ClearanceNetwork, reader: GridReader, route: number, snapM: number, takesPart: (asset: number) => boolean): Link[] {
  const { vertexStart, chainageM, vertexAsset } = network
  const first = vertexStart[route]!
  const last = vertexStart[route + 1]! - 1
  const links: Link[] = []
  for (const end of [0, 1] as const) {
    for (const touch of touchesOfEnd(network, reader, route, end, snapM, asset => !takesPart(asset))) {
      links.push({ route: { asset: route, chainageM: end === 0 ? 0 : chainageM[last]!, ends: true }, touch })
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
        links.push({ route: { asset: route, chainageM: onRoute.chainageM, ends: false }, touch: { asset: other, chainageM: chainageM[vertex]!, role, distanceM: onRoute.distanceM } })
      }
    }
  }
  // Ends first: where an end and an axis meet at one place, the end is the member.
  return links.sort((m, n) => Number(n.route.ends) - Number(m.route.ends) || m.touch.role - n.touch.role || m.touch.asset - n.touch.asset)
}

const isMember = (member: Member, touch: Touch, snapM: number): boolean =>
  member.asset === touch.asset && (touch.role < 2 ? member.ends && member.chainageM === touch.chainageM : !member.ends && Math.abs(member.chainageM - touch.chainageM) <= 2 * snapM)

const isSame = (m: Member, n: Member, snapM: number): boolean =>
  m.asset === n.asset && m.ends === n.ends && (m.ends ? m.chainageM === n.chainageM : Math.abs(m.chainageM - n.chainageM) <= snapM)

/** Members once each; an asset that ends there does not pass through as well. */
function onceEach(members: readonly Member[], snapM: number): Member[] {
  const kept: Member[] = []
  for (const member of [...members].sort((m, n) => Number(n.ends) - Number(m.ends))) {
    if (member.ends ? !kept.some(known => isSame(known, member, snapM)) : !kept.some(known => known.asset === member.asset)) kept.push(member)
  }
  return kept
}

function pointAt({ xyz, vertexStart }: ClearanceNetwork, { route, touch }: Link): Place['at'] {
  const asset = route.ends ? route.asset : touch.asset
  const chainage = route.ends ? route.chainageM : touch.chainageM
  const v = chainage === 0 ? vertexStart[asset]! : vertexStart[asset + 1]! - 1
  return [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
}
