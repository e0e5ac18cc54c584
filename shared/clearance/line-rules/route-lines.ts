import { LineLimitLookup, type LineLimits } from '../../rules/line-limits.ts'
import { ASSET_STATUSES, GRAVITY_KINDS } from '../../twin/kinds.ts'
import type { Asks } from '../check-selection.ts'
import { subjectNumber } from '../findings/finding-builder.ts'
import type { LaidWorld } from '../worlds/laid-world.ts'
import { kindOfGroup } from '../network/network.ts'
import type { Hit } from '../pairs/hit.ts'
import type { PreparedClearance } from '../prepare.ts'
import { RunLayout } from '../findings/run-layout.ts'
import { testBends } from './bends.ts'
import { runFlow, testFall } from './gravity.ts'
import { CrossingOrderTester } from './order.ts'

/** The line itself: hits that are about nothing else. */
const OWN = subjectNumber(0)
const PLANNED = ASSET_STATUSES.indexOf('planned')

/**
 * Rule 8 of a drawn route as far as it can be said at its own place: the order and the angle of its crossings, its fall
 * and velocity, its bends. What stands around it is `RouteSurroundings`'; steps where lines meet are left to the full check.
 */
export class RouteLines {
  readonly #world: LaidWorld
  readonly #limits: LineLimitLookup
  readonly #isPlanned: (asset: number) => boolean
  readonly #asks: Asks
  readonly #snapM: number

  constructor({ pack, columns }: PreparedClearance, world: LaidWorld) {
    const route = world.routeAsset
    this.#world = world
    this.#limits = new LineLimitLookup(pack, world.limits.signatures)
    this.#isPlanned = asset => asset === route || columns.status[asset] === PLANNED
    this.#asks = { isWhole: false, isDriver: asset => asset === route, isAsked: () => true, isCoverAsked: asset => asset === route }
    this.#snapM = pack.snapToleranceM
  }

  /**
   * Hits of the route as it is laid, each on a segment that is asked about.
   * @param isWanted Which segments (first vertices) are.
   */
  test(isWanted: (v: number) => boolean): Hit[] {
    const { network, routeAsset: route } = this.#world
    const limitsOf = (asset: number): LineLimits => this.#limits.of(network.signature[asset]!)
    const hits = [...this.#testCrossings(isWanted), ...this.#testRun(limitsOf)]
    return hits.flatMap(hit => {
      const v = hit.a === route ? hit.segmentA : hit.segmentB
      // A corner is as much of the segment before it.
      if (!isWanted(v) && v > network.vertexStart[route]! && isWanted(v - 1) && hit.from === 0 && hit.to === 0) return [{ ...hit, segmentA: v - 1 }]
      return isWanted(v) ? [hit] : []
    })
  }

  #testCrossings(isWanted: (v: number) => boolean): readonly Hit[] {
    const world = this.#world
    const { vertexStart, vertexAsset } = world.network
    const route = world.routeAsset
    const met = new Set<number>()
    for (let v = vertexStart[route]!; v < vertexStart[route + 1]! - 1; v++) if (isWanted(v)) for (const j of world.axesOfRoute(v)) met.add(vertexAsset[j]!)
    if (met.size === 0) return []
    return new CrossingOrderTester(world, this.#limits, this.#isPlanned, this.#asks, world.isBefore, false).testAsset(route, other => met.has(other))
  }

  #testRun(limitsOf: (asset: number) => LineLimits): Hit[] {
    const world = this.#world
    const { network, routeAsset: route } = world
    const limits = limitsOf(route)
    const hasFall = GRAVITY_KINDS.has(kindOfGroup(network.group[route]!)) && (limits.slope.min !== null || limits.slope.max !== null || limits.velocity !== null)
    const outerM = 2 * Math.max(network.halfWidthM[route]!, network.halfHeightM[route]!)
    if (!hasFall && !limits.turn && !limits.bendRadius(outerM)) return []
    const layout = new RunLayout(world, world.leaderOfRoute())
    const fall = hasFall ? testFall(network, route, runFlow(network, layout).get(route) ?? 1, limits, OWN) : []
    return [...fall, ...testBends(network, layout, this.#snapM, limitsOf, OWN).filter(hit => hit.a === route)]
  }
}
