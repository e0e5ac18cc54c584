import { clearDistanceOf, leastClearDistance } from '../geometry/clear-distance.ts'
import { levelRange } from '../geometry/level-range.ts'
import { planDistanceWithin } from '../geometry/plan-distance.ts'
import { levelBoxGap, newSegmentPair, newWitness, planBoxGap } from '../geometry/segment-pair.ts'
import type { Limit } from '../rules/limit-lookup.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { RuleName, Shortfall, SurfaceThere } from './finding.ts'
import { loadPair } from './meetings.ts'
import { BROKEN_M, fillPairTerms, GRACE_M, mayMatter, newPairTerms } from './pair-terms.ts'
import { sharedCrossings, shareJoint } from './shared-zones.ts'
import type { World } from './world.ts'
import { cutSegment, type Cut } from './zone-cuts.ts'
import type { Span, ZoneSource } from './zone-source.ts'
import { leftAt, type Zone } from './zones.ts'

/** One rule short, or possibly short, on one piece of a segment of asset a against asset b. */
export interface Hit {
  readonly rule: RuleName
  readonly a: number
  /** −1: the ground. */
  readonly b: number
  /** Segments it was found on (first vertices); of cover, both are that of a. */
  readonly segmentA: number
  readonly segmentB: number
  /** Stretch on a: shares of segment A. */
  readonly from: number
  readonly to: number
  readonly required: number
  readonly found: number
  /** Null for contact. */
  readonly limit: Limit | null
  /** Short on the drawn position; else the stretch on which it is possible within the uncertainty, drawn short or not. */
  readonly isShort: boolean
  readonly uncertaintyM: number | null
  /** Nearest points on the axes, local frame. */
  readonly p: Vec3
  readonly q: Vec3
  /** Cover only: the use of the ground there. */
  readonly surface?: SurfaceThere
  /** Rule `either` only. */
  readonly horizontal?: Shortfall['horizontal']
}

/** Whether a piece is short at one place of a, for finding the ends of a stretch. */
type IsBrokenHere = () => boolean

/** Tests pairs of assets against rules 1 to 6 of design §5. Holds the scratch space of one thread. */
export class PairTester {
  readonly #world: World
  readonly #zones: ZoneSource
  readonly #wantsStretches: boolean
  readonly #terms = newPairTerms()
  readonly #whole = newSegmentPair()
  readonly #piece = newSegmentPair()
  /** A single point of a against the piece of b. */
  readonly #slice = newSegmentPair()
  readonly #witness = newWitness()
  readonly #low = newWitness()
  readonly #high = newWitness()
  #hits: Hit[] = []
  #a = 0
  #b = 0
  #isJoined = false
  #isDrawn = true
  #segment = 0
  #otherSegment = 0
  #cutFrom = 0
  #cutTo = 1

  /** @param wantsStretches Whether `from` and `to` of the hits are wanted; else they are the whole piece. */
  constructor(world: World, zones: ZoneSource, wantsStretches: boolean) {
    this.#world = world
    this.#zones = zones
    this.#wantsStretches = wantsStretches
  }

