/** The zones of joints (design §5 rule 6), inside which joined assets are exempt. */
import type { Asset, OraclePack } from './types.ts'
import { isLoneRiser, lineAngleDeg, partsAt } from './assets.ts'
import { zoneLimit } from './limits.ts'
import type { Joint, JointMember } from './joints.ts'
import type { Reach, Source } from './zones.ts'
import { spread } from './zones.ts'

export interface JointZone { joint: Joint; reach: Reach }

const JOINT_MIN_ANGLE_DEG = 30

/** One zone per joint and pair of joined assets (equal kinds and owners: only the longest is kept). */
export function findJointZones(joints: readonly Joint[], pack: OraclePack): JointZone[] {
  const zones: JointZone[] = []
  for (const joint of joints) {
    const longest = new Map<string, number>()
    for (const x of joint.members) {
      for (const y of joint.members) {
        if (x.asset.index >= y.asset.index) continue
        const lengthM = (zoneLimit(pack, x.asset, y.asset) + x.asset.halfWidthM + y.asset.halfWidthM)
          / Math.sin((jointAngleDeg(x, y) * Math.PI) / 180)
        const groups = [x.asset.group, y.asset.group].sort().join('\n')
        longest.set(groups, Math.max(longest.get(groups) ?? 0, lengthM))
      }
    }
    for (const [groups, lengthM] of longest) {
      const sources: Source[] = joint.members
        .filter((m) => groups.split('\n').includes(m.asset.group))
        .map((m) => ({ asset: m.asset, from: m.chainage, to: m.chainage }))
      zones.push({ joint, reach: spread(sources, lengthM, joints) })
    }
  }
  return zones
}

/** "θ the angle in plan but at least 30° (a vertical end part takes the angle of the next part that is not; a lone riser 90°)". */
export function jointAngleDeg(x: JointMember, y: JointMember): number {
  if (isLoneRiser(x.asset) || isLoneRiser(y.asset)) return 90
  let angleDeg = JOINT_MIN_ANGLE_DEG
  for (const u of partsOf(x)) for (const v of partsOf(y)) angleDeg = Math.max(angleDeg, lineAngleDeg(u, v))
  return angleDeg
}

function partsOf(member: JointMember): [number, number][] {
  const asset: Asset = member.asset
  return partsAt(asset, member.chainage)
}
