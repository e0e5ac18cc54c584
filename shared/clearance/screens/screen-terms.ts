import type { SectionSums } from '../../geometry/clear-distance.ts'
import type { LimitLookup } from '../../rules/limit-lookup.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { BROKEN_M, GRACE_M } from '../pairs/pair-terms.ts'
import { AssetSorts, BOX, HEIGHT, LEVEL, OWN_REACH, PLAN, SIGNATURE, STRIDE } from './asset-sorts.ts'

/**
 * What `PairTerms` says of two assets, as plain numbers out of tables by signature: a million pairs are screened with
 * it, and nothing is allocated. An unknown uncertainty is 0 here, as it lists nothing further off.
 */
export class ScreenTerms implements SectionSums {
  w = 0.5
  h = 0.5
  boxW = 0.5
  boxH = 0.5
  radius = 0.5
  hasBox = false
  /** −1 where there is no limit. */
  horizontalM = -0.5
  distanceM = -0.5
  /** The larger vertical limit; 0 where there is none. */
  verticalM = 0.5
  uncertaintyPlanM = 0.5
  uncertaintyLevelM = 0.5
  uncertaintyClearM = 0.5
  /** As in `PairTerms`. */
  horizontalPlanM = 0.5
  horizontalLevelM = 0.5
  overlapPlanM = 0.5
  overlapLevelM = 0.5
  contactM = 0.5
  readonly #count: number
  readonly #sorts: AssetSorts
  readonly #horizontal: Float64Array
  readonly #vertical: Float64Array
  readonly #distance: Float64Array
  readonly #reach: Float64Array
  readonly #semantics: RulePack['semantics']
  readonly #alongsideM: number
  readonly #touchM: number

  /** @param count Signatures. */
  constructor(network: ClearanceNetwork, pack: RulePack, limits: LimitLookup, count: number) {
    this.#count = count
    this.#sorts = new AssetSorts(network.group.length)
    for (let a = 0; a < network.assetCount; a++) this.#sorts.take(network, a)
    this.#semantics = pack.semantics
    this.#alongsideM = pack.alongsideMaxVerticalGapM ?? Infinity
    this.#touchM = pack.touchBandM + GRACE_M
    const table = (of: (a: number, b: number) => number): Float64Array =>
      new Float64Array(count * count).map((_, k) => of(Math.floor(k / count), k % count))
    const none = -1
    const isDistance = pack.semantics === 'distance'
    this.#horizontal = table((a, b) => (isDistance ? none : (limits.pair(a, b).horizontal?.minM ?? none)))
    this.#vertical = table((a, b) => (isDistance ? none : (limits.pair(a, b).larger?.minM ?? none)))
    this.#distance = table((a, b) => (isDistance ? (limits.pair(a, b).distance?.minM ?? none) : none))
    this.#reach = this.#horizontal.map((m, sort) => Math.max(m, this.#distance[sort]!, 0) + this.#touchM + REACH_SPARE_M)
  }

  /** Reads an asset of the network anew: the drawn route changes. */
  take(network: ClearanceNetwork, a: number): void {
    this.#sorts.take(network, a)
  }

  /** Beyond this box distance in plan no rule asks anything of two assets; the limits of `select` are less. */
  reachM(a: number, b: number): number {
    const { figures, ofAsset } = this.#sorts
    return this.ownReachM(a) + this.ownReachM(b) + this.limitReachM(figures[STRIDE * ofAsset[a]! + SIGNATURE]!, figures[STRIDE * ofAsset[b]! + SIGNATURE]!)
  }

  /** What an asset brings to every such distance: its half-width, and its larger known uncertainty, as two of them are no less than their root-sum-square. */
  ownReachM(asset: number): number {
    const { figures, ofAsset } = this.#sorts
    return figures[STRIDE * ofAsset[asset]! + OWN_REACH]!
  }

  /** What two signatures bring to it. */
  limitReachM(signature: number, other: number): number {
    return this.#reach[signature * this.#count + other]!
  }

  /** Sets the two assets, in either order. */
  select(a: number, b: number): void {
    const { figures: assets, ofAsset } = this.#sorts
    const p = STRIDE * ofAsset[a]!
    const q = STRIDE * ofAsset[b]!
    const widthA = assets[p]!
    const widthB = assets[q]!
    const heightA = assets[p + HEIGHT]!
    const heightB = assets[q + HEIGHT]!
    this.w = widthA + widthB
    this.h = heightA + heightB
    const isBoxA = assets[p + BOX] === 1
    const isBoxB = assets[q + BOX] === 1
    this.hasBox = isBoxA || isBoxB
    this.boxW = (isBoxA ? widthA : 0) + (isBoxB ? widthB : 0)
    this.boxH = (isBoxA ? heightA : 0) + (isBoxB ? heightB : 0)
    this.radius = (isBoxA ? 0 : widthA) + (isBoxB ? 0 : widthB)
    const plan = rootSumSquare(assets[p + PLAN]!, assets[q + PLAN]!)
    const level = rootSumSquare(assets[p + LEVEL]!, assets[q + LEVEL]!)
    this.uncertaintyPlanM = plan || 0
    this.uncertaintyLevelM = level || 0
    this.uncertaintyClearM = Math.max(plan, level) || 0
    const sort = assets[p + SIGNATURE]! * this.#count + assets[q + SIGNATURE]!
    const isEither = this.#semantics === 'either'
    this.horizontalM = this.#horizontal[sort]!
    this.distanceM = this.#distance[sort]!
    const vertical = isEither && this.horizontalM < 0 ? -1 : this.#vertical[sort]!
    this.verticalM = Math.max(0, vertical)
    const isAlongside = this.#semantics === 'crossing-alongside' && this.horizontalM >= 0
    this.horizontalPlanM = isAlongside ? this.w + this.horizontalM + this.uncertaintyPlanM : -1
    this.horizontalLevelM = this.h + this.#alongsideM + GRACE_M
    this.overlapPlanM = vertical < 0 ? -1 : this.w + (isEither ? this.horizontalM : 0) - BROKEN_M
    this.overlapLevelM = this.h + vertical + this.uncertaintyLevelM
    this.contactM = Math.max(Math.max(0, this.distanceM) + this.uncertaintyClearM, this.#touchM)
  }
}

/** More than rounding takes from a sum of lengths. */
const REACH_SPARE_M = 1e-6

/** To the last digits `PairTerms` has: the screens leave more to spare. NaN where a side is unknown. */
const rootSumSquare = (a: number, b: number): number => Math.sqrt(a * a + b * b)
