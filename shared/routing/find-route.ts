import { checkNetwork } from '../clearance/check.ts'
import { effectiveNetwork } from '../clearance/effective-network.ts'
import type { PairRow, RuleName } from '../clearance/finding.ts'
import { prepareClearance } from '../clearance/prepare.ts'
import { unattendedJob, type JobControl } from '../core/job.ts'
import { classesOf } from '../rules/asset-classes.ts'
import { LimitLookup } from '../rules/limit-lookup.ts'
import type { RulePack } from '../rules/rule-pack.ts'
import type { Proposal } from '../scenario/document.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '../twin/asset.ts'
import { assumedGround } from '../twin/assumed-ground.ts'
import { groundSampler, type GroundSurface } from '../twin/ground.ts'
import { GRAVITY_KINDS, SURFACE_CLASSES, type SurfaceClass } from '../twin/kinds.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import { distance, lengthOf, plus, withoutIdleVertices } from './axis.ts'
import { searchLattice } from './lattice-search.ts'
import { obstaclesFor, type Obstacles } from './obstacles.ts'
import { pullTaut, turnOf } from './pull-taut.ts'
import { minSlopeRatio, routeCosts } from './route-costs.ts'
import { streetLattice, type StreetLattice } from './street-lattice.ts'
import { streetSpace } from './street-space.ts'
import { createTrial, type ShortRow } from './trial.ts'

export interface RouteInput {
  readonly baseline: AssetColumns
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS. */
  readonly nodes?: readonly NodeRecord[]
  /** The line to lay, but for its axis. */
  readonly line: Omit<Proposal, 'axis'>
  /** Points the line begins at, passes and ends at. Project CRS, plan. A gravity line falls from the first to the last. */
  readonly through: readonly (readonly [number, number])[]
  readonly alternatives: number
}

/** A limit near the route: what was found of it, and where. Project CRS. */
export interface TightPlace {
  readonly asset: string
  readonly rule: RuleName
  readonly found: number
  readonly required: number
  readonly at: Vec3
}

export interface FoundRoute {
  /** Project CRS. */
  readonly axis: readonly Vec3[]
  readonly lengthM: number
  readonly cost: { readonly total: number; readonly trench: number; readonly bends: number; readonly crossings: number }
  readonly tightest: readonly TightPlace[]
}

export type BlockReason = 'zero_length' | 'outside_ground' | 'in_building' | 'no_way' | 'limit'
/** Why there is no way, or no further one. Project CRS. */
export interface Blocked {
  readonly reason: BlockReason
  readonly asset: string | null
  readonly rule: RuleName | null
  readonly at: Vec3 | null
}

const TRIES = 12
const MAX_STATES = 8e6
/** A second route must leave the others by so much somewhere. */
const DISTINCT_M = 3

