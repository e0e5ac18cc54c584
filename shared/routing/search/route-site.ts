import { prepareClearance, type PreparedClearance } from '../../clearance/prepare.ts'
import type { JobControl } from '../../core/job.ts'
import { classesOf } from '../../rules/asset-classes.ts'
import { LimitLookup } from '../../rules/limit-lookup.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import { assetsInBox } from '../../twin/assets-in-box.ts'
import { assumedGround } from '../../twin/assumed-ground.ts'
import { groundSampler, type GroundSurface } from '../../twin/ground.ts'
import { GRAVITY_KINDS, SURFACE_CLASSES, type SurfaceClass } from '../../twin/kinds.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import { obstaclesFor, type Obstacles } from './obstacles.ts'
import { DEFAULT_ROUTE_COSTS, routeBounds, type RouteCosts } from './route-costs.ts'
import { streetSpace, type StreetSpace } from './street-space.ts'
import { besideCost, type BesideCost } from './surroundings-cost.ts'
import { createTrial, type Trial } from '../fix/trial.ts'
import { boxesMeet, pointsBox, widened, type PlanBox } from '../../geometry/plan-box.ts'

export interface RouteInput {
  readonly baseline: AssetColumns
  readonly pack: RulePack
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  /** Project CRS: lines join in manholes. */
  readonly nodes?: readonly NodeRecord[]
  /** The line to lay, but for its axis. */
  readonly line: Omit<Proposal, 'axis'>
  /** Points the line begins at, passes and ends at. Project CRS, plan. A gravity line falls from the first to the last. */
  readonly through: readonly (readonly [number, number])[]
  /** Level of the line's axis at each of them, project datum: what it joins there. Null, or none given: as the search finds. */
  readonly levels?: readonly (number | null)[]
  readonly alternatives: number
  /** What is dear and what is cheap; as shipped where absent. */
  readonly costs?: RouteCosts
  /** Areas to keep out of: rings in the project CRS. */
  readonly keepOut?: readonly (readonly (readonly [number, number])[])[]
  /** Cover to lay with beside what the pack asks, metres. */
  readonly minCoverM?: number
  readonly maxCoverM?: number
  /** Routes that also clear what is only possible within the survey's uncertainty are looked for first. */
  readonly prefersCertain?: boolean
}

/** The part of the twin a route can lie in or depend on, ready to be asked about. Local frame, metres. */
export interface RouteSite {
  readonly prepared: PreparedClearance
  readonly space: StreetSpace
  readonly obstacles: Obstacles
  /** What stands around, project CRS: that part of it a route can come near. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly nodes: readonly NodeRecord[]
  readonly besideAt: BesideCost
  readonly costs: RouteCosts
  readonly trial: Trial
  readonly halfHeightM: number
  readonly isGravity: boolean
  readonly leastCoverFor: Readonly<Record<SurfaceClass, number>>
  readonly maxCoverM: number
  /** Level of the axis given at each of the points; null where it is free. */
  readonly levels: readonly (number | null)[]
  /** How far to both sides of the straight way is looked. */
  readonly marginM: number
  groundAt(x: number, y: number): number | null
}

/** Deeper than this no level that is given is believed, metres. */
const MOST_COVER_M = 50

/**
 * @param points The points to pass, local frame.
 * @param certainBeyondM So far from the points that were set limits only possibly broken count as broken; null nowhere. Nearer the line has to be there.
 * @throws CancelledError
 */
