import { clearDistanceOf, leastClearDistance } from '../../geometry/clear-distance.ts'
import { levelRange } from '../../geometry/level-range.ts'
import { comesWithin, mayComeWithin, planDistanceWithin } from '../../geometry/plan-distance.ts'
import { levelBoxGap, newSegmentPair, newWitness, planBoxGap, type SegmentPair } from '../../geometry/segment-pair.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { OwnZones } from './own-zones.ts'
import { BROKEN_M, GRACE_M } from '../pairs/pair-terms.ts'
import { isVertical } from '../network/parts.ts'
import type { Places } from '../joints/places.ts'
import { ScreenTerms } from './screen-terms.ts'
import type { SegmentGrid } from '../grid/segment-grid.ts'
import { TileSegments } from './tile-segments.ts'
import type { World } from '../worlds/world.ts'

/** Figures this near to a limit are left to the full test: rounding differs. */
const NEAR_M = 1e-8
/** The least touch band with which what is clear of a joint's zone is no contact for rounding. */
const LEAST_BAND_M = 1e-6

/**
 * Says of most pairs of assets that the rules find nothing between them, without the zones of the network: with fewer
 * and shorter zones (`OwnZones`) and the larger vertical limit, what is not short here is not short there. It decides
 * nothing else: who is not cleared here goes to `PairTester`. Holds the scratch space of one thread.
 */
export class PairScreen {
  readonly #network: ClearanceNetwork
  readonly #zones: OwnZones
  readonly #terms: ScreenTerms
  readonly #isAlongside: boolean
  readonly #isDistance: boolean
  readonly #touchBandM: number
  readonly #whole = newSegmentPair()
  readonly #piece = newSegmentPair()
  readonly #witness = newWitness()
  readonly #other = newWitness()
  readonly #cutsI = new Float64Array(64)
  readonly #cutsJ = new Float64Array(64)
  /** Pairs that need a look at their pieces. */
  readonly #open: number[] = []
  #a = 0
  #b = 0
  #widenM = 0.5
  /** How much nearer than drawn the two may be. */
  #possibleM = 0.5

  /** @param signatures How many the network has. */
  constructor({ network, pack, limits }: World, places: Places, signatures: number) {
    this.#network = network
    this.#isAlongside = pack.semantics === 'crossing-alongside'
    this.#isDistance = pack.semantics === 'distance'
    this.#touchBandM = pack.touchBandM
    this.#terms = new ScreenTerms(network, pack, limits, signatures)
    this.#zones = new OwnZones(network, places, pack.snapToleranceM, Math.sin((pack.crossingMinAngleDeg * Math.PI) / 180), this.#isDistance)
  }

  /**
   * Reads the drawn route. Those it is paired with may be none whose joints it changes.
   * @param jointsXy [x, y, …] of its joints.
   */
  beginRoute(route: number, jointsXy: readonly number[]): void {
    this.#terms.take(this.#network, route)
    this.#zones.beginRoute(jointsXy)
  }

  /** Sets the two assets that are spoken of. */
  select(a: number, b: number): void {
    this.#a = a
    this.#b = b
    this.#terms.select(a, b)
  }

