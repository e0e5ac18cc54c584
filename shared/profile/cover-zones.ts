import { areaBreaks, BreakList } from '../clearance/cover/ground-breaks.ts'
import { ASSUMED_SURFACE, packSurfaces } from '../clearance/cover/surface-areas.ts'
import type { Limit } from '../rules/limit-lookup.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { GroundSampler, GroundSurface } from '../twin/ground.ts'
import { SURFACE_CLASSES, type SurfaceClass } from '../twin/kinds.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import type { CutLine } from './cut-line.ts'
import { halfHeightM } from './cut-world.ts'
import { groundLine, type GroundPoint } from './ground-line.ts'
import type { CutLimits } from './line-limits.ts'

/** A stretch of ground under which a line must not come nearer than its least cover. */
export interface CoverZone {
  /** [chainage, ground level], at least two. */
  readonly ground: readonly GroundPoint[]
  readonly limit: Limit
  readonly surface: SurfaceClass
  /** Nothing says what the ground is used for: the use that asks for the most is taken. */
  readonly isAssumed: boolean
  /** The crown of the line comes into it. */
  readonly isEntered: boolean
}

/** Where the ground's use changes along a line, and what it is at a point (several where areas overlap). Local frame. */
export type SurfaceUses = ReturnType<typeof packUses>

const usesOf = new WeakMap<readonly SurfaceFeature[], SurfaceUses>()

/** Made once for a project's features, which always have one origin. @param features Project CRS. @param origin Project CRS of the local zero. */
export function surfaceUses(features: readonly SurfaceFeature[], origin: Vec3): SurfaceUses {
  let uses = usesOf.get(features)
  if (!uses) usesOf.set(features, (uses = packUses(features, origin)))
  return uses
}

function packUses(features: readonly SurfaceFeature[], origin: Vec3) {
  const areas = packSurfaces(features, origin)
  const { breaks, at } = areaBreaks(areas)
  return { breaks, at: (x: number, y: number): readonly SurfaceClass[] => at(x, y).map(k => SURFACE_CLASSES[areas.surface[k]!]!) }
}

/** What is less is rounding. */
const ENTERED_M = 1e-6
const LEAST_SHARE = 1e-9

/**
 * The zones of least cover along a line (design §5, rule 7), stretch by stretch as the ground's use changes; where areas
 * overlap the larger limit holds. Chainages and levels in the local frame, metres.
 */
export function coverZones({ axis, chainages, parts }: CutLine, surface: GroundSurface | null, groundAt: GroundSampler, uses: SurfaceUses, coverLimit: CutLimits['cover']): CoverZone[] {
  const zones: CoverZone[] = []
  const edges = new BreakList()
  for (let i = 0; i + 1 < axis.length; i++) {
    const [a, b, item] = [axis[i]!, axis[i + 1]!, parts[i]!]
    const lengthM = chainages[i + 1]! - chainages[i]!
    if (lengthM < ENTERED_M) continue
    const at = (share: number): [number, number] => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    edges.begin()
    uses.breaks(a[0], a[1], b[0], b[1], edges)
    edges.sort()
    for (let k = 0; k + 1 < edges.count; k++) {
      const [from, to] = [edges.values[k]!, edges.values[k + 1]!]
      if (to - from < LEAST_SHARE) continue
      const known = uses.at(...at((from + to) / 2))
      const asked = (known.length > 0 ? known : [ASSUMED_SURFACE]).flatMap(use => {
        const limit = coverLimit(item, use)
        return limit ? [{ use, limit }] : []
      })
      if (asked.length === 0) continue
      const { use, limit } = asked.reduce((most, one) => (one.limit.minM > most.limit.minM ? one : most))
      for (const stretch of groundLine(surface, groundAt, at(from), at(to))) {
        const ground = stretch.map(([s, z]): GroundPoint => [chainages[i]! + from * lengthM + s, z])
        const crownAt = (chainageM: number) => a[2] + ((chainageM - chainages[i]!) / lengthM) * (b[2] - a[2]) + halfHeightM(item.section)
        zones.push({ ground, limit, surface: use, isAssumed: known.length === 0, isEntered: ground.some(([s, z]) => crownAt(s) > z - limit.minM + ENTERED_M) })
      }
    }
  }
  return zones
}