export function routeSite(input: RouteInput, points: readonly (readonly [number, number])[], certainBeyondM: number | null, job: JobControl): RouteSite {
  const { baseline, pack, ground, line, keepOut = [], costs = DEFAULT_ROUTE_COSTS } = input
  const { origin } = baseline
  const countsPossible = (x: number, y: number): boolean => certainBeyondM !== null && points.every(point => Math.hypot(x - point[0], y - point[1]) > certainBeyondM)
  const span = Math.max(...points.slice(1).map((point, i) => Math.hypot(point[0] - points[i]![0], point[1] - points[i]![1])))
  const marginM = Math.max(20, 0.2 * span)
  const box = widened(pointsBox(points), 2 * marginM + 5)
  const wide = widened(box, dependenceM(pack, baseline))
  const surfaceFeatures = input.surfaceFeatures.filter(({ points: ring }) => meetsBox(ring, wide, origin))
  const nodes = (input.nodes ?? []).filter(({ at: [x, y] }) => x - origin[0] >= wide.minX && x - origin[0] <= wide.maxX && y - origin[1] >= wide.minY && y - origin[1] <= wide.maxY)
  const assumed = ground ? null : assumedGround(baseline, 1)
  const level = ground ? groundSampler(ground) : assumed ? groundSampler(assumed) : null
  const groundAt = (x: number, y: number): number | null => (level ? level(x, y) : 0) ?? (ground ? null : 0)
  const levels = points.map((_, i) => (input.levels?.[i] == null ? null : input.levels[i]! - origin[2]))
  const halfHeightM = (line.section.shape === 'circle' ? line.section.diameterM : line.section.heightM) / 2
  const covers = coversOf(input)
  // What is joined deeper than that is joined all the same.
  const deepestM = Math.min(MOST_COVER_M, Math.max(...levels.map((given, i) => (given === null ? 0 : (groundAt(...points[i]!) ?? given) - given - halfHeightM))))
  const prepared = prepareClearance({ assets: assetsInBox(baseline, wide), pack, ground, surfaceFeatures, nodes }, job)
  return {
    prepared, costs, marginM, surfaceFeatures, nodes, levels, halfHeightM, groundAt, leastCoverFor: covers.leastCoverFor, maxCoverM: Math.min(Math.max(covers.maxCoverM, deepestM), covers.packMaxCoverM),
    besideAt: besideCost(pack, line, surfaceFeatures, nodes, origin, costs),
    space: streetSpace(ground, surfaceFeatures, origin, keepOut),
    obstacles: obstaclesFor(prepared, line, box, levels.flatMap((given, i): Vec3[] => (given === null ? [] : [[...points[i]!, given]])), countsPossible),
    trial: createTrial(prepared, line, certainBeyondM === null ? {} : { countsPossible }),
    isGravity: GRAVITY_KINDS.has(line.kind),
  }
}

/** What lies further off says nothing about a line: the widest limit, reached through a crossing's zone at 30° and its joints. */
export function dependenceM(pack: RulePack, { halfWidthM }: AssetColumns): number {
  const limit = Math.max(0, ...[...pack.horizontal, ...pack.distance, ...pack.vertical].map(({ minM }) => minM))
  let widest = 0
  for (const half of halfWidthM) widest = Math.max(widest, half)
  return 50 + 4 * (limit + 2 * widest)
}

export function meetsBox(ring: readonly (readonly [number, number])[], box: PlanBox, origin: Vec3): boolean {
  return boxesMeet(pointsBox(ring.map(([x, y]) => [x - origin[0], y - origin[1]] as const)), box)
}

function coversOf({ pack, line, minCoverM = 0, maxCoverM = Infinity }: RouteInput): Pick<RouteSite, 'leastCoverFor' | 'maxCoverM'> & { readonly packMaxCoverM: number } {
  const diameterM = line.section.shape === 'circle' ? line.section.diameterM : Math.max(line.section.widthM, line.section.heightM)
  const lookup = new LimitLookup(pack, [classesOf({ ...line, diameterM }, pack)])
  const covers = SURFACE_CLASSES.map(surface => [surface, lookup.cover(0, surface)] as const)
  const packMaxCoverM = Math.min(Infinity, ...covers.flatMap(([, { max }]) => (max ? [max.minM] : [])))
  return {
    packMaxCoverM,
    leastCoverFor: Object.fromEntries(covers.map(([surface, { min }]) => [surface, Math.max(minCoverM, min?.minM ?? routeBounds.leastCoverM)])) as Record<SurfaceClass, number>,
    maxCoverM: Math.min(maxCoverM < Infinity ? maxCoverM : Math.max(routeBounds.maxCoverM, minCoverM), packMaxCoverM),
  }
}
