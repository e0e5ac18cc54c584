import { citedLimit, type Limit } from '../../rules/limit-lookup.ts'
import type { LineLimitLookup } from '../../rules/line-limits.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { crossingsOf, type Crossing } from '../zones/crossings.ts'
import type { RuleName } from '../findings/finding.ts'
import type { Asks } from '../check-selection.ts'
import { chainageRange, levelSpan } from '../network/levels.ts'
import { levelAt, planPointAt, segmentAt, type ClearanceNetwork } from '../network/network.ts'
import type { Hit } from '../pairs/hit.ts'
import type { World } from '../worlds/world.ts'
import { ANGLE_GRACE_DEG } from './surroundings.ts'

const NO_HITS: readonly Hit[] = []
const MEETS_ALL = (): boolean => true

/**
 * Who lies above whom where lines cross, and at which angle they do (design §5, rule 8). An order holds for crossings of
 * the pack's least angle or more; an angle for every meeting but joints.
 */
export class CrossingOrderTester {
  readonly #world: World
  readonly #limits: LineLimitLookup
  /** Required 0: how far the one that should be above is above. */
  readonly #order: Limit | null
  readonly #orderSine: number
  readonly #asksAngles: boolean
  /** By asset: whether an order is asked of its crossings. */
  readonly #isRanked: (asset: number) => boolean
  readonly #asks: Asks
  readonly #isBefore: (a: number, b: number) => boolean
  /** Only what is ranked looks for crossings: every one of them is asked for itself. */
  readonly #onlyRankedLook: boolean

  /**
   * @param isPlanned Of assets that are not built yet.
   * @param isBefore The fixed order of two assets.
   * @param everyPlannedAsks Whether every planned asset that takes part is tested.
   */
  constructor(world: World, limits: LineLimitLookup, isPlanned: (asset: number) => boolean, asks: Asks, isBefore: (a: number, b: number) => boolean, everyPlannedAsks: boolean) {
    const { pack } = world
    this.#limits = limits
    this.#asks = asks
    this.#isBefore = isBefore
    this.#isRanked = pack.levelOrder?.plannedOnly ? isPlanned : () => true
    this.#order = pack.levelOrder && citedLimit(0, pack.levelOrder)
    this.#orderSine = Math.sin(((pack.crossingMinAngleDeg - ANGLE_GRACE_DEG) * Math.PI) / 180)
    this.#asksAngles = pack.crossingAngle.some(cell => cell.with !== undefined)
    this.#onlyRankedLook = !this.#asksAngles && everyPlannedAsks
    this.#world = this.#asksAngles ? withEveryMeeting(world) : world
  }

  /**
   * Hits where an asset crosses those others whose pair with it is its own: of two that look for crossings, the first's.
   * @param isMet Which others it meets at all, where that is known.
   */
  testAsset(asset: number, isMet: (other: number) => boolean = MEETS_ALL): readonly Hit[] {
    if (this.#onlyRankedLook && !this.#isRanked(asset)) return NO_HITS
    if (!this.#asksAngles && this.#rankOf(asset) === null) return NO_HITS
    return this.#testCrossings(asset, isMet)
  }

  #rankOf(asset: number): number | null {
    return this.#order ? this.#limits.of(this.#world.network.signature[asset]!).levelRank : null
  }

  #testCrossings(asset: number, isMet: (other: number) => boolean): readonly Hit[] {
    const { signature } = this.#world.network
    const rank = (other: number): number | null => this.#rankOf(other)
    const own = rank(asset)
    const isOrdered = (other: number): boolean =>
      own !== null && rank(other) !== null && rank(other) !== own && (this.#isRanked(asset) || this.#isRanked(other))
    const angleTo = (other: number): Limit | null => (this.#asksAngles ? this.#limits.angleBetween(signature[asset]!, signature[other]!) : null)
    const looks = (other: number): boolean => this.#asks.isDriver(other) && !(this.#onlyRankedLook && !this.#isRanked(other))
    const isOwn = (other: number): boolean => this.#asks.isAsked(asset, other) && !(other < asset && looks(other))
    const hits: Hit[] = []
    for (const crossing of crossingsOf(this.#world, asset, this.#isBefore, other => isMet(other) && isOwn(other) && (isOrdered(other) || angleTo(other) !== null))) {
      const other = crossing.a === asset ? crossing.b : crossing.a
      const foundDeg = (Math.asin(Math.min(1, crossing.sine)) * 180) / Math.PI
      const angle = angleTo(other)
      if (angle && foundDeg < angle.minM - ANGLE_GRACE_DEG) hits.push(this.#hit('crossing_angle', crossing, angle, foundDeg))
      if (isOrdered(other) && crossing.sine >= this.#orderSine) hits.push(...this.#testOrder(crossing, rank(crossing.a)! < rank(crossing.b)!))
    }
    return hits
  }

  #testOrder(crossing: Crossing, isAUpper: boolean): Hit[] {
    if (crossing.order === 0 || (crossing.order === 1) === isAUpper) return []
    const { network } = this.#world
    const { least, greatest } = levelSpan(network, crossing.a, crossing.b, crossing.meeting, chainageRange(network, crossing.a, crossing.b, crossing.meeting))
    return [this.#hit('level_order', crossing, this.#order!, isAUpper ? least : -greatest)]
  }

  #hit(rule: RuleName, { a, b, meeting }: Crossing, limit: Limit, found: number): Hit {
    const { network } = this.#world
    const [p, q] = [placeAt(network, a, (meeting.a0 + meeting.a1) / 2), placeAt(network, b, (meeting.b0 + meeting.b1) / 2)]
    const accuracy = rule === 'level_order' ? network.accuracyLevelM : network.accuracyPlanM
    const uncertaintyM = Number.isNaN(accuracy[a]!) || Number.isNaN(accuracy[b]!) ? null : rule === 'level_order' ? Math.hypot(accuracy[a]!, accuracy[b]!) : 0
    return {
      rule, a, b, segmentA: p.segment, segmentB: q.segment, from: p.share, to: p.share, required: limit.minM, found, limit,
      isShort: true, uncertaintyM, p: p.at, q: q.at,
    }
  }
}

function placeAt(network: ClearanceNetwork, asset: number, chainage: number): { segment: number; share: number; at: Vec3 } {
  const segment = segmentAt(network, asset, chainage)
  const lengthM = network.chainageM[segment + 1]! - network.chainageM[segment]!
  const [x, y] = planPointAt(network, asset, chainage)
  return { segment, share: lengthM > 0 ? Math.min(1, Math.max(0, (chainage - network.chainageM[segment]!) / lengthM)) : 0, at: [x, y, levelAt(network, asset, chainage)] }
}

/** The same world under a pack to which every meeting in plan is a crossing. */
function withEveryMeeting(world: World): World {
  return {
    network: world.network, reader: world.reader, limits: world.limits, pack: { ...world.pack, crossingMinAngleDeg: 0 }, routeAsset: world.routeAsset,
    takesPart: asset => world.takesPart(asset), placesOf: asset => world.placesOf(asset),
    queryInflationM: asset => world.queryInflationM(asset), spareM: (a, b) => world.spareM(a, b),
  }
}
