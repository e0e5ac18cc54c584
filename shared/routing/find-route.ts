import { checkNetwork } from '../clearance/check.ts'
import { effectiveNetwork } from '../clearance/effective-network.ts'
import type { PairRow } from '../clearance/finding.ts'
import { prepareClearance } from '../clearance/prepare.ts'
import { unattendedJob, type JobControl } from '../core/job.ts'
import type { Vec3 } from '../twin/asset.ts'
import { GRAVITY_KINDS } from '../twin/kinds.ts'
import { lengthOf, planOff, plus } from './axis.ts'
import type { Blocked } from './blocked.ts'
import { endTrouble, limitsOf } from './end-trouble.ts'
import { SearchScratch } from './lattice-search.ts'
import { polishRoute } from './polish-route.ts'
import { routeCoster, type RouteCost } from './route-cost.ts'
import { minSlopeRatio } from './route-costs.ts'
import { searchLegs, type SearchGrain, type Veto } from './route-legs.ts'
import { routeSite, type RouteInput, type RouteSite } from './route-site.ts'
import { LatticeFacts } from './street-lattice.ts'
import { tightPlaces, type TightPlace } from './tight-places.ts'
import type { ShortRow } from './trial.ts'

export type { RouteInput } from './route-site.ts'

export interface FoundRoute {
  /** Project CRS. */
  readonly axis: readonly Vec3[]
  readonly lengthM: number
  readonly cost: RouteCost
  readonly tightest: readonly TightPlace[]
}

/** Coarse first; where nothing is found, what a finer lattice can pass between. */
const GRAINS: readonly SearchGrain[] = [
  { cellM: 1, levelStepM: 0.3, marginShare: 1 }, { cellM: 0.5, levelStepM: 0.2, marginShare: 0.5 }, { cellM: 0.25, levelStepM: 0.2, marginShare: 0.25 },
]
const TRIES = 16
/** States looked at in all before giving up: some seconds. Counted, not timed, so that the same question has the same answer. */
const MOST_VISITS = 6e6
/** A second route must leave the others by so much somewhere. */
const DISTINCT_M = 3

/** The cheapest conflict-free alignments of the street space, the engine having the last word on each. @throws CancelledError */
export function findRoutes(input: RouteInput, job: JobControl = unattendedJob): { readonly routes: readonly FoundRoute[]; readonly blocked: readonly Blocked[] } {
  const { origin } = input.baseline
  const points = input.through.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
  const inProject = (one: Blocked): Blocked => ({ ...one, at: one.at && plus(one.at, origin) })
  if (points.some(([x, y], i) => i > 0 && Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1]) < 0.01)) {
    return { routes: [], blocked: [inProject({ reason: 'zero_length', asset: null, rule: null, at: [...points[0]!, 0] })] }
  }
  const site = routeSite(input, points, job)
  const trouble = endTrouble(points, site)
  if (trouble.length > 0) return { routes: [], blocked: trouble.map(inProject) }
  const search = new RouteSearch(input, site, points, job)
  for (const grain of GRAINS) {
    search.run(grain)
    if (search.found.length > 0 || search.isEndRefused) break
  }
  if (search.found.length === 0) return { routes: [], blocked: search.blocked.map(inProject) }
  const tight = tightPlaces(site.prepared, input.line)
  const routes = search.found.map(axis => ({ axis: axis.map(point => plus(point, origin)), lengthM: lengthOf(axis), cost: routeCoster(site)(axis), tightest: tight(axis) }))
  return { routes: routes.sort((a, b) => a.cost.total - b.cost.total), blocked: [] }
}

/** Asks the lattice, then the engine; what the engine refuses the lattice may not offer again. */
class RouteSearch {
  /** Local frame. */
  readonly found: (readonly Vec3[])[] = []
  blocked: readonly Blocked[] = []
  /** Whatever was offered failed at an end against one and the same asset. Steps have the same directions at every grain: a finer one would offer the same. */
  isEndRefused = false
  readonly #scratch = new SearchScratch()
  readonly #input: RouteInput
  readonly #site: RouteSite
  readonly #points: readonly (readonly [number, number])[]
  readonly #job: JobControl

  constructor(input: RouteInput, site: RouteSite, points: readonly (readonly [number, number])[], job: JobControl) {
    this.#input = input
    this.#site = site
    this.#points = points
    this.#job = job
  }

