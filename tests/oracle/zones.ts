/** Zones: everything of one kind and owner within a length, along the lines in plan, of a place. */
import type { Asset, Interval } from './types.ts'
import { at } from './assets.ts'
import type { Joint, JointMember } from './joints.ts'

/** A stretch of an asset that is at distance zero. */
export interface Source { asset: Asset; from: number; to: number }

/** Chainage intervals by asset index. */
export type Reach = ReadonlyMap<number, readonly Interval[]>

/**
 * Spreads from the sources over their kind and owner through joints, tees included; a joint adds no
 * length. Plain relaxation until nothing changes.
 */
export function spread(sources: readonly Source[], lengthM: number, joints: readonly Joint[]): Reach {
  const groups = new Set(sources.map((s) => s.asset.group))
  const reach = new Map<number, Interval[]>()
  const toJoint = joints.map(() => Infinity)
  joints.forEach((joint, j) => {
    for (const member of joint.members) {
      for (const source of sources) {
        if (source.asset === member.asset) toJoint[j] = Math.min(at(toJoint, j), gapTo(source, member.chainage))
      }
    }
  })
  for (let changed = true; changed;) {
    changed = false
    joints.forEach((joint, j) => {
      for (const m of own(joint, groups)) {
        joints.forEach((next, k) => {
          for (const n of own(next, groups)) {
            if (n.asset !== m.asset) continue
            const length = at(toJoint, j) + Math.abs(n.chainage - m.chainage)
            if (length < at(toJoint, k)) { toJoint[k] = length; changed = true; }
          }
        })
      }
    })
  }
  for (const s of sources) add(reach, s.asset, s.from - lengthM, s.to + lengthM)
  joints.forEach((joint, j) => {
    const left = lengthM - at(toJoint, j)
    if (left < 0) return
    for (const m of own(joint, groups)) add(reach, m.asset, m.chainage - left, m.chainage + left)
  })
  return reach
}

function own(joint: Joint, groups: ReadonlySet<string>): JointMember[] {
  return joint.members.filter((m) => groups.has(m.asset.group))
}

function gapTo(source: Source, chainage: number): number {
  return Math.max(0, source.from - chainage, chainage - source.to)
}

function add(reach: Map<number, Interval[]>, asset: Asset, from: number, to: number): void {
  const interval = { from: Math.max(0, from), to: Math.min(asset.lengthM, to) }
  reach.set(asset.index, [...(reach.get(asset.index) ?? []), interval])
}
