import type { Vec3 } from '../../twin/asset.ts'
import type { Blocked } from './blocked.ts'
import { minSlopeRatio } from './route-costs.ts'
import type { RouteInput, RouteSite } from './route-site.ts'

/** The least a fall that is given may lack for rounding, metres. */
const SAME_LEVEL_M = 1e-6

/**
 * Why no gravity line can pass the points: the levels given lie too near to each other for the length between them, or the
 * ground rises, and falling as little as it may a line would be too deep. Local frame.
 */
export function gravityTrouble({ line }: RouteInput, points: readonly (readonly [number, number])[], { isGravity, groundAt, halfHeightM, leastCoverFor, maxCoverM, levels }: RouteSite): readonly Blocked[] {
  const first = groundAt(...points[0]!)
  if (!isGravity || first === null) return []
  const fallRatio = minSlopeRatio(line.section)
  let level = levels[0] ?? first - Math.min(...Object.values(leastCoverFor)) - halfHeightM
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [x, y]] = [points[i - 1]!, points[i]!]
    const requiredM = fallRatio * Math.hypot(x - ax, y - ay)
    const ground = groundAt(x, y)
    if (ground === null) return []
    const given = levels[i] ?? null
    const at: Vec3 = [x, y, given ?? ground]
    if (given !== null && level - requiredM < given - SAME_LEVEL_M) return [{ reason: 'no_fall', asset: null, rule: null, at, figures: { foundM: level - given, requiredM } }]
    level = given ?? level - requiredM
    const neededM = ground - level - halfHeightM
    if (neededM > maxCoverM + SAME_LEVEL_M) return [{ reason: 'too_deep', asset: null, rule: null, at: [x, y, ground], cover: { neededM, mostM: maxCoverM } }]
  }
  return []
}
