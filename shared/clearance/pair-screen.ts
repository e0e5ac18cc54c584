import { clearDistanceOf, leastClearDistance } from '../geometry/clear-distance.ts'
import { levelRange } from '../geometry/level-range.ts'
import { planDistanceWithin } from '../geometry/plan-distance.ts'
import { levelBoxGap, newSegmentPair, newWitness, planBoxGap, type SegmentPair } from '../geometry/segment-pair.ts'
import { loadPair } from './meetings.ts'
import { OwnZones } from './own-zones.ts'
import { BROKEN_M, fillPairTerms, GRACE_M, mayMatter, newPairTerms } from './pair-terms.ts'
import { isVertical } from './parts.ts'
import type { Places } from './places.ts'
import type { World } from './world.ts'

/** Figures this near to a limit are left to the full test: rounding differs. */
const NEAR_M = 1e-8

/**
 * Says of most pairs of assets that the rules find nothing between them, without the zones of the network: with fewer
 * and shorter zones (`OwnZones`) and the larger vertical limit, what is not short here is not short there. It decides
 * nothing else: who is not cleared here goes to `PairTester`. Holds the scratch space of one thread.
 */
export class PairScreen {
  readonly #world: World
  readonly #zones: OwnZones
  readonly #leastSine: number
  readonly #terms = newPairTerms()
  readonly #whole = newSegmentPair()
  readonly #piece = newSegmentPair()
  readonly #witness = newWitness()
  readonly #other = newWitness()
  readonly #cutsI = new Float64Array(64)
  readonly #cutsJ = new Float64Array(64)
  #a = 0
  #b = 0
  #widenM = 0
  /** How much nearer than drawn the two may be. */
  #possibleM = 0

  constructor(world: World, places: Places) {
    this.#world = world
    this.#zones = new OwnZones(world, places)
    this.#leastSine = Math.sin((world.pack.crossingMinAngleDeg * Math.PI) / 180)
  }

