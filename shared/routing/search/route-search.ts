import { ownBendFindings } from '../../clearance/line-rules/own-bends.ts'
import type { JobControl } from '../../core/job.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { isBeside, lengthOf, withoutIdleVertices } from '../lines/axis.ts'
import type { Blocked } from './blocked.ts'
import { limitsOf } from './end-trouble.ts'
import { easedLevels } from './ease-levels.ts'
import { SearchScratch } from './lattice-search.ts'
import { polishRoute } from './polish-route.ts'
import { checkRoute, type CheckedRoute } from './route-check.ts'
import { routeCoster } from './route-cost.ts'
import { minSlopeRatio } from './route-costs.ts'
import { FactsBook, searchLegs, type SearchGrain, type Veto } from './route-legs.ts'
import type { RouteInput, RouteSite } from './route-site.ts'
import type { ShortRow } from '../fix/trial.ts'

/** A clean axis, local frame, and what the full check says of it. */
export interface SearchedRoute {
  readonly axis: readonly Vec3[]
  readonly checked: CheckedRoute
}

const TRIES = 12
/** So many more for each further alternative. */
const FURTHER_TRIES = 4
/** States looked at in all before giving up: some seconds. Counted, not timed, so that the same question has the same answer. */
const MOST_VISITS = 6e6
/** Covers at which the straight line is tried, metres apart; it follows the ground in pieces of this length. */
const STRAIGHT_STEP_M = 0.1
const FOLLOW_M = 10
/** A second route must leave the others by so much somewhere. */
const DISTINCT_M = 3

/** Asks the lattice, then the engine; what the engine refuses the lattice may not offer again. */
export class RouteSearch {
  readonly found: SearchedRoute[] = []
  blocked: readonly Blocked[] = []
  /** Whatever was offered failed at an end against one and the same asset. Steps have the same directions at every grain: a finer one would offer the same. */
  isEndRefused = false
  readonly #scratch = new SearchScratch()
  readonly #parts = new WeakMap<Vec3, WeakMap<Vec3, boolean>>()
  readonly #input: RouteInput
  readonly #site: RouteSite
  readonly #points: readonly (readonly [number, number])[]
  readonly #job: JobControl
  readonly #onFound: (route: SearchedRoute) => void

  constructor(input: RouteInput, site: RouteSite, points: readonly (readonly [number, number])[], job: JobControl, onFound: (route: SearchedRoute) => void) {
    this.#input = input
    this.#site = site
    this.#points = points
    this.#job = job
    this.#onFound = onFound
  }

