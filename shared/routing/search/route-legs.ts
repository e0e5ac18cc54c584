import type { JobControl } from '../../core/job.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { Blocked } from './blocked.ts'
import { searchLattice, type LatticePath, type SearchScratch } from './lattice-search.ts'
import { nearLines } from '../near-lines.ts'
import { pullTaut } from './pull-taut.ts'
import { pullWide } from './pull-wide.ts'
import type { RouteSite } from './route-site.ts'
import { LatticeFacts, streetLattice, type LegRequest, type StreetLattice } from './street-lattice.ts'

/** How fine the street space is cut; `marginShare`: how much of the site's margin is searched. */
export interface SearchGrain {
  readonly cellM: number
  readonly levelStepM: number
  readonly marginShare: number
  /** Sharpest turn from step to step, eighths of a circle. */
  readonly mostTurn: number
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
  /** Least radius of the line's bends; undefined where any bend will do. */
  readonly bendRadiusM: number | undefined
  readonly vetoes: readonly Veto[]
  /** Routes found before: dearer to lie within `apartM` of. */
  readonly others: readonly (readonly Vec3[])[]
  readonly apartM: number
  /** What tries before this one learnt at this grain. */
  readonly facts: FactsBook
}

/** What is known of the site of each leg (1 is the first), by the size of its cells and the level it begins at. */
export class FactsBook {
  readonly #facts = new Map<string, LatticeFacts>()

  of(leg: number, cellM: number, startLevel: number | null): LatticeFacts {
    const key = `${leg} ${cellM} ${startLevel}`
    const known = this.#facts.get(key) ?? new LatticeFacts()
    this.#facts.set(key, known)
    return known
  }
}

const MAX_STATES = 4e6
/** Up to so many states every one may be looked at. Of more, a coarser lattice says first where the way runs, and the fine one is searched along it. */
const EXACT_STATES = 7e5
const CORRIDOR_M = 8
/** There, bends and passing over and under are no part of the bound, which is some tenths too low for it: it is believed a little more. */
const GREED = 1.15
/** Factor on a metre beside a route found before. */
const BESIDE_FACTOR = 2

/**
 * The cheapest way of the lattice from point to point, each leg beginning where the one before ended.
 * @returns `axis` pulled taut, `stepped` as the lattice gave it; or what closes the way. Local frame.
 * @throws CancelledError
 */
export function searchLegs(request: LegsRequest, scratch: SearchScratch, job: JobControl): { readonly axis: readonly Vec3[]; readonly stepped: readonly Vec3[] } | { readonly closed: readonly Blocked[] } {
  const { site, points } = request
  const axis: Vec3[] = []
  const all: Vec3[] = []
  for (let i = 1; i < points.length; i++) {
    const { lattice, path } = searchLeg(request, i, axis.at(-1)?.[2] ?? site.levels[0] ?? null, scratch, job)
    if ('nearest' in path) return { closed: closersAt(lattice, path.nearest) }
    const stepped = pointsOf(lattice, path)
    if (axis.length > 0) stepped[0] = axis.pop()!
    const { bendRadiusM: radiusM } = request
    const wide = radiusM === undefined ? null : pullWide({ stepped, lattice, trial: site.trial, costs: site.costs, isGravity: site.isGravity, radiusM, isFirst: i === 1, isLast: i === points.length - 1 })
    axis.push(...(wide ?? pullTaut(stepped, lattice, site)))
    all.push(...stepped)
  }
  return { axis, stepped: all }
}

/** One leg: at once where the lattice is small, else along what a coarser one found; and everywhere where that is closed. */
function searchLeg(request: LegsRequest, leg: number, startLevel: number | null, scratch: SearchScratch, job: JobControl): { readonly lattice: StreetLattice; readonly path: ReturnType<typeof searchLattice> } {
  const lay = (fields: Partial<LegRequest>): StreetLattice => {
    const cellM = fields.cellM ?? request.grain.cellM
    return streetLattice({ ...legOf(request, leg), startLevel, facts: request.facts.of(leg, cellM, startLevel), ...fields, cellM })
  }
  const search = (lattice: StreetLattice, greed = 1) => ({ lattice, path: searchLattice(lattice, scratch, greed, () => job.throwIfCancelled()) })
  const fine = lay({})
  if (fine.states > EXACT_STATES) {
    const coarse = search(lay({ cellM: 2 * request.grain.cellM, maxStates: EXACT_STATES }), GREED)
    if (!('nearest' in coarse.path)) {
      const along = search(lay({ corridor: { path: pointsOf(coarse.lattice, coarse.path), radiusM: CORRIDOR_M } }), GREED)
      if (!('nearest' in along.path)) return along
    }
  }
  return search(fine, fine.states > EXACT_STATES ? GREED : 1)
}

const pointsOf = (lattice: StreetLattice, { steps }: LatticePath): Vec3[] => steps.map(({ node, level }) => lattice.pointOf(node, level))

/** What a leg of a search is laid out by. */
function legOf({ site, points, grain, fallRatio, vetoes, others, apartM }: LegsRequest, leg: number): Omit<LegRequest, 'startLevel' | 'facts'> {
  const isNear = ({ x, y, radiusM }: Veto, px: number, py: number): boolean => Math.hypot(px - x, py - y) < radiusM
  const isBesideOther = nearLines(others, apartM + 1)
  return {
    from: points[leg - 1]!, to: points[leg]!, endLevel: site.levels[leg] ?? null, fallRatio, mostTurn: grain.mostTurn, corridor: null,
    halfHeightM: site.halfHeightM, leastCoverFor: site.leastCoverFor, maxCoverM: site.maxCoverM, space: site.space, groundAt: site.groundAt, obstacles: site.obstacles, besideAt: site.besideAt, costs: site.costs,
    maxStates: MAX_STATES, marginM: site.marginM * grain.marginShare, cellM: grain.cellM, levelStepM: grain.levelStepM,
    penalty: (x, y) => (vetoes.some(veto => veto.extraCoverM === Infinity && isNear(veto, x, y)) ? Infinity : isBesideOther(x, y) ? BESIDE_FACTOR : 1),
    extraCoverM: (x, y) => vetoes.reduce((most, veto) => (veto.extraCoverM < Infinity && isNear(veto, x, y) ? Math.max(most, veto.extraCoverM) : most), 0),
  }
}

/** What closes the way onward from the place nearest to the goal: each asset once. */
function closersAt(lattice: StreetLattice, nearest: number): Blocked[] {
  const at = lattice.pointOf(nearest, 0)
  const byAsset = new Map(lattice.closedAround(nearest).map(closed => [closed.asset, closed]))
  if (byAsset.size === 0) return [{ reason: 'no_way', asset: null, rule: null, at }]
  return [...byAsset.values()].map(({ asset, rule }) => ({ reason: 'limit' as const, asset, rule, at }))
}