  /** Sets the two assets that `mayMatter` and `test` speak of. */
  select(a: number, b: number): void {
    this.#a = a
    this.#b = b
    fillPairTerms(this.#world, a, b, this.#terms)
  }

  /** Whether two segments come near enough for any rule, zones aside. */
  mayMatter(i: number, j: number): boolean {
    loadPair(this.#world.network, i, j, this.#whole)
    return mayMatter(this.#terms, this.#whole, this.#witness)
  }

  /** @param segments Segments [of a, of b, …] that may matter. @returns every hit, in the order of the segments. */
  test(segments: readonly number[]): Hit[] {
    this.#hits = []
    this.#isJoined = this.#world.placesOf(this.#a).some(place => place.members.some(member => member.asset === this.#b))
    const zones = this.#zones.common(this.#spanOf(this.#a, segments, 0), this.#spanOf(this.#b, segments, 1))
    this.#testWith(segments, zones, 0)
    const { uncertaintyPlanM, uncertaintyLevelM } = this.#terms
    const widenM = Math.max(uncertaintyPlanM ?? 0, uncertaintyLevelM ?? 0)
    if (widenM > 0) this.#testWith(segments, zones, widenM)
    return this.#hits
  }

  #spanOf(asset: number, segments: readonly number[], side: 0 | 1): Span {
    const { chainageM } = this.#world.network
    let [from, to] = [Infinity, -Infinity]
    for (let k = side; k < segments.length; k += 2) {
      from = Math.min(from, chainageM[segments[k]!]!)
      to = Math.max(to, chainageM[segments[k]! + 1]!)
    }
    return { asset, from, to }
  }

  /** @param widenM 0: what is short as drawn. Else what is possible when the lines may be that much nearer than drawn. */
  #testWith(segments: readonly number[], common: readonly Zone[], widenM: number): void {
    const { network } = this.#world
    this.#isDrawn = widenM === 0
    const reaches = (zone: Zone, asset: number): boolean => zone.entries.some(entry => entry.asset === asset && leftAt(zone, entry, widenM) >= 0)
    const zones = common.filter(zone => reaches(zone, this.#a) && reaches(zone, this.#b))
    const riserReachM = this.#riserReachM()
    const cuts = new Map<number, readonly Cut[]>()
    const cutsOf = (v: number): readonly Cut[] => {
      let list = cuts.get(v)
      if (!list) cuts.set(v, (list = cutSegment(network, v, zones, widenM, riserReachM)))
      return list
    }
    for (let k = 0; k < segments.length; k += 2) {
      const i = segments[k]!
      const j = segments[k + 1]!
      this.#segment = i
      this.#otherSegment = j
      loadPair(network, i, j, this.#whole)
      for (const p of cutsOf(i)) {
        for (const q of cutsOf(j)) {
          this.#loadPiece(p, q)
          this.#testPiece(p, q, zones)
        }
      }
    }
  }

  #riserReachM(): number {
    const { limits, h } = this.#terms
    const limit = this.#world.pack.semantics === 'distance' ? limits.distance : limits.larger
    return (limit?.minM ?? 0) + h
  }

  #loadPiece(p: Cut, q: Cut): void {
    this.#cutFrom = p.from
    this.#cutTo = p.to
    for (let k = 0; k < 3; k++) {
      const p0 = this.#whole[k]!
      const p1 = this.#whole[k + 3]!
      const q0 = this.#whole[k + 6]!
      const q1 = this.#whole[k + 9]!
      this.#piece[k] = p0 + p.from * (p1 - p0)
      this.#piece[k + 3] = p.to === 1 ? p1 : p0 + p.to * (p1 - p0)
      this.#piece[k + 6] = q0 + q.from * (q1 - q0)
      this.#piece[k + 9] = q.to === 1 ? q1 : q0 + q.to * (q1 - q0)
    }
  }

  #testPiece(p: Cut, q: Cut, zones: readonly Zone[]): void {
    const { semantics } = this.#world.pack
    const isExempt = shareJoint(p.zones, q.zones, zones)
    if (!isExempt) this.#testContact()
    if (semantics === 'distance') return
    if (semantics === 'either') {
      if (!isExempt) this.#testLevels('either', this.#terms.limits.firstAbove, this.#terms.limits.secondAbove)
      return
    }
    const shared = sharedCrossings(p.zones, q.zones, zones)
    if (shared.length === 0 && !shareJoint(p.zonesInPlan, q.zonesInPlan, zones)) this.#testHorizontal()
    if (isExempt) return
    if (shared.length === 0) this.#testLevels('stacked', this.#terms.limits.firstAbove, this.#terms.limits.secondAbove)
    for (const { index, pSides, qSides } of shared) {
      const limit = this.#limitAt(zones[index]!.crossing!.order, pSides, qSides)
      this.#testLevels('vertical', limit, limit)
    }
  }

  /** The vertical limit inside a crossing's zone: by who is above at the crossing, the larger where that is undecided. */
  #limitAt(order: 1 | 0 | -1, pSides: number, qSides: number): Limit | null {
    const { firstAbove, secondAbove, larger } = this.#terms.limits
    const isStraight = (pSides & 1) !== 0 && (qSides & 2) !== 0
    const isReverse = (pSides & 2) !== 0 && (qSides & 1) !== 0
    // Both on one side only, or each on both: the crossing does not say who of them is above.
    if (order === 0 || isStraight === isReverse) return larger
    return (order === 1) === isStraight ? firstAbove : secondAbove
  }

