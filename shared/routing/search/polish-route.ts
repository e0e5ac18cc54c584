import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { between } from '../lines/axis.ts'
import { routeCoster } from './route-cost.ts'
import type { RouteSite } from './route-site.ts'
import type { ChainageRange } from '../fix/trial.ts'

export interface PolishRequest {
  readonly site: RouteSite
  /** Vertices that stay: the points to pass. */
  isFixed(point: Vec3): boolean
  /** Vertices whose level stays too. */
  isLevelFixed(point: Vec3): boolean
  /** What beside clearance an axis must hold to. */
  isAllowed(axis: readonly Vec3[]): boolean
}

/** How far a vertex is tried from where the search put it: what the engine refused closed a place around it to the lattice, metres. */
const REACH_M = 4
const FINE_M = 0.05
const ROUNDS = 4
/** So many vertices together are tried to be left out: of a dip none can go alone. */
const SPANS = [12, 6, 4, 3, 2, 1]

/**
 * Takes out the corners the lattice made: vertices are left out, then slid towards the straight line between their
 * neighbours, while the engine finds nothing and the line gets cheaper.
 * @param axis A clean axis, local frame.
 */
export function polishRoute(axis: readonly Vec3[], { site, isFixed, isLevelFixed, isAllowed }: PolishRequest): readonly Vec3[] {
  const costOf = routeCoster(site)
  let best = axis
  let cost = costOf(best).total
  /** @param at Index in `tried` of what changed, up to `last`: limits are asked about around it alone. */
  const take = (tried: readonly Vec3[], at: number | null, last = at): boolean => {
    const triedCost = costOf(tried).total
    if (triedCost > cost - 1e-3 || !isAllowed(tried) || !site.trial.isClean(tried, at === null || last === null ? undefined : around(tried, at, last))) return false
    best = tried
    cost = triedCost
    return true
  }
  for (let round = 0; round < ROUNDS; round++) {
    const before = cost
    for (const span of SPANS) for (let i = best.length - 1 - span; i > 0; i--) if (!best.slice(i, i + span).some(isFixed)) take(best.toSpliced(i, span), i)
    for (let i = 1; i < best.length - 1; i++) {
      if (isFixed(best[i]!)) continue
      for (let step = 1; step > FINE_M; step /= 2) take(best.with(i, slid(best, i, step)), i)
      for (const [dx, dy] of [[0, 1], [0, -1], [1, 0], [-1, 0]] as const) {
        for (let step = REACH_M; step > FINE_M; step /= 2) {
          const moved = best.with(i, besides(best[i]!, step * dx, step * dy, site))
          if (take(moved, i) || i + 2 >= best.length || isFixed(best[i + 1]!)) continue
          // The stretch behind it along with it: alone it would run askew between its neighbours.
          take(moved.with(i + 1, besides(best[i + 1]!, step * dx, step * dy, site)), i, i + 1)
        }
      }
    }
    for (let i = 0; i < best.length; i++) if (!isLevelFixed(best[i]!)) for (const up of [1, -1]) for (let step = 0.4; step > FINE_M / 2; step /= 2) take(best.with(i, lifted(best[i]!, up * step)), i)
    if (cost > before - 0.01) break
  }
  // The lattice keeps some cover to spare, and its levels are steps: as shallow as the rules let it.
  for (let step = 0.16; step > 0.004; step /= 2) take(best.map(point => (isLevelFixed(point) ? point : lifted(point, step))), null)
  return best
}

const lifted = ([x, y, z]: Vec3, by: number): Vec3 => [x, y, z + by]

/** Beyond this a moved vertex changes no limit: crossings' zones and joints end before, metres. */
const DEPENDENCE_M = 20

function around(axis: readonly Vec3[], at: number, last: number): ChainageRange {
  const chainages = chainagesOf(axis)
  return { from: chainages[Math.max(0, at - 1)]! - DEPENDENCE_M, to: chainages[Math.min(axis.length - 1, last + 1)]! + DEPENDENCE_M }
}

/** A point moved in plan at the cover it had. */
function besides([x, y, z]: Vec3, dx: number, dy: number, { groundAt }: RouteSite): Vec3 {
  return [x + dx, y + dy, z + (groundAt(x + dx, y + dy) ?? 0) - (groundAt(x, y) ?? 0)]
}

/** A share of the way to the middle of the straight line past a vertex. */
function slid(axis: readonly Vec3[], i: number, share: number): Vec3 {
  const [a, p, b] = [axis[i - 1]!, axis[i]!, axis[i + 1]!]
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const along = square > 0 ? Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square)) : 0
  return between(p, between(a, b, along), share)
}
