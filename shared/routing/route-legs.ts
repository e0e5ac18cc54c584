import type { JobControl } from '../core/job.ts'
import type { Vec3 } from '../twin/asset.ts'
import { planOff, withoutIdleVertices } from './axis.ts'
import type { Blocked } from './blocked.ts'
import { searchLattice, type SearchScratch } from './lattice-search.ts'
import { pullTaut } from './pull-taut.ts'
import { routeCosts } from './route-costs.ts'
import type { RouteSite } from './route-site.ts'
import { streetLattice, type LatticeFacts, type StreetLattice } from './street-lattice.ts'

/** How fine the street space is cut; `marginShare`: how much of the site's margin is searched. */
export interface SearchGrain {
  readonly cellM: number
  readonly levelStepM: number
  readonly marginShare: number
}

/** What the engine refused: a place in plan, closed (Infinity) or to be laid so much deeper. Local frame. */
export interface Veto {
  readonly x: number
  readonly y: number
  readonly radiusM: number
  readonly extraCoverM: number
}

export interface LegsRequest {
  readonly site: RouteSite
  readonly points: readonly (readonly [number, number])[]
  readonly grain: SearchGrain
  readonly fallRatio: number | null
  readonly vetoes: readonly Veto[]
  /** Routes found before: dearer to lie within `apartM` of. */
  readonly others: readonly (readonly Vec3[])[]
  readonly apartM: number
  /** What tries before this one learnt of a leg (1 is the first) at this grain. */
  factsOf(leg: number): LatticeFacts
}

const MAX_STATES = 4e6
/** Factor on a metre beside a route found before. */
const BESIDE_FACTOR = 2

/**
 * The cheapest way of the lattice from point to point, each leg beginning where the one before ended.
 * @returns `axis` pulled taut, `stepped` as the lattice gave it; or what closes the way. Local frame.
 * @throws CancelledError
 */
export function searchLegs(request: LegsRequest, scratch: SearchScratch, job: JobControl): { readonly axis: readonly Vec3[]; readonly stepped: readonly Vec3[] } | { readonly closed: readonly Blocked[] } {
  const { site, points, grain, fallRatio, vetoes, others, apartM } = request
  const isNear = ({ x, y, radiusM }: Veto, px: number, py: number): boolean => Math.hypot(px - x, py - y) < radiusM
  const axis: Vec3[] = []
  const all: Vec3[] = []
  for (let i = 1; i < points.length; i++) {
    const lattice = streetLattice({
      ...legOf(site, grain), from: points[i - 1]!, to: points[i]!, startLevel: axis.at(-1)?.[2] ?? null, fallRatio, facts: request.factsOf(i),
      penalty: (x, y) => (vetoes.some(veto => veto.extraCoverM === Infinity && isNear(veto, x, y)) ? Infinity : others.some(other => planOff(other, x, y) < apartM + 1) ? BESIDE_FACTOR : 1),
      extraCoverM: (x, y) => vetoes.reduce((most, veto) => (veto.extraCoverM < Infinity && isNear(veto, x, y) ? Math.max(most, veto.extraCoverM) : most), 0),
    })
    const path = searchLattice(lattice, scratch, () => job.throwIfCancelled())
    if ('nearest' in path) return { closed: closersAt(lattice, path.nearest) }
    const stepped = path.steps.map(({ node, level }) => lattice.pointOf(node, level))
    if (axis.length > 0) stepped[0] = axis.pop()!
    const taut = pullTaut(stepped, lattice)
    axis.push(...(site.trial.shortRows(taut).length === 0 ? taut : withoutIdleVertices(stepped)))
    all.push(...stepped)
  }
  return { axis, stepped: all }
}

/** What every leg of a search is laid out by. */
const legOf = (site: RouteSite, grain: SearchGrain) => ({
  halfHeightM: site.halfHeightM, leastCoverFor: site.leastCoverFor, maxCoverM: site.maxCoverM, space: site.space, groundAt: site.groundAt, obstacles: site.obstacles, costs: routeCosts,
  maxStates: MAX_STATES, marginM: site.marginM * grain.marginShare, cellM: grain.cellM, levelStepM: grain.levelStepM,
})

/** What closes the way onward from the place nearest to the goal: each asset once. */
function closersAt(lattice: StreetLattice, nearest: number): Blocked[] {
  const at = lattice.pointOf(nearest, 0)
  const byAsset = new Map(lattice.closedAround(nearest).map(closed => [closed.asset, closed]))
  if (byAsset.size === 0) return [{ reason: 'no_way', asset: null, rule: null, at }]
  return [...byAsset.values()].map(({ asset, rule }) => ({ reason: 'limit' as const, asset, rule, at }))
}