  #testContact(): void {
    const terms = this.#terms
    const reach = terms.contactM
    if (clearDistanceOf(planBoxGap(this.#piece), levelBoxGap(this.#piece), terms) > reach) return
    const found = leastClearDistance(this.#piece, terms, this.#witness)
    if (found > reach) return
    const { touchBandM, semantics } = this.#world.pack
    const uncertainty = terms.uncertaintyClearM
    const closer = (limitM: number): IsBrokenHere => () => leastClearDistance(this.#slice, terms, this.#low) < limitM
    if (!this.#isDrawn) {
      if (uncertainty !== null && found - uncertainty < -BROKEN_M) this.#add('hard', 0, found, null, uncertainty, closer(uncertainty - BROKEN_M))
    } else if (found < -touchBandM - GRACE_M) this.#add('hard', 0, found, null, uncertainty, closer(-touchBandM - GRACE_M))
    else if (found <= touchBandM + GRACE_M && !this.#isJoined) this.#add('touching', 0, found, null, uncertainty, closer(touchBandM + GRACE_M))
    const limit = semantics === 'distance' ? terms.limits.distance : null
    const marginM = this.#marginM(uncertainty)
    if (limit && found < limit.minM + marginM) this.#add('distance', limit.minM, found, limit, uncertainty, closer(limit.minM + marginM))
  }

  #testHorizontal(): void {
    const terms = this.#terms
    const limit = terms.limits.horizontal
    if (!limit || terms.horizontalPlanM < 0 || planBoxGap(this.#piece) > terms.horizontalPlanM || levelBoxGap(this.#piece) > terms.horizontalLevelM) return
    if (!planDistanceWithin(this.#piece, terms.horizontalLevelM, this.#witness)) return
    const found = this.#witness[0]! - terms.w
    const brokenM = limit.minM + this.#marginM(terms.uncertaintyPlanM)
    if (found < brokenM) {
      this.#add('horizontal', limit.minM, found, limit, terms.uncertaintyPlanM, () => planDistanceWithin(this.#slice, terms.horizontalLevelM, this.#low) && this.#low[0]! - terms.w < brokenM)
    }
  }

  /** Vertical gap where the pieces overlap in plan, by who is above whom; equal levels belong to both orders. */
  #testLevels(rule: 'vertical' | 'stacked' | 'either', firstAbove: Limit | null, secondAbove: Limit | null): void {
    const terms = this.#terms
    if (!firstAbove && !secondAbove) return
    if (terms.overlapPlanM < 0 || planBoxGap(this.#piece) > terms.overlapPlanM || levelBoxGap(this.#piece) > terms.overlapLevelM) return
    if (!levelRange(this.#piece, terms.overlapPlanM, this.#low, this.#high)) return
    const first = firstAbove && this.#high[0]! >= 0 ? Math.max(this.#low[0]!, 0) - terms.h : null
    const second = secondAbove && this.#low[0]! <= 0 ? Math.max(-this.#high[0]!, 0) - terms.h : null
    const isFirst = first !== null && (second === null || firstAbove!.minM - first >= secondAbove!.minM - second)
    const limit = isFirst ? firstAbove : secondAbove
    const found = isFirst ? first : second
    if (!limit || found === null) return
    this.#takeLevelWitness(isFirst)
    const marginM = this.#marginM(terms.uncertaintyLevelM)
    if (found >= limit.minM + marginM) return
    this.#add(rule, limit.minM, found, limit, terms.uncertaintyLevelM, () => {
      if (!levelRange(this.#slice, terms.overlapPlanM, this.#low, this.#high)) return false
      const isShort = (l: Limit | null, gap: number): boolean => l !== null && gap - terms.h < l.minM + marginM
      return (this.#high[0]! >= 0 && isShort(firstAbove, Math.max(this.#low[0]!, 0))) || (this.#low[0]! <= 0 && isShort(secondAbove, Math.max(-this.#high[0]!, 0)))
    })
  }

  /** Where the gap is least: at an extreme, or where the levels are equal, between two extremes (the allowed set is convex). */
  #takeLevelWitness(isFirstAbove: boolean): void {
    const low = this.#low
    const high = this.#high
    if (low[0]! < 0 && high[0]! > 0) {
      const x = -low[0]! / (high[0]! - low[0]!)
      for (let k = 1; k < 3; k++) this.#witness[k] = low[k]! + x * (high[k]! - low[k]!)
    } else if (low[0] === 0 || high[0] === 0) this.#witness.set(low[0] === 0 ? low : high)
    else this.#witness.set(isFirstAbove ? low : high)
  }

  /** What is added to a limit to say from where on it is broken: as drawn, or possibly. */
  #marginM(uncertaintyM: number | null): number {
    return this.#isDrawn ? -BROKEN_M : (uncertaintyM ?? 0) - BROKEN_M
  }

  #add(rule: RuleName, required: number, found: number, limit: Limit | null, uncertaintyM: number | null, isBroken: IsBrokenHere): void {
    const s = this.#witness[1]!
    const t = this.#witness[2]!
    const span = this.#cutTo - this.#cutFrom
    let [low, high] = [0, 1]
    const p = this.#point(0, s)
    const q = this.#point(6, t)
    if (this.#wantsStretches) {
      low = this.#edge(s, 0, isBroken)
      high = this.#edge(s, 1, isBroken)
    }
    this.#hits.push({
      rule, a: this.#a, b: this.#b, segmentA: this.#segment, segmentB: this.#otherSegment, required, found, limit, isShort: this.#isDrawn, uncertaintyM, p, q,
      from: this.#cutFrom + low * span, to: this.#cutFrom + high * span,
      ...(rule === 'either' && { horizontal: { required: this.#terms.limits.horizontal!.minM, found: Math.hypot(p[0] - q[0], p[1] - q[1]) - this.#terms.w } }),
    })
  }

  #point(offset: 0 | 6, x: number): Vec3 {
    const g = this.#piece
    const at = (k: number): number => g[offset + k]! + x * (g[offset + 3 + k]! - g[offset + k]!)
    return [at(0), at(1), at(2)]
  }

  /** How far from s towards `end` the piece stays broken: what is broken is convex, so one bisection finds its end. */
  #edge(s: number, end: 0 | 1, isBroken: IsBrokenHere): number {
    this.#slice.set(this.#piece)
    if (this.#isBrokenAt(end, isBroken)) return end
    let inside = s
    let outside: number = end
    for (let i = 0; i < 40; i++) {
      const middle = (inside + outside) / 2
      if (this.#isBrokenAt(middle, isBroken)) inside = middle
      else outside = middle
    }
    return inside
  }

  #isBrokenAt(x: number, isBroken: IsBrokenHere): boolean {
    for (let k = 0; k < 3; k++) this.#slice[k] = this.#slice[k + 3] = this.#piece[k]! + x * (this.#piece[k + 3]! - this.#piece[k]!)
    return isBroken()
  }
}
