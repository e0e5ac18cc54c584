import type { Vec3 } from '../twin/asset.ts'
import { distance } from './axis.ts'
import { turnOf } from './pull-taut.ts'
import { routeCosts } from './route-costs.ts'
import type { RouteSite } from './route-site.ts'

/** What a line costs, as an index in metres of plain trench. */
export interface RouteCost {
  readonly total: number
  readonly trench: number
  readonly bends: number
  readonly crossings: number
}

/** Cost of a metre by what the ground there is used for. */
export function surfaceFactor({ space }: Pick<RouteSite, 'space'>, x: number, y: number): number {
  const known = space.uses(x, y).flatMap(use => (use in routeCosts.surfaceFactor ? [routeCosts.surfaceFactor[use as keyof typeof routeCosts.surfaceFactor]] : []))
  return known.length > 0 ? Math.max(...known) : space.hasStreets ? routeCosts.surfaceFactor.open : 1
}

/** @param axis Local frame. */
export function routeCost(axis: readonly Vec3[], site: Pick<RouteSite, 'space' | 'obstacles' | 'halfHeightM' | 'leastCoverFor' | 'groundAt'>): RouteCost {
  const leastCoverM = Math.min(...Object.values(site.leastCoverFor))
  let [trench, crossings, bends] = [0, 0, 0]
  axis.slice(1).forEach((q, i) => {
    const p = axis[i]!
    crossings += routeCosts.crossing * site.obstacles.crossings(p[0], p[1], q[0], q[1])
    if (i > 0) bends += (routeCosts.bendPerRightAngle * turnOf(axis[i - 1]!, p, q)) / (Math.PI / 2)
    const pieces = Math.max(1, Math.ceil(distance(p, q)))
    for (let k = 0; k < pieces; k++) {
      const share = (k + 0.5) / pieces
      const [x, y, z] = [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]), p[2] + share * (q[2] - p[2])]
      const cover = (site.groundAt(x, y) ?? z) - z - site.halfHeightM
      trench += (distance(p, q) / pieces) * (surfaceFactor(site, x, y) + routeCosts.depthPerM * Math.max(0, cover - leastCoverM))
    }
  })
  return { total: trench + bends + crossings, trench, bends, crossings }
}