  run(grain: SearchGrain): void {
    const [input, site, points, job] = [this.#input, this.#site, this.#points, this.#job]
    const vetoes: Veto[] = []
    const facts = new Map<number, LatticeFacts>()
    const factsOf = (leg: number): LatticeFacts => facts.get(leg) ?? (facts.set(leg, new LatticeFacts()), facts.get(leg)!)
    const fallRatio = GRAVITY_KINDS.has(input.line.kind) ? minSlopeRatio(input.line.section) : null
    /** Assets that refused an end in every try of this grain. */
    let refusers: ReadonlySet<string> | null = null
    for (let tries = 0; tries < TRIES * input.alternatives && this.found.length < input.alternatives && this.#scratch.visits < MOST_VISITS; tries++) {
      job.throwIfCancelled()
      job.progress(this.found.length / input.alternatives, 'cli-route:stage.search')
      const legs = searchLegs({ site, points, grain, fallRatio, vetoes, others: this.found, apartM: DISTINCT_M, factsOf }, this.#scratch, job)
      if ('closed' in legs) {
        if (this.blocked.length === 0) this.blocked = legs.closed
        this.isEndRefused = this.found.length === 0 && refusers !== null && refusers.size > 0
        return
      }
      const rows = site.trial.shortRows(legs.axis)
      if (rows.length > 0) {
        if (this.blocked.length === 0) this.blocked = limitsOf(rows)
        for (const row of rows) vetoes.push(this.#vetoOf(row, legs.stepped, grain))
        const atEnds = new Set(rows.flatMap(row => (row.other !== null && this.#endAt(row, grain) >= 0 ? [row.other] : [])))
        refusers = refusers === null ? atEnds : intersection(refusers, atEnds)
        continue
      }
      const isFixed = (point: Vec3): boolean => points.some(([x, y]) => Math.hypot(point[0] - x, point[1] - y) < 1e-6)
      const isTwin = (tried: readonly Vec3[]): boolean =>
        this.found.some(other => tried.every(([x, y]) => planOff(other, x, y) < DISTINCT_M) && other.every(([x, y]) => planOff(tried, x, y) < DISTINCT_M))
      if (isTwin(legs.axis)) {
        const [x, y] = pointAt(legs.axis, 0.5)
        vetoes.push({ x, y, radiusM: DISTINCT_M, extraCoverM: Infinity })
        continue
      }
      const axis = polishRoute(legs.axis, { site, isFixed, isAllowed: tried => !isTwin(tried) && this.#isAllowed(tried, fallRatio), keepsLevels: fallRatio !== null })
      if (this.#checkedRows(axis).length > 0) return
      this.found.push(axis)
    }
  }

  /** Where the engine refused: the place is closed, for cover laid deeper, at an end the step out of it is closed. */
  #vetoOf(row: ShortRow, stepped: readonly Vec3[], grain: SearchGrain): Veto {
    const { cellM } = grain
    const [x, y] = row.at.route
    if (row.rule === 'cover') return { x, y, radiusM: 3, extraCoverM: row.shortfall + 0.02 }
    const end = this.#endAt(row, grain)
    if (end < 0) return { x, y, radiusM: Math.max(0.6, 1.2 * cellM), extraCoverM: Infinity }
    const [px, py] = this.#points[end]!
    const at = stepped.findIndex(point => Math.hypot(point[0] - px, point[1] - py) < 1e-6)
    const next = stepped[at + (at + 1 < stepped.length ? 1 : -1)]!
    return { x: next[0], y: next[1], radiusM: 0.3 * cellM, extraCoverM: Infinity }
  }

  /** Which of the points a refusal is at, −1 for none. */
  #endAt({ at: { route: [x, y] } }: ShortRow, { cellM }: SearchGrain): number {
    return this.#points.findIndex(point => Math.hypot(point[0] - x, point[1] - y) < 1.5 * cellM)
  }

  #isAllowed(axis: readonly Vec3[], fallRatio: number | null): boolean {
    const { space, groundAt, halfHeightM, maxCoverM, leastCoverFor } = this.#site
    const least = Math.min(...Object.values(leastCoverFor))
    return axis.slice(1).every((q, i) => {
      const p = axis[i]!
      const length = Math.hypot(q[0] - p[0], q[1] - p[1])
      if (space.buildingOn(p[0], p[1], q[0], q[1]) !== null) return false
      if (fallRatio !== null && (p[2] - q[2]) / length < fallRatio - 1e-9) return false
      const pieces = Math.max(1, Math.ceil(length))
      for (let k = 0; k <= pieces; k++) {
        const [x, y, z] = [0, 1, 2].map(axisOf => p[axisOf]! + (k / pieces) * (q[axisOf]! - p[axisOf]!)) as [number, number, number]
        const cover = (groundAt(x, y) ?? NaN) - z - halfHeightM
        if (!(cover >= least - 1e-9 && cover <= maxCoverM + 1e-9)) return false
      }
      return true
    })
  }

  /** The engine's own answer on the network with the route in it. */
  #checkedRows(axis: readonly Vec3[]): readonly PairRow[] {
    const { prepared: { columns, pack, ground } } = this.#site
    const assets = effectiveNetwork(columns, [{ ...this.#input.line, axis: axis.map(point => plus(point, columns.origin)) }])
    const involving = new Uint8Array(assets.count).fill(1, columns.count)
    return checkNetwork(prepareClearance({ assets, pack, ground, surfaceFeatures: [], nodes: this.#input.nodes ?? [] }, this.#job), { involving }, this.#job).pairs
  }
}

/** Point at a share of an axis' length. */
function pointAt(axis: readonly Vec3[], share: number): Vec3 {
  let left = share * lengthOf(axis)
  for (let i = 1; i < axis.length; i++) {
    const [p, q] = [axis[i - 1]!, axis[i]!]
    const length = Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2])
    if (left <= length) return [0, 1, 2].map(k => p[k]! + (left / length) * (q[k]! - p[k]!)) as unknown as Vec3
    left -= length
  }
  return axis.at(-1)!
}

const intersection = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => new Set([...a].filter(id => b.has(id)))
