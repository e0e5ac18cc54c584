import { isServedBy } from '../../clearance/network/manholes.ts'
import { kindOfGroup } from '../../clearance/network/network.ts'
import type { PreparedClearance } from '../../clearance/prepare.ts'
import { distanceToSegment } from '../../geometry/point-segment.ts'
import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { spaceOff } from './axis.ts'

/**
 * Lines that one of a kind is joined to where it begins or ends at a point (design §5): those whose axis passes within the snap
 * tolerance of it in space, and those that end with it in one manhole whose floor is known.
 * @param at Local frame. @returns indices of the prepared network.
 */
export function joinedAt({ network, pack: { snapToleranceM }, manholes: { bodies, kind: kinds, endStart, ends } }: PreparedClearance, kind: AssetKind, halfHeightM: number, at: Vec3): ReadonlySet<number> {
  const [x, y, z] = at
  const { xyz, vertexStart } = network
  const joined = new Set<number>()
  const pointOf = (v: number): Vec3 => [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
  for (let asset = 0; asset < network.assetCount; asset++) {
    if (network.isActive[asset] === 0) continue
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      // All segments are asked about: boxes first, without making a point of each.
      if (Math.max(xyz[3 * v]!, xyz[3 * v + 3]!) < x - snapToleranceM || Math.min(xyz[3 * v]!, xyz[3 * v + 3]!) > x + snapToleranceM) continue
      if (Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!) < y - snapToleranceM || Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!) > y + snapToleranceM) continue
      const [p, q] = [pointOf(v), pointOf(v + 1)]
      if (distanceToSegment(x, y, p[0], p[1], q[0], q[1]) <= snapToleranceM && spaceOff([p, q], at) <= snapToleranceM) joined.add(asset)
    }
  }
  for (let k = 0; k + 1 < endStart.length; k++) {
    const [cx, cy, radius, bottom, top] = bodies.subarray(5 * k, 5 * k + 5) as unknown as readonly [number, number, number, number, number]
    const isIn = Math.hypot(x - cx, y - cy) <= radius && z >= bottom - halfHeightM - snapToleranceM && z <= top + snapToleranceM
    if (!isIn || !isServedBy(ASSET_KINDS[kinds[k]!]!, kind)) continue
    for (let e = endStart[k]!; e < endStart[k + 1]!; e++) if (isServedBy(kindOfGroup(network.group[ends[e]! >> 1]!), kind)) joined.add(ends[e]! >> 1)
  }
  return joined
}
