import { clearDistanceOf, leastClearDistance } from '../../geometry/clear-distance.ts'
import { levelRange } from '../../geometry/level-range.ts'
import { planDistanceWithin } from '../../geometry/plan-distance.ts'
import { levelBoxGap, newSegmentPair, newWitness, planBoxGap } from '../../geometry/segment-pair.ts'
import type { Limit } from '../../rules/limit-lookup.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { RuleName } from '../findings/finding.ts'
import { loadPair } from '../zones/meetings.ts'
import type { Hit } from './hit.ts'
import { BROKEN_M, fillPairTerms, GRACE_M, mayMatter, newPairTerms } from './pair-terms.ts'
import { StretchEnds } from './stretch-ends.ts'
import type { World } from '../worlds/world.ts'
import { SegmentCuts } from '../zones/zone-cuts.ts'
import type { Span, ZoneSource } from '../zones/zone-source.ts'
import { leftAt, type Zone } from '../zones/zones.ts'

/** Tests pairs of assets against rules 1 to 6 of design §5. Holds the scratch space of one thread. */
export class PairTester {
  readonly #world: World
  readonly #zones: ZoneSource
  readonly #wantsStretches: boolean
  readonly #terms = newPairTerms()
  readonly #whole = newSegmentPair()
  readonly #piece = newSegmentPair()
  readonly #witness = newWitness()
  readonly #low = newWitness()
  readonly #high = newWitness()
  readonly #cutsA = new SegmentCuts()
  readonly #cutsB = new SegmentCuts()
  /** Zones that come to both assets at hand. */
  readonly #both: Zone[] = []
  #hits: Hit[] = []
  #a = 0
  #b = 0
  #isJoined = false
  #isDrawn = true
  #segment = 0
  #otherSegment = 0
  #cutFrom = 0.5
  #cutTo = 0.5
  readonly #ends = new StretchEnds(this.#terms)

  /** @param wantsStretches Whether every piece's stretch is wanted; else of each two segments and rule the worst is enough, `from` and `to` being the piece. */
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

  /**
   * @param segments Segments [of a, of b, …] that may matter, the first `length` of them.
   * @returns every hit, in the order of the segments.
   */
  test(segments: readonly number[], length = segments.length): Hit[] {
    this.#hits = []
    this.#isJoined = areJoined(this.#world, this.#a, this.#b)
    const zones = this.#zones.common(this.#spanOf(this.#a, segments, length, 0), this.#spanOf(this.#b, segments, length, 1))
    this.#testWith(segments, length, zones, 0)
    const { uncertaintyPlanM, uncertaintyLevelM } = this.#terms
    const widenM = Math.max(uncertaintyPlanM ?? 0, uncertaintyLevelM ?? 0)
    if (widenM > 0) this.#testWith(segments, length, zones, widenM)
    return this.#hits
  }

