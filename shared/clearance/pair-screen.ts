import { clearDistanceOf, leastClearDistance } from '../geometry/clear-distance.ts'
import { levelRange } from '../geometry/level-range.ts'
import { planDistanceWithin } from '../geometry/plan-distance.ts'
import { levelBoxGap, newSegmentPair, newWitness, planBoxGap } from '../geometry/segment-pair.ts'
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
    if (!this.#zones.takeJoints(this.#a, this.#b)) return true
    const hasCrossings = pack.semantics === 'crossing-alongside' && terms.horizontalPlanM >= 0
    for (let k = 0; k < length; k += 2) {
      const [i, j] = [segments[k]!, segments[k + 1]!]
      // How much of a riser is in its joint's zone is for the full test.
      if (this.#zones.jointCount > 0 && (isVertical(network, i) || isVertical(network, j))) return true
      if (hasCrossings) this.#zones.takeCrossing(this.#a, i, this.#b, j, this.#leastSine)
    }
    const possibleM = Math.max(terms.uncertaintyPlanM ?? 0, terms.uncertaintyLevelM ?? 0)
    for (let pass = 0; pass < (possibleM > 0 ? 2 : 1); pass++) {
      this.#widenM = pass === 0 ? 0 : possibleM
      for (let k = 0; k < length; k += 2) if (this.#mayHitOn(segments[k]!, segments[k + 1]!)) return true
    }
    return false
  }

  #mayHitOn(i: number, j: number): boolean {
    loadPair(this.#world.network, i, j, this.#whole)
    if (this.#zones.count === 0) {
      this.#piece.set(this.#whole)
      return this.#isShort(true)
    }
    const { chainageM } = this.#world.network
    const [i0, i1, j0, j1] = [chainageM[i]!, chainageM[i + 1]!, chainageM[j]!, chainageM[j + 1]!]
    const countI = this.#cut(this.#zones.fromA, this.#zones.toA, i0, i1, this.#cutsI)
    const countJ = this.#cut(this.#zones.fromB, this.#zones.toB, j0, j1, this.#cutsJ)
    for (let m = 0; m + 1 < countI; m++) {
      for (let n = 0; n + 1 < countJ; n++) {
        const exempt = this.#exemption((this.#cutsI[m]! + this.#cutsI[m + 1]!) / 2, (this.#cutsJ[n]! + this.#cutsJ[n + 1]!) / 2)
        if (exempt === 2) continue
        this.#loadPiece(shareOf(this.#cutsI[m]!, i0, i1), m + 2 === countI ? 1 : shareOf(this.#cutsI[m + 1]!, i0, i1),
          shareOf(this.#cutsJ[n]!, j0, j1), n + 2 === countJ ? 1 : shareOf(this.#cutsJ[n + 1]!, j0, j1))
        if (this.#isShort(exempt === 0)) return true
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

  /** Whether the piece is short of anything, or nearly; of the horizontal rule only where it holds. */
  #isShort(isAlongside: boolean): boolean {
    const [plan, level] = [planBoxGap(this.#piece), levelBoxGap(this.#piece)]
    return this.#isInContact(plan, level) || this.#isLevelShort(plan, level) || (isAlongside && this.#isPlanShort(plan, level))
  }

  /** What a limit is compared with: as drawn, or as possible. */
  #marginM(uncertaintyM: number | null): number {
    return (this.#widenM > 0 ? (uncertaintyM ?? 0) : 0) - BROKEN_M + NEAR_M
  }

  #isInContact(planM: number, levelM: number): boolean {
    const terms = this.#terms
    const { touchBandM, semantics } = this.#world.pack
    if (clearDistanceOf(planM, levelM, terms) > terms.contactM) return false
    const found = leastClearDistance(this.#piece, terms, this.#witness)
    const distance = semantics === 'distance' ? terms.limits.distance : null
    if (distance && found < distance.minM + this.#marginM(terms.uncertaintyClearM)) return true
    if (this.#widenM > 0) return found < this.#marginM(terms.uncertaintyClearM)
    // Joined assets never touch.
    return found <= (this.#zones.jointCount > 0 ? -touchBandM - GRACE_M + NEAR_M : touchBandM + GRACE_M + NEAR_M)
  }

  #isLevelShort(planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.overlapPlanM < 0 || planM > terms.overlapPlanM || levelM > terms.overlapLevelM) return false
    if (!levelRange(this.#piece, terms.overlapPlanM, this.#witness, this.#other)) return false
    const gap = Math.max(this.#witness[0]!, -this.#other[0]!, 0) - terms.h
    return gap < (terms.limits.larger?.minM ?? 0) + this.#marginM(terms.uncertaintyLevelM)
  }

  #isPlanShort(planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.horizontalPlanM < 0 || planM > terms.horizontalPlanM || levelM > terms.horizontalLevelM) return false
    if (!planDistanceWithin(this.#piece, terms.horizontalLevelM, this.#witness)) return false
    return this.#witness[0]! - terms.w < terms.limits.horizontal!.minM + this.#marginM(terms.uncertaintyPlanM)
  }
}

const shareOf = (chainage: number, from: number, to: number): number => (to > from ? (chainage - from) / (to - from) : 0)
