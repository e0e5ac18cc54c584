import type { Finding } from '../clearance/finding.ts'
import { unattendedJob, type JobControl } from '../core/job.ts'
import type { Vec3 } from '../twin/asset.ts'
import { lengthOf, plus } from './axis.ts'
import type { Blocked } from './blocked.ts'
import { endTrouble } from './end-trouble.ts'
import { routeCoster, type RouteCost } from './route-cost.ts'
import { minSlopeRatio } from './route-costs.ts'
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
  { cellM: 1, levelStepM: 0.3, marginShare: 1 }, { cellM: 0.5, levelStepM: 0.2, marginShare: 0.5 }, { cellM: 0.25, levelStepM: 0.2, marginShare: 0.25 },
]

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
  for (const includesPossible of input.prefersCertain ? [true, false] : [false]) {
    answer = routesOn(input, routeSite(input, points, includesPossible, job), points, job, onFound)
    if (answer.routes.length > 0) break
  }
  return answer
}

function routesOn(input: RouteInput, site: RouteSite, points: readonly (readonly [number, number])[], job: JobControl, onFound: (routes: readonly FoundRoute[]) => void): RouteAnswer {
  const { origin } = input.baseline
  const trouble = [...endTrouble(points, site), ...tooDeep(input, points, site)]
  if (trouble.length > 0) return { routes: [], blocked: trouble.map(one => inProject(one, origin)) }
  const tight = tightPlaces(site.prepared, input.line)
  const costOf = routeCoster(site)
  const routes: FoundRoute[] = []
  const search = new RouteSearch(input, site, points, job, ({ axis, checked: { findings } }: SearchedRoute) => {
    routes.push({ axis: axis.map(point => plus(point, origin)), lengthM: lengthOf(axis), cost: costOf(axis), tightest: tight(axis), findings })
    routes.sort((a, b) => a.cost.total - b.cost.total)
    onFound([...routes])
  })
  for (const grain of GRAINS) {
    search.run(grain)
    if (routes.length > 0 || search.isEndRefused) break
  }
  return { routes, blocked: routes.length > 0 ? [] : search.blocked.map(one => inProject(one, origin)) }
}

const inProject = (one: Blocked, origin: Vec3): Blocked => ({ ...one, at: one.at && plus(one.at, origin) })

/** A gravity line begun as shallow as allowed that would be too deep farther on, fall as little as it may: the ground rises. Local frame. */
function tooDeep({ line }: RouteInput, points: readonly (readonly [number, number])[], { isGravity, groundAt, halfHeightM, leastCoverFor, maxCoverM }: RouteSite): readonly Blocked[] {
  const first = groundAt(...points[0]!)
  if (!isGravity || first === null) return []
  const fallRatio = minSlopeRatio(line.section)
  let level = first - Math.min(...Object.values(leastCoverFor)) - halfHeightM
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [x, y]] = [points[i - 1]!, points[i]!]
    level -= fallRatio * Math.hypot(x - ax, y - ay)
    const ground = groundAt(x, y)
    if (ground === null) return []
    const neededM = ground - level - halfHeightM
    if (neededM > maxCoverM) return [{ reason: 'too_deep', asset: null, rule: null, at: [x, y, ground], cover: { neededM, mostM: maxCoverM } }]
  }
  return []
}
