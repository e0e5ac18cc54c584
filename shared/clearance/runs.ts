import type { ClearanceNetwork } from './network.ts'
import type { Member, Places } from './places.ts'

/** Runs (design §5): assets of one kind and owner end to end. Packed by run; a lone asset is a run of its own. */
export interface Runs {
  /** Run of each asset: its lowest asset number. */
  readonly ofAsset: Uint32Array
}

/**
 * The two assets a run continues through at a place: exactly two ends of the group meet there and no axis of the group
 * passes through. Null where the run ends.
 */
export function continuation(members: readonly Member[], group: number, groups: Uint32Array): readonly [Member, Member] | null {
  let first: Member | null = null
  let second: Member | null = null
  for (const member of members) {
    if (groups[member.asset] !== group) continue
    if (member.end === null || second) return null
    if (first) second = member
    else first = member
  }
  return first && second && first.asset !== second.asset ? [first, second] : null
}

const END_OF: readonly Member['end'][] = [null, 0, 1]

export function placeMembers(places: Places, place: number): Member[] {
  const members: Member[] = []
  for (let k = places.memberStart[place]!; k < places.memberStart[place + 1]!; k++) {
    members.push({ asset: places.memberAsset[k]!, chainageM: places.memberChainageM[k]!, end: END_OF[places.memberEnds[k]!]! })
  }
  return members
}

export function buildRuns(network: ClearanceNetwork, places: Places): Runs {
  const ofAsset = new Uint32Array(network.assetCount).map((_, i) => i)
  const find = (i: number): number => {
    while (ofAsset[i] !== i) {
      ofAsset[i] = ofAsset[ofAsset[i]!]!
      i = ofAsset[i]!
    }
    return i
  }
  for (let p = 0; p < places.count; p++) {
    const members = placeMembers(places, p)
    for (const group of new Set(members.map(member => network.group[member.asset]!))) {
      const pair = continuation(members, group, network.group)
      if (!pair) continue
      const [r, s] = [find(pair[0].asset), find(pair[1].asset)]
      ofAsset[Math.max(r, s)] = Math.min(r, s)
    }
  }
  for (let a = 0; a < network.assetCount; a++) ofAsset[a] = find(a)
  return { ofAsset }
}
