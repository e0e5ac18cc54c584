import type { Limit } from '../../rules/limit-lookup.ts'
import type { LineLimits } from '../../rules/line-limits.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { RuleName } from '../findings/finding.ts'
import { VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'
import type { Hit } from '../pairs/hit.ts'
import type { RunLayout } from '../findings/run-layout.ts'

/** A vertex of a run: the asset and vertex it is, and where. Of two at a joint, the one before it. */
interface Corner {
  readonly asset: number
  readonly vertex: number
  readonly at: Vec3
}

/** Directions nearer than this are one: a vertex on a straight line is no bend. Radians. */
const STRAIGHT = 1e-6
const ANGLE_GRACE_DEG = 1e-6

/**
 * Bends of a run, in space: the largest radius that fits a corner, its tangents taking at most half of the leg to the
 * next corner (the whole of the first and the last). A line drawn with its corners and one drawn as a curve of short
 * chords are judged alike: chords of a circle give its radius.
 */
export function testBends(network: ClearanceNetwork, layout: RunLayout, snapM: number, limitsOf: (asset: number) => LineLimits, subject: number): Hit[] {
  if (!layout.links.some(({ asset }) => limitsOf(asset).bendRadius(0) || limitsOf(asset).turn)) return []
  return [...testRadii(network, layout, snapM, limitsOf, subject), ...testTurns(network, layout, snapM, limitsOf, subject)]
}

function testRadii(network: ClearanceNetwork, layout: RunLayout, snapM: number, limitsOf: (asset: number) => LineLimits, subject: number): Hit[] {
  const corners = cornersOf(network, layout, snapM, 3)
  const hits: Hit[] = []
  for (let i = 1; i + 1 < corners.length; i++) {
    const [before, corner, behind] = [corners[i - 1]!, corners[i]!, corners[i + 1]!]
    const limit = limitsOf(corner.asset).bendRadius(2 * Math.max(network.halfWidthM[corner.asset]!, network.halfHeightM[corner.asset]!))
    if (!limit) continue
    const tangentM = Math.min(distance(before.at, corner.at, 3) * (i === 1 ? 1 : 0.5), distance(corner.at, behind.at, 3) * (i + 2 === corners.length ? 1 : 0.5))
    const found = tangentM / Math.tan(turnAt(before.at, corner.at, behind.at, 3) / 2)
    if (limit.minM - found > BROKEN_M) hits.push(hitAt(network, 'bend_radius', corner, limit, found, subject))
  }
  return hits
}

/** Angle between the legs in plan at every change of direction: 180° less the turn. */
function testTurns(network: ClearanceNetwork, layout: RunLayout, snapM: number, limitsOf: (asset: number) => LineLimits, subject: number): Hit[] {
  const corners = cornersOf(network, layout, snapM, 2)
  const hits: Hit[] = []
  for (let i = 1; i + 1 < corners.length; i++) {
    const corner = corners[i]!
    const limit = limitsOf(corner.asset).turn
    if (!limit) continue
    const found = 180 - (turnAt(corners[i - 1]!.at, corner.at, corners[i + 1]!.at, 2) * 180) / Math.PI
    if (limit.minM - found > ANGLE_GRACE_DEG) hits.push(hitAt(network, 'turn_angle', corner, limit, found, subject))
  }
  return hits
}

/** The run's ends and the vertices at which its direction changes, in space (3) or in plan (2). */
function cornersOf(network: ClearanceNetwork, layout: RunLayout, snapM: number, dimensions: 2 | 3): Corner[] {
  const { xyz, vertexStart } = network
  const corners: Corner[] = []
  for (const { asset, isReversed } of layout.links) {
    const [first, last] = [vertexStart[asset]!, vertexStart[asset + 1]! - 1]
    for (let k = 0; k <= last - first; k++) {
      const vertex = isReversed ? last - k : first + k
      const corner: Corner = { asset, vertex, at: [xyz[3 * vertex]!, xyz[3 * vertex + 1]!, xyz[3 * vertex + 2]!] }
      // A joint's gap is no leg, and in plan a riser is none.
      const gapM = k === 0 ? snapM : VERTICAL_M
      if (corners.length > 0 && distance(corners.at(-1)!.at, corner.at, dimensions) <= gapM) continue
      while (corners.length > 1 && turnAt(corners.at(-2)!.at, corners.at(-1)!.at, corner.at, dimensions) <= STRAIGHT) corners.pop()
      corners.push(corner)
    }
  }
  return corners
}

function distance(p: Vec3, q: Vec3, dimensions: 2 | 3): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1], dimensions === 3 ? p[2] - q[2] : 0)
}

/** Change of direction at q on the way from p to r, radians. */
function turnAt(p: Vec3, q: Vec3, r: Vec3, dimensions: 2 | 3): number {
  const [ux, uy, uz] = [q[0] - p[0], q[1] - p[1], dimensions === 3 ? q[2] - p[2] : 0]
  const [wx, wy, wz] = [r[0] - q[0], r[1] - q[1], dimensions === 3 ? r[2] - q[2] : 0]
  const cross = Math.hypot(uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx)
  return Math.atan2(cross, ux * wx + uy * wy + uz * wz)
}

function hitAt({ vertexStart, accuracyPlanM, accuracyLevelM }: ClearanceNetwork, rule: RuleName, { asset, vertex, at }: Corner, limit: Limit, found: number, subject: number): Hit {
  const isLast = vertex === vertexStart[asset + 1]! - 1
  const [segment, share] = [isLast ? vertex - 1 : vertex, isLast ? 1 : 0]
  const isUnknown = Number.isNaN(accuracyPlanM[asset]!) || (rule === 'bend_radius' && Number.isNaN(accuracyLevelM[asset]!))
  return {
    rule, a: asset, b: subject, segmentA: segment, segmentB: segment, from: share, to: share, required: limit.minM, found, limit, isShort: true,
    // A line is not bent otherwise for lying elsewhere; but one that nobody surveyed may be.
    uncertaintyM: isUnknown ? null : 0, p: at, q: at,
  }
}
