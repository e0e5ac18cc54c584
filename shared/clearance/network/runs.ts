import { ownMemory, type Allocate } from '../../core/shared-arrays.ts'
import type { ClearanceNetwork } from './network.ts'
import type { Member, Places } from '../joints/places.ts'

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
    members.push({ asset: places.memberAsset[k]!, chainageM: places.memberChainageM[k]!, end: END_OF[places.memberEnds[k]!]!, x: places.memberXy[2 * k]!, y: places.memberXy[2 * k + 1]! })
  }
  return members
}

export function buildRuns({ assetCount, group }: ClearanceNetwork, places: Places, allocate: Allocate = ownMemory): Runs {
  const ofAsset = new Uint32Array(allocate(4 * assetCount))
  for (let a = 0; a < assetCount; a++) ofAsset[a] = a
  const find = (i: number): number => {
    while (ofAsset[i] !== i) {
      ofAsset[i] = ofAsset[ofAsset[i]!]!
      i = ofAsset[i]!
    }
    return i
  }
  const { memberStart, memberAsset } = places
  for (let p = 0; p < places.count; p++) {
    for (let k = memberStart[p]!; k < memberStart[p + 1]!; k++) {
      const other = continuationOf(places, p, k, group)
      if (other < 0) continue
      const [r, s] = [find(memberAsset[k]!), find(memberAsset[other]!)]
      ofAsset[Math.max(r, s)] = Math.min(r, s)
    }
  }
  for (let a = 0; a < assetCount; a++) ofAsset[a] = find(a)
  return { ofAsset }
}

/** `continuation` on packed places: where member k is the first of its group and goes on in exactly one other, that one's number; else −1. */
function continuationOf({ memberStart, memberAsset, memberEnds }: Places, place: number, k: number, group: Uint32Array): number {
  const own = group[memberAsset[k]!]!
  if (memberEnds[k] === 0) return -1
  let other = -1
  for (let m = memberStart[place]!; m < memberStart[place + 1]!; m++) {
    if (m === k || group[memberAsset[m]!] !== own) continue
    if (m < k || other >= 0 || memberEnds[m] === 0) return -1
    other = m
  }
  return other >= 0 && memberAsset[other] !== memberAsset[k] ? other : -1
}