/** The cheapest conflict-free alignments of the street space, the engine having the last word on each. @throws CancelledError */
export function findRoutes(input: RouteInput, job: JobControl = unattendedJob): { readonly routes: readonly FoundRoute[]; readonly blocked: readonly Blocked[] } {
  const { baseline, pack, ground, surfaceFeatures, nodes = [], line } = input
  const { origin } = baseline
  const points = input.through.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
  const space = streetSpace(ground, surfaceFeatures, origin)
  const assumed = ground ? null : assumedGround(baseline, 1)
  const level = ground ? groundSampler(ground) : assumed ? groundSampler(assumed) : null
  const groundAt = (x: number, y: number): number | null => (level ? level(x, y) : 0) ?? (ground ? null : 0)
  const inProject = (point: Vec3): Vec3 => plus(point, origin)
  const early = endTrouble(points, space, groundAt)
  if (early) return { routes: [], blocked: [{ ...early, at: early.at && inProject(early.at) }] }

  const prepared = prepareClearance({ assets: baseline, pack, ground, surfaceFeatures, nodes }, job)
  const span = Math.max(...points.slice(1).map((point, i) => Math.hypot(point[0] - points[i]![0], point[1] - points[i]![1])))
  const marginM = Math.max(20, 0.2 * span)
  const box = {
    minX: Math.min(...points.map(([x]) => x)) - 2 * marginM - 5, maxX: Math.max(...points.map(([x]) => x)) + 2 * marginM + 5,
    minY: Math.min(...points.map(([, y]) => y)) - 2 * marginM - 5, maxY: Math.max(...points.map(([, y]) => y)) + 2 * marginM + 5,
  }
  const obstacles = obstaclesFor(prepared, line, box)
  const trial = createTrial(prepared, line)
  const halfHeightM = (line.section.shape === 'circle' ? line.section.diameterM : line.section.heightM) / 2
  const { leastCoverFor, maxCoverM } = coversOf(input)
  const routes: FoundRoute[] = []
  const local: (readonly Vec3[])[] = []
  const failed: { readonly at: Vec3; readonly radiusM: number }[] = []
  let blocked: readonly Blocked[] = []
  for (let tries = 0; tries < TRIES + 3 * input.alternatives && routes.length < input.alternatives; tries++) {
    job.throwIfCancelled()
    const penalty = (x: number, y: number): number =>
      failed.some(({ at, radiusM }) => Math.hypot(at[0] - x, at[1] - y) < radiusM) ? Infinity : local.some(axis => planOff(axis, x, y) < DISTINCT_M + 1) ? 2 : 1
    const axis: Vec3[] = []
    let open: Blocked[] | null = null
    for (let i = 1; i < points.length && !open; i++) {
      const request = {
        from: points[i - 1]!, to: points[i]!, startLevel: axis.at(-1)?.[2] ?? null, halfHeightM, leastCoverFor, maxCoverM,
        fallRatio: GRAVITY_KINDS.has(line.kind) ? minSlopeRatio(line.section) : null,
        space, groundAt, obstacles, costs: routeCosts, marginM, maxStates: MAX_STATES, penalty,
      }
      const lattice = streetLattice(request)
      const path = searchLattice(lattice, () => job.throwIfCancelled())
      if ('nearest' in path) {
        open = closersAt(lattice, path.nearest)
        continue
      }
      const stepped = path.steps.map(({ node, level }) => lattice.pointOf(node, level))
      if (axis.length > 0) stepped[0] = axis.pop()!
      const taut = pullTaut(stepped, lattice)
      axis.push(...(trial.shortRows(taut).length === 0 ? taut : withoutIdleVertices(stepped)))
    }
    if (open) {
      if (routes.length === 0 && blocked.length === 0) blocked = open
      break
    }
    const rows = trial.shortRows(axis)
    if (rows.length > 0) {
      blocked = limitsOf(rows)
      for (const { at } of rows) failed.push({ at: at.route, radiusM: 1.2 })
      // An end cannot be moved.
      if (rows.some(({ at }) => points.some(([x, y]) => Math.hypot(at.route[0] - x, at.route[1] - y) < 1.2))) break
      continue
    }
    if (local.some(other => axis.every(([x, y]) => planOff(other, x, y) < DISTINCT_M))) {
      for (const point of axis.slice(1, -1)) failed.push({ at: point, radiusM: DISTINCT_M })
      if (axis.length <= 2) break
      continue
    }
    local.push(axis)
    const shown = axis.map(inProject)
    if (checkedRows(input, shown, job).length > 0) break
    routes.push({ axis: shown, lengthM: lengthOf(axis), cost: costOf(axis, obstacles, space, groundAt, halfHeightM, Math.min(...Object.values(leastCoverFor))), tightest: tightPlaces(input, axis, origin) })
  }
  routes.sort((a, b) => a.cost.total - b.cost.total)
  return { routes, blocked: routes.length > 0 ? [] : blocked.map(one => ({ ...one, at: one.at && inProject(one.at) })) }
}

function endTrouble(points: readonly (readonly [number, number])[], space: ReturnType<typeof streetSpace>, groundAt: (x: number, y: number) => number | null): Blocked | null {
  for (let i = 0; i < points.length; i++) {
    const [x, y] = points[i]!
    const at: Vec3 = [x, y, groundAt(x, y) ?? 0]
    if (i > 0 && Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1]) < 0.01) return { reason: 'zero_length', asset: null, rule: null, at }
    if (groundAt(x, y) === null) return { reason: 'outside_ground', asset: null, rule: null, at }
    const building = space.buildingOn(x, y, x, y)
    if (building !== null) return { reason: 'in_building', asset: building, rule: null, at }
  }
  return null
}

function coversOf({ pack, line }: RouteInput): { leastCoverFor: Record<SurfaceClass, number>; maxCoverM: number } {
  const diameterM = line.section.shape === 'circle' ? line.section.diameterM : Math.max(line.section.widthM, line.section.heightM)
  const lookup = new LimitLookup(pack, [classesOf({ ...line, diameterM }, pack)])
  const covers = SURFACE_CLASSES.map(surface => [surface, lookup.cover(0, surface)] as const)
  return {
    leastCoverFor: Object.fromEntries(covers.map(([surface, { min }]) => [surface, min?.minM ?? routeCosts.leastCoverM])) as Record<SurfaceClass, number>,
    maxCoverM: Math.min(routeCosts.maxCoverM, ...covers.flatMap(([, { max }]) => (max ? [max.minM] : []))),
  }
}

