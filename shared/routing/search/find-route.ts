import type { Finding } from '../../clearance/findings/finding.ts'
import { unattendedJob, type JobControl } from '../../core/job.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { lengthOf, plus } from '../lines/axis.ts'
import type { Blocked } from './blocked.ts'
import { endTrouble } from './end-trouble.ts'
import { gravityTrouble } from './gravity-trouble.ts'
import { routeCoster, type RouteCost } from './route-cost.ts'
import type { SearchGrain } from './route-legs.ts'
import { RouteSearch, type SearchedRoute } from './route-search.ts'
import { routeSite, type RouteInput, type RouteSite } from './route-site.ts'
import { tightPlaces, type TightPlace } from './tight-places.ts'

export type { RouteInput } from './route-site.ts'

export interface FoundRoute {
  /** Project CRS. */
  readonly axis: readonly Vec3[]
  readonly lengthM: number
  readonly cost: RouteCost
  readonly tightest: readonly TightPlace[]
  /** What the full check, every rule asked, says of it beside the limits between lines that it keeps: order of levels, what stands around, what is only possible. */
  readonly findings: readonly Finding[]
}

export interface RouteAnswer {
  /** Cheapest first. */
  readonly routes: readonly FoundRoute[]
  readonly blocked: readonly Blocked[]
}

/** Coarse first; where nothing is found, what a finer lattice can pass between. */
const GRAINS: readonly SearchGrain[] = [
  { cellM: 1, levelStepM: 0.3, marginShare: 1, mostTurn: 2 }, { cellM: 0.5, levelStepM: 0.2, marginShare: 0.5, mostTurn: 2 }, { cellM: 0.25, levelStepM: 0.2, marginShare: 0.25, mostTurn: 2 },
]
/** Half a step, the tangent of an arc that turns by an eighth of a circle, is so much of its radius: steps this long cannot bend too sharply. */
const STEP_PER_RADIUS = 2 * Math.tan(Math.PI / 8) + 0.02

/** For a line that bends only so much: first as for any other, its vertices chosen to suit; then by steps that are as long as its bends ask. */
const grainsFor = (radiusM: number | undefined): readonly SearchGrain[] =>
  radiusM === undefined ? GRAINS : [GRAINS[0]!, { cellM: STEP_PER_RADIUS * radiusM, levelStepM: 0.3, marginShare: 1, mostTurn: 1 }, ...GRAINS.slice(1)]

/**
 * The cheapest conflict-free alignments of the street space, the engine having the last word on each.
 * @param onFound Told of the routes so far whenever there is one more.
 * @throws CancelledError
 */
export function findRoutes(input: RouteInput, job: JobControl = unattendedJob, onFound: (routes: readonly FoundRoute[]) => void = () => undefined): RouteAnswer {
  const { origin } = input.baseline
  const points = input.through.map(([x, y]) => [x - origin[0], y - origin[1]] as const)
  if (points.some(([x, y], i) => i > 0 && Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1]) < 0.01)) {
    return { routes: [], blocked: [inProject({ reason: 'zero_length', asset: null, rule: null, at: [...points[0]!, 0] }, origin)] }
  }
  let answer: RouteAnswer = { routes: [], blocked: [] }
  const grains = grainsFor(input.line.bendRadiusM)
  // Clear of the uncertainty nearly up to the points first, though only by coarse steps.
  for (const [beyondM, tried] of input.prefersCertain ? [[2, grains.slice(0, 1)], [8, grains], [null, grains]] as const : [[null, grains]] as const) {
    answer = routesOn(input, routeSite(input, points, beyondM, job), points, tried, job, onFound)
    if (answer.routes.length > 0) break
  }
  return answer
}

function routesOn(input: RouteInput, site: RouteSite, points: readonly (readonly [number, number])[], grains: readonly SearchGrain[], job: JobControl, onFound: (routes: readonly FoundRoute[]) => void): RouteAnswer {
  const { origin } = input.baseline
  const trouble = [...endTrouble(points, site), ...gravityTrouble(input, points, site)]
  if (trouble.length > 0) return { routes: [], blocked: trouble.map(one => inProject(one, origin)) }
  const tight = tightPlaces(site, input.line)
  const costOf = routeCoster(site)
  const routes: FoundRoute[] = []
  const search = new RouteSearch(input, site, points, job, ({ axis, checked: { findings } }: SearchedRoute) => {
    routes.push({ axis: axis.map(point => plus(point, origin)), lengthM: lengthOf(axis), cost: costOf(axis), tightest: tight(axis), findings })
    routes.sort((a, b) => a.cost.total - b.cost.total)
    onFound([...routes])
  })
  for (const grain of grains) {
    search.run(grain)
    if (routes.length > 0 || search.isEndRefused) break
  }
  return { routes, blocked: routes.length > 0 ? [] : search.blocked.map(one => inProject(one, origin)) }
}

const inProject = (one: Blocked, origin: Vec3): Blocked => ({ ...one, at: one.at && plus(one.at, origin) })
