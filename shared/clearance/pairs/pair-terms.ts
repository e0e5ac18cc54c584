import type { SectionSums } from '../../geometry/clear-distance.ts'
import { nearestInPlan } from '../../geometry/plan-distance.ts'
import { levelBoxGap, planBoxGap, type SegmentPair, type Witness } from '../../geometry/segment-pair.ts'
import type { PairLimits } from '../../rules/limit-lookup.ts'
import { pairLimits, type World } from '../worlds/world.ts'

/** A limit is broken beyond this, and overlap in plan begins beyond it (design §5). */
export const BROKEN_M = 1e-6
/** Grace of comparisons with the touch band and the level cut-off, where figures as drawn fall on the limit itself. */
export const GRACE_M = 1e-9

/** What holds between two assets whatever the place: sizes, limits, uncertainty, and how near they must come to matter. */
export interface PairTerms extends SectionSums {
  limits: PairLimits
  /** Root-sum-square of both sides' 95 % limits; null where a side is unknown. */
  uncertaintyPlanM: number | null
  uncertaintyLevelM: number | null
  /** The larger of the two: the clear distance is neither plan nor level. */
  uncertaintyClearM: number | null
  /** Nothing is broken or possibly broken beyond these gaps. */
  horizontalPlanM: number
  horizontalLevelM: number
  overlapPlanM: number
  overlapLevelM: number
  contactM: number
}

/** Terms to be filled again and again. */
export const newPairTerms = (): PairTerms => ({
  w: 0, h: 0, boxW: 0, boxH: 0, radius: 0, hasBox: false,
  limits: { horizontal: null, distance: null, firstAbove: null, secondAbove: null, larger: null },
  uncertaintyPlanM: null, uncertaintyLevelM: null, uncertaintyClearM: null,
  horizontalPlanM: 0, horizontalLevelM: 0, overlapPlanM: 0, overlapLevelM: 0, contactM: 0,
})

export function fillPairTerms(world: World, a: number, b: number, terms: PairTerms): void {
  const { network, pack } = world
  terms.w = network.halfWidthM[a]! + network.halfWidthM[b]!
  terms.h = network.halfHeightM[a]! + network.halfHeightM[b]!
  terms.boxW = terms.boxH = terms.radius = 0
  terms.hasBox = false
  addSection(world, a, terms)
  addSection(world, b, terms)
  const limits = (terms.limits = pairLimits(world, a, b))
  const plan = rootSumSquare(network.accuracyPlanM[a]!, network.accuracyPlanM[b]!)
  const level = rootSumSquare(network.accuracyLevelM[a]!, network.accuracyLevelM[b]!)
  terms.uncertaintyPlanM = plan
  terms.uncertaintyLevelM = level
  terms.uncertaintyClearM = plan === null || level === null ? null : Math.max(plan, level)
  const isEither = pack.semantics === 'either'
  const horizontal = pack.semantics === 'distance' ? -1 : (limits.horizontal?.minM ?? -1)
  const vertical = pack.semantics === 'distance' || (isEither && horizontal < 0) ? -1 : (limits.larger?.minM ?? -1)
  const distance = pack.semantics === 'distance' ? (limits.distance?.minM ?? 0) : 0
  const isAlongside = pack.semantics === 'crossing-alongside' && horizontal >= 0
  terms.horizontalPlanM = isAlongside ? terms.w + horizontal + (plan ?? 0) : -1
  terms.horizontalLevelM = pack.alongsideMaxVerticalGapM === null ? Infinity : terms.h + pack.alongsideMaxVerticalGapM + GRACE_M
  terms.overlapPlanM = vertical < 0 ? -1 : terms.w + (isEither ? horizontal : 0) - BROKEN_M
  terms.overlapLevelM = terms.h + vertical + (level ?? 0)
  terms.contactM = Math.max(distance + (terms.uncertaintyClearM ?? 0), pack.touchBandM + GRACE_M)
}

/** Whether two segments come near enough for any rule, zones aside. @param witness Scratch. */
export function mayMatter(terms: PairTerms, g: SegmentPair, witness: Witness): boolean {
  const level = levelBoxGap(g)
  const isAlongside = terms.horizontalPlanM >= 0 && level <= terms.horizontalLevelM
  const isStacked = terms.overlapPlanM >= 0 && level < terms.overlapLevelM
  const isContact = level - terms.h < terms.contactM
  const reach = Math.max(isAlongside ? terms.horizontalPlanM : -1, isStacked ? terms.overlapPlanM : -1, isContact ? terms.w + terms.contactM : -1)
  if (reach < 0 || planBoxGap(g) > reach) return false
  nearestInPlan(g, witness)
  return witness[0]! <= reach
}

function addSection({ network }: World, asset: number, terms: PairTerms): void {
  if (network.isBox[asset] === 1) {
    terms.hasBox = true
    terms.boxW += network.halfWidthM[asset]!
    terms.boxH += network.halfHeightM[asset]!
  } else terms.radius += network.halfWidthM[asset]!
}

function rootSumSquare(a: number, b: number): number | null {
  return Number.isNaN(a) || Number.isNaN(b) ? null : Math.hypot(a, b)
}