/** What closes the way onward from the place nearest to the goal: each asset once. */
function closersAt(lattice: StreetLattice, nearest: number): Blocked[] {
  const at = lattice.pointOf(nearest, 0)
  const byAsset = new Map(lattice.closedAround(nearest).map(closed => [closed.asset, closed]))
  if (byAsset.size === 0) return [{ reason: 'no_way', asset: null, rule: null, at }]
  return [...byAsset.values()].map(({ asset, rule }) => ({ reason: 'limit' as const, asset, rule, at }))
}

function limitsOf(rows: readonly ShortRow[]): Blocked[] {
  const worst = new Map<string, ShortRow>()
  for (const row of rows) if (row.shortfall > (worst.get(row.other ?? '')?.shortfall ?? 0)) worst.set(row.other ?? '', row)
  return [...worst.values()].map(({ other, rule, at }) => ({ reason: 'limit' as const, asset: other, rule, at: at.route }))
}

/** The engine's own answer on the whole network with the route in it. */
function checkedRows({ baseline, pack, ground, surfaceFeatures, nodes = [], line }: RouteInput, axis: readonly Vec3[], job: JobControl): readonly PairRow[] {
  const assets = effectiveNetwork(baseline, [{ ...line, axis }])
  const involving = new Uint8Array(assets.count).fill(1, baseline.count)
  return checkNetwork(prepareClearance({ assets, pack, ground, surfaceFeatures, nodes }, job), { involving }, job).pairs
}

function costOf(axis: readonly Vec3[], obstacles: Obstacles, space: ReturnType<typeof streetSpace>, groundAt: (x: number, y: number) => number | null, halfHeightM: number, leastCoverM: number): FoundRoute['cost'] {
  let [trench, crossings, bends] = [0, 0, 0]
  axis.slice(1).forEach((q, i) => {
    const p = axis[i]!
    crossings += routeCosts.crossing * obstacles.crossings(p[0], p[1], q[0], q[1])
    if (i > 0) bends += (routeCosts.bendPerRightAngle * turnOf(axis[i - 1]!, p, q)) / (Math.PI / 2)
    const pieces = Math.max(1, Math.ceil(distance(p, q)))
    for (let k = 0; k < pieces; k++) {
      const share = (k + 0.5) / pieces
      const [x, y, z] = [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]), p[2] + share * (q[2] - p[2])]
      const known = space.uses(x, y).flatMap(use => (use in routeCosts.surfaceFactor ? [routeCosts.surfaceFactor[use as keyof typeof routeCosts.surfaceFactor]] : []))
      const factor = known.length > 0 ? Math.max(...known) : space.hasStreets ? routeCosts.surfaceFactor.open : 1
      trench += (distance(p, q) / pieces) * (factor + routeCosts.depthPerM * Math.max(0, (groundAt(x, y) ?? z) - z - halfHeightM - leastCoverM))
    }
  })
  return { total: trench + bends + crossings, trench, bends, crossings }
}

/** The narrowest places: what would be short first if every limit were greater. Found by asking again under a wider pack. */
function tightPlaces({ baseline, pack, line }: RouteInput, axis: readonly Vec3[], origin: Vec3): TightPlace[] {
  const by = 0.5
  const wider: RulePack = {
    ...pack, cover: [],
    horizontal: pack.horizontal.map(cell => ({ ...cell, minM: cell.minM + by })), vertical: pack.vertical.map(cell => ({ ...cell, minM: cell.minM + by })),
    distance: pack.distance.map(cell => ({ ...cell, minM: cell.minM + by })),
  }
  const rows = createTrial(prepareClearance({ assets: baseline, pack: wider, ground: null, surfaceFeatures: [] }), line).shortRows(axis)
  const seen = new Map<string, TightPlace>()
  for (const { other, rule, found, required, at } of rows) {
    if (other === null || required === 0) continue
    const place = { asset: other, rule, found, required: required - by, at: plus(at.route, origin) }
    const known = seen.get(`${other} ${rule}`)
    if (!known || found < known.found) seen.set(`${other} ${rule}`, place)
  }
  return [...seen.values()].sort((a, b) => a.found - a.required - (b.found - b.required)).slice(0, 5)
}

/** Distance of a point from an axis in plan. */
function planOff(axis: readonly Vec3[], x: number, y: number): number {
  let least = Infinity
  for (let i = 1; i < axis.length; i++) {
    const [p, q] = [axis[i - 1]!, axis[i]!]
    const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
    const square = dx * dx + dy * dy
    const share = square > 0 ? Math.min(1, Math.max(0, ((x - p[0]) * dx + (y - p[1]) * dy) / square)) : 0
    least = Math.min(least, Math.hypot(x - p[0] - share * dx, y - p[1] - share * dy))
  }
  return least
}