  /** @throws CancelledError */
  run(grain: SearchGrain): void {
    const [input, site, points, job] = [this.#input, this.#site, this.#points, this.#job]
    const vetoes: Veto[] = []
    const facts = new FactsBook()
    const fallRatio = site.isGravity ? minSlopeRatio(input.line.section) : null
    /** Assets that refused an end in every try of this grain. */
    let refusers: ReadonlySet<string> | null = null
    for (let tries = 0; tries < TRIES + FURTHER_TRIES * (input.alternatives - 1) && this.found.length < input.alternatives && this.#scratch.visits < MOST_VISITS; tries++) {
      job.throwIfCancelled()
      job.progress(this.found.length / input.alternatives, 'cli-route:stage.search')
      const legs = searchLegs({ site, points, grain, fallRatio, vetoes, bendRadiusM: input.line.bendRadiusM, others: this.found.map(({ axis }) => axis), apartM: DISTINCT_M, facts }, this.#scratch, job)
      if ('closed' in legs) {
        if (this.blocked.length === 0) this.blocked = legs.closed
        this.isEndRefused = this.found.length === 0 && refusers !== null && refusers.size > 0
        return
      }
      const rows = site.trial.shortRows(legs.axis)
      if (rows.length > 0) {
        if (this.blocked.length === 0) this.blocked = limitsOf(rows)
        vetoes.push(...rows.flatMap(row => this.#vetoesOf(row, legs.stepped, grain)))
        const atEnds = new Set(rows.flatMap(row => (row.other !== null && this.#endAt(row, grain) >= 0 ? [row.other] : [])))
        refusers = refusers === null ? atEnds : intersection(refusers, atEnds)
        continue
      }
      const sharp = this.#sharpBend(legs.axis)
      if (sharp) {
        if (this.blocked.length === 0) this.blocked = [sharp]
        const [x, y] = sharp.at!
        vetoes.push(...this.#closedAt(x, y, legs.stepped, grain))
        continue
      }
      if (this.#isTwin(legs.axis)) {
        const [x, y] = pointAt(legs.axis, 0.5)
        vetoes.push({ x, y, radiusM: DISTINCT_M, extraCoverM: Infinity })
        continue
      }
      const route = this.#polished(this.#cheaper(legs.axis, fallRatio), fallRatio)
      if (!route) return
      this.found.push(route)
      this.#onFound(route)
    }
  }

  /** The straight line at an even cover, where one is clean and costs less: the lattice is on the safe side of the engine, which may let it pass. */
  #cheaper(axis: readonly Vec3[], fallRatio: number | null): readonly Vec3[] {
    const { groundAt, halfHeightM, leastCoverFor, maxCoverM, trial } = this.#site
    if (this.#site.isGravity || this.found.length > 0) return axis
    const costOf = routeCoster(this.#site)
    let [best, cost] = [axis, costOf(axis).total]
    const straight = followed(this.#points)
    const { levels } = this.#site
    for (let cover = Math.min(...Object.values(leastCoverFor)) + 1e-3; cover <= maxCoverM; cover += STRAIGHT_STEP_M) {
      const tried = straight.map((point): Vec3 => [...point, levels[this.#points.indexOf(point)] ?? (groundAt(...point) ?? NaN) - halfHeightM - cover])
      const triedCost = costOf(tried).total
      if (triedCost < cost && this.#isAllowed(tried, fallRatio) && trial.isClean(tried)) [best, cost] = [withoutIdleVertices(tried), triedCost]
    }
    return best
  }

  /** The preview says what the engine says; should they part, the route as it was searched stands. Null where that breaks a limit too. */
  #polished(axis: readonly Vec3[], fallRatio: number | null): SearchedRoute | null {
    const isFixed = (point: Vec3): boolean => this.#points.some(([x, y]) => Math.hypot(point[0] - x, point[1] - y) < 1e-6)
    const isLevelFixed = (point: Vec3): boolean => this.#points.some(([x, y], i) => this.#site.levels[i] != null && Math.hypot(point[0] - x, point[1] - y) < 1e-6)
    const isAllowed = (tried: readonly Vec3[]): boolean => !this.#isTwin(tried) && this.#isAllowed(tried, fallRatio)
    const polished = polishRoute(axis, { site: this.#site, isFixed, isLevelFixed, isAllowed })
    const eased = easedLevels(polished, fallRatio !== null, isLevelFixed, tried => isAllowed(tried) && this.#site.trial.isClean(tried))
    for (const tried of new Set([eased, polished, axis])) {
      const checked = checkRoute(this.#site, this.#input.line, tried, this.#job)
      if (checked.pairs.length === 0) return { axis: tried, checked }
    }
    return null
  }

  /** The first bend sharper than the line can be laid with. */
  #sharpBend(axis: readonly Vec3[]): Blocked | null {
    const [sharp] = ownBendFindings([{ ...this.#input.line, axis }])
    return sharp ? { reason: 'bend', asset: null, rule: 'bend_radius', at: sharp.at.a, figures: { foundM: sharp.found, requiredM: sharp.required } } : null
  }

  #isTwin(tried: readonly Vec3[]): boolean {
    return this.found.some(({ axis }) => tried.every(([x, y]) => isBeside(axis, x, y, DISTINCT_M)) && axis.every(([x, y]) => isBeside(tried, x, y, DISTINCT_M)))
  }

  /** Where the engine refused: the place is closed, for cover laid deeper, at an end the step out of it is closed. */
  #vetoesOf(row: ShortRow, stepped: readonly Vec3[], grain: SearchGrain): readonly Veto[] {
    const { cellM } = grain
    const [x, y] = row.at.route
    if (row.rule === 'cover') return [{ x, y, radiusM: 3, extraCoverM: row.shortfall + 0.02 }]
    const end = this.#endAt(row, grain)
    if (end < 0) return this.#closedAt(x, y, stepped, grain)
    const [px, py] = this.#points[end]!
    const at = stepped.findIndex(point => Math.hypot(point[0] - px, point[1] - py) < 1e-6)
    const next = stepped[at + (at + 1 < stepped.length ? 1 : -1)]!
    return [{ x: next[0], y: next[1], radiusM: 0.3 * cellM, extraCoverM: Infinity }]
  }

  /**
   * Closes a place of a line that was refused. The lattice of a long leg is coarser than its grain, and may have no node that
   * near: then that of the line nearest to it is closed, or the next try would offer the same line.
   */
  #closedAt(x: number, y: number, stepped: readonly Vec3[], { cellM }: SearchGrain): readonly Veto[] {
    const place: Veto = { x, y, radiusM: Math.max(0.6, 1.2 * cellM), extraCoverM: Infinity }
    const between = stepped.filter(([px, py]) => !this.#points.some(point => Math.hypot(px - point[0], py - point[1]) < 1e-6))
    if (between.length === 0) return [place]
    const awayM = (point: Vec3): number => Math.hypot(point[0] - x, point[1] - y)
    const nearest = between.reduce((best, point) => (awayM(point) < awayM(best) ? point : best))
    return awayM(nearest) < place.radiusM ? [place] : [place, { x: nearest[0], y: nearest[1], radiusM: 0.3 * cellM, extraCoverM: Infinity }]
  }

  /** Which of the points a refusal is at, −1 for none. */
  #endAt({ at: { route: [x, y] } }: ShortRow, { cellM }: SearchGrain): number {
    return this.#points.findIndex(point => Math.hypot(point[0] - x, point[1] - y) < 1.5 * cellM)
  }

  #isAllowed(axis: readonly Vec3[], fallRatio: number | null): boolean {
    if (this.#sharpBend(axis)) return false
    return axis.slice(1).every((q, i) => this.#isPartAllowed(axis[i]!, q, fallRatio))
  }

  /** A part is asked about once: lines that share vertices (the same objects) share its answer. */
  #isPartAllowed(p: Vec3, q: Vec3, fallRatio: number | null): boolean {
    const from = this.#parts.get(p) ?? new WeakMap<Vec3, boolean>()
    this.#parts.set(p, from)
    const known = from.get(q) ?? this.#askPart(p, q, fallRatio)
    from.set(q, known)
    return known
  }

  #askPart(p: Vec3, q: Vec3, fallRatio: number | null): boolean {
    const { space, groundAt, halfHeightM, maxCoverM, leastCoverFor } = this.#site
    const least = Math.min(...Object.values(leastCoverFor))
    const length = Math.hypot(q[0] - p[0], q[1] - p[1])
    if (space.buildingOn(p[0], p[1], q[0], q[1]) !== null) return false
    if (fallRatio !== null && (p[2] - q[2]) / length < fallRatio - 1e-9) return false
    const pieces = Math.max(1, Math.ceil(length))
    for (let k = 0; k <= pieces; k++) {
      const share = k / pieces
      const cover = (groundAt(p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])) ?? NaN) - (p[2] + share * (q[2] - p[2])) - halfHeightM
      if (!(cover >= least - 1e-9 && cover <= maxCoverM + 1e-9)) return false
    }
    return true
  }
}

/** Points in plan with others between them, so that a line through them follows the ground. */
const followed = (points: readonly (readonly [number, number])[]): (readonly [number, number])[] => points.flatMap((q, i) => {
  const p = points[i - 1]
  if (!p) return [q]
  const count = Math.ceil(Math.hypot(q[0] - p[0], q[1] - p[1]) / FOLLOW_M)
  return Array.from({ length: count }, (_, k): readonly [number, number] => (k + 1 === count ? q : [p[0] + ((k + 1) / count) * (q[0] - p[0]), p[1] + ((k + 1) / count) * (q[1] - p[1])]))
})

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