  /** Sets the two assets, in either order. */
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
   * Whether the full test may find anything.
   * @param segments Segments [of a, of b, …] that may matter, the first `length` of them.
   */
  mayHit(segments: readonly number[], length: number): boolean {
    const { network, pack } = this.#world
    const terms = this.#terms
    const zones = this.#zones
    this.#possibleM = Math.max(terms.uncertaintyPlanM ?? 0, terms.uncertaintyLevelM ?? 0)
    if (!zones.takeJoints(this.#a, this.#b)) return true
    if (zones.jointCount > 0) {
      // How much of a riser is in its joint's zone is for the full test.
      for (let k = 0; k < length; k += 2) if (isVertical(network, segments[k]!) || isVertical(network, segments[k + 1]!)) return true
    } else {
      // Nothing is exempt from contact and levels: as drawn and as possible in one look.
      this.#widenM = this.#possibleM
      for (let k = 0; k < length; k += 2) if (this.#isShortAnywhere(segments[k]!, segments[k + 1]!)) return true
    }
    const isAlongside = pack.semantics === 'crossing-alongside' && terms.horizontalPlanM >= 0
    if (isAlongside) for (let k = 0; k < length; k += 2) zones.takeCrossing(this.#a, segments[k]!, this.#b, segments[k + 1]!, this.#leastSine)
    if (zones.jointCount === 0 && !isAlongside) return false
    for (let pass = zones.count === 0 ? 1 : 0; pass < 2; pass++) {
      this.#widenM = pass === 0 ? 0 : this.#possibleM
      if (pass === 1 && this.#possibleM === 0 && zones.count > 0) break
      for (let k = 0; k < length; k += 2) if (this.#mayHitOn(segments[k]!, segments[k + 1]!)) return true
    }
    return false
  }

  /** Contact and levels of two whole segments, drawn or possible. */
  #isShortAnywhere(i: number, j: number): boolean {
    loadPair(this.#world.network, i, j, this.#whole)
    const [plan, level] = [planBoxGap(this.#whole), levelBoxGap(this.#whole)]
    return this.#isInContact(this.#whole, plan, level) || this.#isLevelShort(this.#whole, plan, level)
  }

  #mayHitOn(i: number, j: number): boolean {
    const zones = this.#zones
    const hasJoint = zones.jointCount > 0
    // Straight lines that cross are far enough from each other where either is out of the zone: that is its length.
    if (!hasJoint && zones.hasCrossingOf(i, j)) return false
    loadPair(this.#world.network, i, j, this.#whole)
    if (zones.count === 0) return this.#isShort(this.#whole, false, true)
    const { chainageM } = this.#world.network
    const [i0, i1, j0, j1] = [chainageM[i]!, chainageM[i + 1]!, chainageM[j]!, chainageM[j + 1]!]
    const countI = this.#cut(zones.fromA, zones.toA, i0, i1, this.#cutsI)
    const countJ = this.#cut(zones.fromB, zones.toB, j0, j1, this.#cutsJ)
    if (countI === 2 && countJ === 2) {
      const exempt = this.#exemption((i0 + i1) / 2, (j0 + j1) / 2)
      return exempt !== 2 && this.#isShort(this.#whole, hasJoint, exempt === 0)
    }
    for (let m = 0; m + 1 < countI; m++) {
      for (let n = 0; n + 1 < countJ; n++) {
        const exempt = this.#exemption((this.#cutsI[m]! + this.#cutsI[m + 1]!) / 2, (this.#cutsJ[n]! + this.#cutsJ[n + 1]!) / 2)
        if (exempt === 2 || (exempt === 1 && !hasJoint)) continue
        this.#loadPiece(shareOf(this.#cutsI[m]!, i0, i1), m + 2 === countI ? 1 : shareOf(this.#cutsI[m + 1]!, i0, i1),
          shareOf(this.#cutsJ[n]!, j0, j1), n + 2 === countJ ? 1 : shareOf(this.#cutsJ[n + 1]!, j0, j1))
        if (this.#isShort(this.#piece, hasJoint, exempt === 0)) return true
      }
    }
    return false
  }

  /** Writes the ends of a segment and the zone edges between them, ascending. @returns how many. */
  #cut(from: Float64Array, to: Float64Array, start: number, end: number, cuts: Float64Array): number {
    let count = 1
    cuts[0] = start
    for (let z = 0; z < this.#zones.count; z++) {
      const further = this.#widenM / this.#zones.sine[z]!
      for (const edge of [from[z]! - further, to[z]! + further]) {
        if (!(edge > start && edge < end)) continue
        let at = count++
        while (at > 1 && cuts[at - 1]! > edge) cuts[at] = cuts[--at]!
        cuts[at] = edge
      }
    }
    cuts[count++] = end
    return count
  }

  /** 2: both chainages are in the zone of a joint; 1: of a crossing; 0: of none. */
  #exemption(chainageA: number, chainageB: number): 0 | 1 | 2 {
    const zones = this.#zones
    let exempt: 0 | 1 | 2 = 0
    for (let z = 0; z < zones.count; z++) {
      const further = this.#widenM / zones.sine[z]!
      if (chainageA < zones.fromA[z]! - further || chainageA > zones.toA[z]! + further || chainageB < zones.fromB[z]! - further || chainageB > zones.toB[z]! + further) continue
      if (zones.isJoint[z] === 1) return 2
      exempt = 1
    }
    return exempt
  }

  #loadPiece(s0: number, s1: number, t0: number, t1: number): void {
    const [whole, piece] = [this.#whole, this.#piece]
    for (let k = 0; k < 3; k++) {
      const [p0, p1, q0, q1] = [whole[k]!, whole[k + 3]!, whole[k + 6]!, whole[k + 9]!]
      piece[k] = p0 + s0 * (p1 - p0)
      piece[k + 3] = p0 + s1 * (p1 - p0)
      piece[k + 6] = q0 + t0 * (q1 - q0)
      piece[k + 9] = q0 + t1 * (q1 - q0)
    }
  }

  /**
   * Whether two pieces are short of anything asked, or nearly.
   * @param isAtOnce Contact and levels. @param isAlongside The horizontal rule.
   */
  #isShort(piece: SegmentPair, isAtOnce: boolean, isAlongside: boolean): boolean {
    const [plan, level] = [planBoxGap(piece), levelBoxGap(piece)]
    return (isAlongside && this.#isPlanShort(piece, plan, level)) || (isAtOnce && (this.#isInContact(piece, plan, level) || this.#isLevelShort(piece, plan, level)))
  }

  /** What a limit is compared with: as drawn, or as possible. */
  #marginM(uncertaintyM: number | null): number {
    return (this.#widenM > 0 ? (uncertaintyM ?? 0) : 0) - BROKEN_M + NEAR_M
  }

  #isInContact(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    const { touchBandM, semantics } = this.#world.pack
    if (clearDistanceOf(planM, levelM, terms) > terms.contactM) return false
    const found = leastClearDistance(piece, terms, this.#witness)
    const distance = semantics === 'distance' ? terms.limits.distance : null
    if (distance && found < distance.minM + this.#marginM(terms.uncertaintyClearM)) return true
    if (this.#widenM > 0 && found < this.#marginM(terms.uncertaintyClearM)) return true
    // Joined assets never touch.
    return found <= (this.#zones.jointCount > 0 ? -touchBandM - GRACE_M + NEAR_M : touchBandM + GRACE_M + NEAR_M)
  }

  #isLevelShort(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.overlapPlanM < 0 || planM > terms.overlapPlanM || levelM > terms.overlapLevelM) return false
    if (!levelRange(piece, terms.overlapPlanM, this.#witness, this.#other)) return false
    const gap = Math.max(this.#witness[0]!, -this.#other[0]!, 0) - terms.h
    return gap < (terms.limits.larger?.minM ?? 0) + this.#marginM(terms.uncertaintyLevelM)
  }

  #isPlanShort(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.horizontalPlanM < 0 || planM > terms.horizontalPlanM || levelM > terms.horizontalLevelM) return false
    if (!planDistanceWithin(piece, terms.horizontalLevelM, this.#witness)) return false
    return this.#witness[0]! - terms.w < terms.limits.horizontal!.minM + this.#marginM(terms.uncertaintyPlanM)
  }
}

const shareOf = (chainage: number, from: number, to: number): number => (to > from ? (chainage - from) / (to - from) : 0)