  /** Whether two segments may come near enough for any rule, at first glance (`mayComeWithin`). */
  mayBeNear(a: number, i: number, b: number, j: number): boolean {
    const { xyz } = this.#network
    const x = xyz[3 * i]!
    const y = xyz[3 * i + 1]!
    return mayComeWithin(xyz[3 * i + 3]! - x, xyz[3 * i + 4]! - y, xyz[3 * j]! - x, xyz[3 * j + 1]! - y, xyz[3 * j + 3]! - x, xyz[3 * j + 4]! - y, this.#terms.reachM(a, b))
  }

  /** What is asked first of the segments of a tile. @param runOf Run of each asset. */
  segmentsOfTiles(grid: SegmentGrid, runOf: Uint32Array): TileSegments {
    return new TileSegments(this.#network, grid, this.#terms, runOf)
  }

  /** Whether two segments come near enough for any rule, zones aside. */
  mayMatter(i: number, j: number): boolean {
    const terms = this.#terms
    const g = this.#load(i, j)
    const level = levelBoxGap(g)
    let reach = -1
    if (level <= terms.horizontalLevelM) reach = terms.horizontalPlanM
    if (level < terms.overlapLevelM && terms.overlapPlanM > reach) reach = terms.overlapPlanM
    if (level - terms.h < terms.contactM && terms.w + terms.contactM > reach) reach = terms.w + terms.contactM
    return reach >= 0 && comesWithin(g, reach + NEAR_M)
  }

  /**
   * Whether the full test may find anything.
   * @param segments Segments [of a, of b, …] that may matter, the first `length` of them.
   */
  mayHit(segments: readonly number[], length: number): boolean {
    const terms = this.#terms
    const zones = this.#zones
    this.#possibleM = Math.max(terms.uncertaintyPlanM, terms.uncertaintyLevelM)
    if (!zones.takeJoints(this.#a, this.#b, terms)) return true
    const hasJoint = zones.jointCount > 0
    const open = hasJoint ? this.#openOfJoined(segments, length) : this.#openOfOthers(segments, length)
    if (open <= 0) return open < 0
    if (hasJoint && this.#isAlongside && terms.horizontalM >= 0) for (let k = 0; k < length; k += 2) zones.takeCrossing(this.#a, segments[k]!, this.#b, segments[k + 1]!, terms)
    for (let pass = zones.count === 0 ? 1 : 0; pass < 2; pass++) {
      this.#widenM = pass === 0 ? 0 : this.#possibleM
      if (pass === 1 && this.#possibleM === 0 && zones.count > 0) break
      for (let k = 0; k < open; k += 2) if (this.#mayHitOn(this.#open[k]!, this.#open[k + 1]!)) return true
    }
    return false
  }

  /** Of joined assets: notes the pairs that are not clear at once. @returns how many numbers; −1 where the full test must see. */
  #openOfJoined(segments: readonly number[], length: number): number {
    const canBeClear = this.#isAlongside && this.#touchBandM >= LEAST_BAND_M
    let open = 0
    for (let k = 0; k < length; k += 2) {
      const i = segments[k]!
      const j = segments[k + 1]!
      // How much of a riser is in its joint's zone is for the full test.
      if (isVertical(this.#network, i) || isVertical(this.#network, j)) return -1
      if (canBeClear && this.#zones.isClearAtJoint(i, j, this.#possibleM)) continue
      this.#open[open++] = i
      this.#open[open++] = j
    }
    return open
  }

  /** The same of assets without a joint: nothing is exempt from contact and levels, as drawn and as possible in one look. */
  #openOfOthers(segments: readonly number[], length: number): number {
    const isAlongside = this.#isAlongside && this.#terms.horizontalM >= 0
    this.#widenM = this.#possibleM
    let open = 0
    for (let k = 0; k < length; k += 2) {
      const i = segments[k]!
      const j = segments[k + 1]!
      const g = this.#load(i, j)
      if (isAlongside && this.#zones.takeCrossing(this.#a, i, this.#b, j, this.#terms)) {
        if (!this.#isClearAtCrossing(g) && this.#isShort(g, true, false)) return -1
        continue
      }
      if (this.#isShort(g, true, false)) return -1
      if (!isAlongside || !this.#isPlanShort(g, planBoxGap(g), levelBoxGap(g))) continue
      this.#open[open++] = i
      this.#open[open++] = j
    }
    return open
  }

  /**
   * Whether two segments that cross are far enough from each other in level wherever they lie over each other, or nearly:
   * from the crossing to there, the levels change by no more than both fall.
   */
  #isClearAtCrossing(g: SegmentPair): boolean {
    const terms = this.#terms
    const { crossingS: s, crossingT: t, crossingSine } = this.#zones
    const ux = g[3]! - g[0]!
    const uy = g[4]! - g[1]!
    const fallI = g[5]! - g[2]!
    const wx = g[9]! - g[6]!
    const wy = g[10]! - g[7]!
    const fallJ = g[11]! - g[8]!
    const slopes = Math.abs(fallI) / Math.sqrt(ux * ux + uy * uy) + Math.abs(fallJ) / Math.sqrt(wx * wx + wy * wy)
    const within = Math.max(terms.overlapPlanM, terms.w + terms.contactM) / crossingSine
    const gap = Math.abs(g[2]! + s * fallI - g[8]! - t * fallJ) - slopes * within - terms.h
    return gap >= Math.max(terms.verticalM + terms.uncertaintyLevelM, terms.contactM) + NEAR_M
  }

  #mayHitOn(i: number, j: number): boolean {
    const zones = this.#zones
    const hasJoint = zones.jointCount > 0
    const whole = this.#load(i, j)
    if (zones.count === 0) return this.#isShort(whole, false, true)
    const { chainageM } = this.#network
    const i0 = chainageM[i]!
    const i1 = chainageM[i + 1]!
    const j0 = chainageM[j]!
    const j1 = chainageM[j + 1]!
    const countI = this.#cut(zones.fromA, zones.toA, i0, i1, this.#cutsI)
    const countJ = this.#cut(zones.fromB, zones.toB, j0, j1, this.#cutsJ)
    if (countI === 2 && countJ === 2) {
      const exempt = this.#exemption((i0 + i1) / 2, (j0 + j1) / 2)
      return exempt !== 2 && this.#isShort(whole, hasJoint, exempt === 0)
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
    const zones = this.#zones
    let count = 1
    cuts[0] = start
    for (let z = 0; z < zones.count; z++) {
      const further = this.#widenM / zones.sine[z]!
      count = addCut(cuts, count, from[z]! - further, start, end)
      count = addCut(cuts, count, to[z]! + further, start, end)
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

  /** Two segments in the kernels' form. */
  #load(i: number, j: number): SegmentPair {
    const { xyz } = this.#network
    const g = this.#whole
    const p = 3 * i
    const q = 3 * j
    g[0] = xyz[p]!
    g[1] = xyz[p + 1]!
    g[2] = xyz[p + 2]!
    g[3] = xyz[p + 3]!
    g[4] = xyz[p + 4]!
    g[5] = xyz[p + 5]!
    g[6] = xyz[q]!
    g[7] = xyz[q + 1]!
    g[8] = xyz[q + 2]!
    g[9] = xyz[q + 3]!
    g[10] = xyz[q + 4]!
    g[11] = xyz[q + 5]!
    return g
  }

  #loadPiece(s0: number, s1: number, t0: number, t1: number): void {
    const whole = this.#whole
    const piece = this.#piece
    for (let k = 0; k < 3; k++) {
      const p0 = whole[k]!
      const p1 = whole[k + 3]!
      const q0 = whole[k + 6]!
      const q1 = whole[k + 9]!
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
    const plan = planBoxGap(piece)
    const level = levelBoxGap(piece)
    return (isAlongside && this.#isPlanShort(piece, plan, level)) || (isAtOnce && (this.#isInContact(piece, plan, level) || this.#isLevelShort(piece, plan, level)))
  }

  /** What a limit is compared with: as drawn, or as possible. */
  #marginM(uncertaintyM: number): number {
    return (this.#widenM > 0 ? uncertaintyM : 0) - BROKEN_M + NEAR_M
  }

  #isInContact(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (clearDistanceOf(planM, levelM, terms) > terms.contactM) return false
    const found = leastClearDistance(piece, terms, this.#witness)
    if (this.#isDistance && terms.distanceM >= 0 && found < terms.distanceM + this.#marginM(terms.uncertaintyClearM)) return true
    if (this.#widenM > 0 && found < this.#marginM(terms.uncertaintyClearM)) return true
    // Joined assets never touch.
    return found <= (this.#zones.jointCount > 0 ? -this.#touchBandM - GRACE_M + NEAR_M : this.#touchBandM + GRACE_M + NEAR_M)
  }

  #isLevelShort(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.overlapPlanM < 0 || planM > terms.overlapPlanM || levelM > terms.overlapLevelM) return false
    if (!levelRange(piece, terms.overlapPlanM, this.#witness, this.#other)) return false
    const gap = Math.max(this.#witness[0]!, -this.#other[0]!, 0) - terms.h
    return gap < terms.verticalM + this.#marginM(terms.uncertaintyLevelM)
  }

  #isPlanShort(piece: SegmentPair, planM: number, levelM: number): boolean {
    const terms = this.#terms
    if (terms.horizontalPlanM < 0 || planM > terms.horizontalPlanM || levelM > terms.horizontalLevelM) return false
    if (!planDistanceWithin(piece, terms.horizontalLevelM, this.#witness)) return false
    return this.#witness[0]! - terms.w < terms.horizontalM + this.#marginM(terms.uncertaintyPlanM)
  }
}

const shareOf = (chainage: number, from: number, to: number): number => (to > from ? (chainage - from) / (to - from) : 0)

function addCut(cuts: Float64Array, count: number, edge: number, start: number, end: number): number {
  if (!(edge > start && edge < end)) return count
  let at = count
  while (at > 1 && cuts[at - 1]! > edge) cuts[at] = cuts[--at]!
  cuts[at] = edge
  return count + 1
}