  #spanOf(asset: number, segments: readonly number[], length: number, side: 0 | 1): Span {
    const { chainageM } = this.#world.network
    let from = Infinity
    let to = -Infinity
    for (let k = side; k < length; k += 2) {
      from = Math.min(from, chainageM[segments[k]!]!)
      to = Math.max(to, chainageM[segments[k]! + 1]!)
    }
    return { asset, from, to }
  }

  /** @param widenM 0: what is short as drawn. Else what is possible when the lines may be that much nearer than drawn. */
  #testWith(segments: readonly number[], length: number, common: readonly Zone[], widenM: number): void {
    const { network } = this.#world
    this.#isDrawn = widenM === 0
    const zones = this.#both
    zones.length = 0
    for (const zone of common) if (reaches(zone, this.#a, widenM) && reaches(zone, this.#b, widenM)) zones.push(zone)
    const riserReachM = this.#riserReachM()
    let cutA = -1
    let cutB = -1
    for (let k = 0; k < length; k += 2) {
      const i = segments[k]!
      const j = segments[k + 1]!
      this.#segment = i
      this.#otherSegment = j
      loadPair(network, i, j, this.#whole)
      if (i !== cutA) this.#cutsA.cut(network, (cutA = i), zones, widenM, riserReachM)
      if (j !== cutB) this.#cutsB.cut(network, (cutB = j), zones, widenM, riserReachM)
      for (let p = 0; p < this.#cutsA.count; p++) {
        for (let q = 0; q < this.#cutsB.count; q++) {
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

  #loadPiece(p: number, q: number): void {
    const s0 = (this.#cutFrom = this.#cutsA.from[p]!)
    const s1 = (this.#cutTo = this.#cutsA.to[p]!)
    const t0 = this.#cutsB.from[q]!
    const t1 = this.#cutsB.to[q]!
    for (let k = 0; k < 3; k++) {
      const p0 = this.#whole[k]!
      const p1 = this.#whole[k + 3]!
      const q0 = this.#whole[k + 6]!
      const q1 = this.#whole[k + 9]!
      this.#piece[k] = p0 + s0 * (p1 - p0)
      this.#piece[k + 3] = s1 === 1 ? p1 : p0 + s1 * (p1 - p0)
      this.#piece[k + 6] = q0 + t0 * (q1 - q0)
      this.#piece[k + 9] = t1 === 1 ? q1 : q0 + t1 * (q1 - q0)
    }
  }

  /** @param p, q Pieces of the two segments. */
  #testPiece(p: number, q: number, zones: readonly Zone[]): void {
    const { semantics } = this.#world.pack
    const { firstAbove, secondAbove } = this.#terms.limits
    const inP = this.#cutsA.zones
    const inQ = this.#cutsB.zones
    const isExempt = inP.sharesJoint(p, inQ, q, zones)
    if (!isExempt) this.#testContact()
    if (semantics === 'distance') return
    if (semantics === 'either') {
      if (!isExempt) this.#testLevels('either', firstAbove, secondAbove)
      return
    }
    const isAtCrossing = this.#isAtCrossing(p, q, zones)
    if (!isAtCrossing && !this.#cutsA.zonesInPlan.sharesJoint(p, this.#cutsB.zonesInPlan, q, zones)) this.#testHorizontal()
    if (isExempt) return
    if (!isAtCrossing) {
      this.#testLevels('stacked', firstAbove, secondAbove)
      return
    }
    for (let c = inP.start[p]!; c < inP.start[p + 1]!; c++) {
      const code = inP.codes[c]!
      const crossing = zones[code >> 2]!.crossing
      const other = crossing === null ? 0 : inQ.codeOf(q, code >> 2)
      if (crossing === null || other === 0) continue
      const limit = this.#limitAt(crossing.order, code & 3, other & 3)
      this.#testLevels('vertical', limit, limit)
    }
  }

  /** Whether both pieces are in the zone of one crossing. */
  #isAtCrossing(p: number, q: number, zones: readonly Zone[]): boolean {
    const { codes, start } = this.#cutsA.zones
    for (let c = start[p]!; c < start[p + 1]!; c++) {
      if (zones[codes[c]! >> 2]!.crossing !== null && this.#cutsB.zones.codeOf(q, codes[c]! >> 2) !== 0) return true
    }
    return false
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

  /** Whether a shortfall as drawn makes it idle to ask whether one is possible. */
  #isTold(rule: RuleName): boolean {
    if (this.#isDrawn || this.#wantsStretches) return false
    for (const { rule: known, segmentA, segmentB, isShort } of this.#hits) if (isShort && known === rule && segmentA === this.#segment && segmentB === this.#otherSegment) return true
    return false
  }

  #testContact(): void {
    if (this.#isTold('hard')) return
    const terms = this.#terms
    const reach = terms.contactM
    if (clearDistanceOf(planBoxGap(this.#piece), levelBoxGap(this.#piece), terms) > reach) return
    const found = leastClearDistance(this.#piece, terms, this.#witness)
    if (found > reach) return
    const { touchBandM, semantics } = this.#world.pack
    const uncertainty = terms.uncertaintyClearM
    this.#ends.ask('contact')
    if (!this.#isDrawn) {
      if (uncertainty !== null && found - uncertainty < -BROKEN_M) this.#add('hard', 0, found, null, uncertainty, uncertainty - BROKEN_M)
    } else if (found < -touchBandM - GRACE_M) this.#add('hard', 0, found, null, uncertainty, -touchBandM - GRACE_M)
    else if (found <= touchBandM + GRACE_M && !this.#isJoined) this.#add('touching', 0, found, null, uncertainty, touchBandM + GRACE_M)
    const limit = semantics === 'distance' ? terms.limits.distance : null
    const marginM = this.#marginM(uncertainty)
    if (limit && found < limit.minM + marginM) this.#add('distance', limit.minM, found, limit, uncertainty, limit.minM + marginM)
  }

  #testHorizontal(): void {
    const terms = this.#terms
    const limit = terms.limits.horizontal
    if (!limit || terms.horizontalPlanM < 0 || this.#isTold('horizontal') || planBoxGap(this.#piece) > terms.horizontalPlanM || levelBoxGap(this.#piece) > terms.horizontalLevelM) return
    if (!planDistanceWithin(this.#piece, terms.horizontalLevelM, this.#witness)) return
    const found = this.#witness[0]! - terms.w
    const brokenM = limit.minM + this.#marginM(terms.uncertaintyPlanM)
    if (!(found < brokenM)) return
    this.#ends.ask('alongside')
    this.#add('horizontal', limit.minM, found, limit, terms.uncertaintyPlanM, brokenM)
  }

  /** Vertical gap where the pieces overlap in plan, by who is above whom; equal levels belong to both orders. */
  #testLevels(rule: 'vertical' | 'stacked' | 'either', firstAbove: Limit | null, secondAbove: Limit | null): void {
    const terms = this.#terms
    if ((!firstAbove && !secondAbove) || this.#isTold(rule)) return
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
    this.#ends.ask('levels', firstAbove, secondAbove)
    this.#add(rule, limit.minM, found, limit, terms.uncertaintyLevelM, marginM)
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

  /** @param brokenM Below this the slice is short, as the ends are asked for: contact and plan gap a figure, levels what is added to the limits. */
  #add(rule: RuleName, required: number, found: number, limit: Limit | null, uncertaintyM: number | null, brokenM: number): void {
    if (!this.#wantsStretches && !this.#isWorst(rule, required - found)) return
    const s = this.#witness[1]!
    const t = this.#witness[2]!
    const span = this.#cutTo - this.#cutFrom
    let low = 0
    let high = 1
    const p = this.#point(0, s)
    const q = this.#point(6, t)
    if (this.#wantsStretches) {
      low = this.#ends.edge(this.#piece, s, 0, brokenM)
      high = this.#ends.edge(this.#piece, s, 1, brokenM)
    }
    const hit: Hit = {
      rule, a: this.#a, b: this.#b, segmentA: this.#segment, segmentB: this.#otherSegment, required, found, limit, isShort: this.#isDrawn, uncertaintyM, p, q,
      from: this.#cutFrom + low * span, to: this.#cutFrom + high * span,
    }
    this.#hits.push(rule === 'either' ? { ...hit, horizontal: { required: this.#terms.limits.horizontal!.minM, found: Math.hypot(p[0] - q[0], p[1] - q[1]) - this.#terms.w } } : hit)
  }

  /** Takes out what a shortfall of these two segments is worse than. @returns false where something at least as bad is known. */
  #isWorst(rule: RuleName, shortM: number): boolean {
    for (let k = this.#hits.length - 1; k >= 0; k--) {
      const known = this.#hits[k]!
      if (known.rule !== rule || known.segmentA !== this.#segment || known.segmentB !== this.#otherSegment) continue
      if (known.isShort === this.#isDrawn ? known.required - known.found >= shortM : known.isShort) return false
      this.#hits.splice(k, 1)
      return true
    }
    return true
  }

  #point(offset: 0 | 6, x: number): Vec3 {
    const g = this.#piece
    const x0 = g[offset]!
    const y0 = g[offset + 1]!
    const z0 = g[offset + 2]!
    return [x0 + x * (g[offset + 3]! - x0), y0 + x * (g[offset + 4]! - y0), z0 + x * (g[offset + 5]! - z0)]
  }
}

/** Whether a zone that much wider than drawn comes to an asset. */
function reaches(zone: Zone, asset: number, widenM: number): boolean {
  for (const entry of zone.entries) if (entry.asset === asset && leftAt(zone, entry, widenM) >= 0) return true
  return false
}

function areJoined(world: World, a: number, b: number): boolean {
  for (const { members } of world.placesOf(a)) for (const member of members) if (member.asset === b) return true
  return false
}
