import { JoinedPairs } from '../joints/joined-pairs.ts'
import { firstTouching } from '../network/parts.ts'
import { VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import type { Places } from '../joints/places.ts'
import type { ScreenTerms } from './screen-terms.ts'

const MOST_ZONES = 12
/** Zones are taken this much shorter than they are: their edges in the full test are rounded by less. */
const SHORTER_M = 3e-7
/** Sines are taken as this much less when asked whether a meeting is a crossing. */
const SINE_GRACE = 1e-9
/** Ends this near are one point, chainages this near one place on a line. */
const SAME_POINT_M = 1e-7
const SAME_CHAINAGE_M = 1e-9
/** What a zone may be too short by, so that nothing counts as broken for it (`BROKEN_M` less what rounding takes). */
const NO_MATTER_M = 5e-7
const MOST_PARTS = 64

/**
 * The zones that two assets make between themselves: of the joints of these two, and of plain crossings of their
 * segments. Never more and never longer than the full test has them (zones of others that spread here are left out), so
 * that whoever finds nothing outside these finds nothing there. Scratch of one thread: filled per asset, then per pair.
 */
export class OwnZones {
  readonly #network: ClearanceNetwork
  readonly #places: Places
  readonly #joined: JoinedPairs
  readonly #snapM: number
  readonly #leastSine: number
  /** With a pack that measures zones by the horizontal limit; else by the distance. */
  readonly #isDistance: boolean
  #routeXy: readonly number[] = []
  readonly #partsA = new Float64Array(2 * MOST_PARTS)
  readonly #partsB = new Float64Array(2 * MOST_PARTS)
  count = 0
  /** Chainages of each zone on a and on b. */
  readonly fromA = new Float64Array(MOST_ZONES)
  readonly toA = new Float64Array(MOST_ZONES)
  readonly fromB = new Float64Array(MOST_ZONES)
  readonly toB = new Float64Array(MOST_ZONES)
  /** Joints exempt from everything, crossings from the horizontal rule. */
  readonly isJoint = new Uint8Array(MOST_ZONES)
  jointCount = 0
  /** Sine each was divided by: a zone widened by w reaches w / sine further. */
  readonly sine = new Float64Array(MOST_ZONES)
  /** Of the one joint: where it is on a and on b, and the sine its zone was measured with; NaN where it is not in one point. */
  #jointA = NaN
  #jointB = NaN
  #jointSine = 0
  #isJointAlone = false
  /** Where the last crossing taken is on its two segments, and its sine. */
  crossingS = 0.5
  crossingT = 0.5
  crossingSine = 0.5

  /** @param leastSine Of the angle from which on a meeting is a crossing. */
  constructor(network: ClearanceNetwork, places: Places, snapM: number, leastSine: number, isDistance: boolean) {
    this.#network = network
    this.#places = places
    this.#joined = new JoinedPairs(places)
    this.#snapM = snapM
    this.#leastSine = leastSine
    this.#isDistance = isDistance
  }

  /** Sets the drawn route as one of every pair from now on, joined to nobody whom it is paired with. @param xy [x, y, …] of its joints. */
  beginRoute(xy: readonly number[]): void {
    this.#routeXy = xy
  }

  /** @returns false where asset a and this one are joined in a way that only the full test follows. */
  takeJoints(a: number, b: number, terms: ScreenTerms): boolean {
    const { assetStart, assetPlaces } = this.#places
    this.count = this.jointCount = 0
    this.#jointA = this.#jointB = NaN
    // The drawn route has no places here.
    if (Math.max(a, b) >= assetStart.length - 1 || !this.#joined.mayBeJoined(a, b)) return true
    const fewer = assetStart[a + 1]! - assetStart[a]! <= assetStart[b + 1]! - assetStart[b]! ? a : b
    for (let k = assetStart[fewer]!; k < assetStart[fewer + 1]!; k++) if (!this.#takeJoint(assetPlaces[k]!, a, b, terms)) return false
    this.jointCount = this.count
    if (this.count > 1) this.#jointA = NaN
    return true
  }

  /** Takes the zone of a place if both are joined there. */
  #takeJoint(place: number, a: number, b: number, terms: ScreenTerms): boolean {
    const { memberStart, memberAsset, memberChainageM, memberXy } = this.#places
    const first = memberStart[place]!
    const last = memberStart[place + 1]!
    let ofA = -1
    let ofB = -1
    let members = 0
    for (let m = first; m < last; m++) {
      if (memberAsset[m] === a) ofA = m
      else if (memberAsset[m] === b) ofB = m
      else continue
      members++
    }
    if (ofA < 0 || ofB < 0) return true
    // One that comes there twice is a ring, or touches it with both ends.
    if (members > 2) return false
    const chainageA = memberChainageM[ofA]!
    const chainageB = memberChainageM[ofB]!
    const isAlone = last - first === 2
    const sine = this.#jointSineOf(a, chainageA, b, chainageB)
    // Of several of these two kinds and owners at one place the longest zone holds, whose sine may be larger.
    if (sine < 0 || !this.#add(chainageA, chainageB, this.#reachM(terms) / sine, isAlone ? sine : 1, 1)) return false
    const x = memberXy[2 * ofA]! - memberXy[2 * ofB]!
    const y = memberXy[2 * ofA + 1]! - memberXy[2 * ofB + 1]!
    if (x * x + y * y <= SAME_POINT_M * SAME_POINT_M) {
      this.#jointA = chainageA
      this.#jointB = chainageB
      this.#jointSine = sine
      this.#isJointAlone = isAlone
    }
    return true
  }

  /** What zones are measured with (design §5, rules 2 and 6). */
  #reachM({ horizontalM, distanceM, w }: ScreenTerms): number {
    return Math.max(0, this.#isDistance ? distanceM : horizontalM) + w
  }

  /** As `jointZone` has it; −1 where too many parts meet. */
  #jointSineOf(a: number, chainageA: number, b: number, chainageB: number): number {
    const countA = this.#parts(a, chainageA, this.#partsA)
    const countB = this.#parts(b, chainageB, this.#partsB)
    if (countA < 0 || countB < 0) return -1
    if (countA === 0 || countB === 0) return 1
    let sine = 0.5
    for (let i = 0; i < countA; i++) {
      for (let j = 0; j < countB; j++) {
        sine = Math.max(sine, Math.abs(this.#partsA[2 * i]! * this.#partsB[2 * j + 1]! - this.#partsA[2 * i + 1]! * this.#partsB[2 * j]!))
      }
    }
    return Math.min(1, sine)
  }

  /** Directions in plan of the parts of an asset at a chainage, as `addParts` finds them. */
  #parts(asset: number, chainage: number, parts: Float64Array): number {
    const { xyz, chainageM, vertexStart } = this.#network
    const last = vertexStart[asset + 1]! - 1
    let count = 0
    for (let v = firstTouching(this.#network, asset, chainage - this.#snapM); v < last && chainageM[v]! <= chainage + this.#snapM; v++) {
      const x = xyz[3 * v + 3]! - xyz[3 * v]!
      const y = xyz[3 * v + 4]! - xyz[3 * v + 1]!
      const length = Math.sqrt(x * x + y * y)
      if (!(length > VERTICAL_M)) continue
      if (count === MOST_PARTS) return -1
      parts[2 * count] = x / length
      parts[2 * count + 1] = y / length
      count++
    }
    return count
  }

  /**
   * Whether two segments that run out from the one joint of these assets are clear of every rule outside its zone: then
   * what is not in the zone is, by the zone's length, no nearer in plan than any limit asks. Not for vertical segments.
   * @param possibleM How much nearer than drawn the two may be.
   */
  isClearAtJoint(i: number, j: number, possibleM: number): boolean {
    const { xyz, chainageM } = this.#network
    const atA = this.#jointA
    const atB = this.#jointB
    const i0 = chainageM[i]!
    const i1 = chainageM[i + 1]!
    const j0 = chainageM[j]!
    const j1 = chainageM[j + 1]!
    if (!(atA >= i0 - SAME_CHAINAGE_M && atA <= i1 + SAME_CHAINAGE_M && atB >= j0 - SAME_CHAINAGE_M && atB <= j1 + SAME_CHAINAGE_M)) return false
    const ux = xyz[3 * i + 3]! - xyz[3 * i]!
    const uy = xyz[3 * i + 4]! - xyz[3 * i + 1]!
    const wx = xyz[3 * j + 3]! - xyz[3 * j]!
    const wy = xyz[3 * j + 4]! - xyz[3 * j + 1]!
    const lengths = Math.sqrt((ux * ux + uy * uy) * (wx * wx + wy * wy))
    // Away from each other: the nearest to a point of one is the joint.
    const wayI = atA <= i0 + SAME_CHAINAGE_M ? 1 : atA >= i1 - SAME_CHAINAGE_M ? -1 : 0
    const wayJ = atB <= j0 + SAME_CHAINAGE_M ? 1 : atB >= j1 - SAME_CHAINAGE_M ? -1 : 0
    if (wayI * wayJ !== 0 && wayI * wayJ * (ux * wx + uy * wy) <= 0) return true
    const sine = Math.abs(ux * wy - uy * wx) / lengths
    return sine >= this.#jointSine - SINE_GRACE && (this.#isJointAlone || possibleM * (1 - sine) <= NO_MATTER_M)
  }

  /**
   * Takes the zone of a crossing of two segments in the middle of both, where nothing else is joined: straight lines that
   * cross are far enough from each other where either is out of the zone, as that is its length.
   * @returns whether it is one.
   */
  takeCrossing(a: number, i: number, b: number, j: number, terms: ScreenTerms): boolean {
    const { xyz, chainageM } = this.#network
    const px = xyz[3 * i]!
    const py = xyz[3 * i + 1]!
    const qx = xyz[3 * j]!
    const qy = xyz[3 * j + 1]!
    const ux = xyz[3 * i + 3]! - px
    const uy = xyz[3 * i + 4]! - py
    const wx = xyz[3 * j + 3]! - qx
    const wy = xyz[3 * j + 4]! - qy
    const det = ux * wy - uy * wx
    const lengths2 = (ux * ux + uy * uy) * (wx * wx + wy * wy)
    const leastSine = this.#leastSine + SINE_GRACE
    if (det === 0 || det * det < leastSine * leastSine * lengths2) return false
    const dx = qx - px
    const dy = qy - py
    const s = (dx * wy - dy * wx) / det
    const t = (dx * uy - dy * ux) / det
    if (!(s > 0 && s < 1 && t > 0 && t < 1)) return false
    const lengthI = Math.sqrt(ux * ux + uy * uy)
    const lengthJ = Math.sqrt(wx * wx + wy * wy)
    const clearM = 4 * this.#snapM + 1e-3
    if (!(s * lengthI > clearM && (1 - s) * lengthI > clearM && t * lengthJ > clearM && (1 - t) * lengthJ > clearM)) return false
    const sine = Math.min(1, Math.abs(det) / (lengthI * lengthJ))
    if (sine < leastSine) return false
    const x = px + s * ux
    const y = py + s * uy
    if (this.#isPlaceNear(a, x, y, clearM) || this.#isPlaceNear(b, x, y, clearM)) return false
    const atI = chainageM[i]! + s * (chainageM[i + 1]! - chainageM[i]!)
    const atJ = chainageM[j]! + t * (chainageM[j + 1]! - chainageM[j]!)
    if (!this.#add(atI, atJ, this.#reachM(terms) / sine, sine, 0)) return false
    this.crossingS = s
    this.crossingT = t
    this.crossingSine = sine
    return true
  }

  /** What is joined near a crossing turns and widens it. */
  #isPlaceNear(asset: number, x: number, y: number, withinM: number): boolean {
    const { assetStart, assetXy } = this.#places
    if (asset >= assetStart.length - 1) {
      for (let k = 0; k < this.#routeXy.length; k += 2) if (Math.abs(this.#routeXy[k]! - x) <= withinM && Math.abs(this.#routeXy[k + 1]! - y) <= withinM) return true
      return false
    }
    for (let k = assetStart[asset]!; k < assetStart[asset + 1]!; k++) {
      if (Math.abs(assetXy[2 * k]! - x) <= withinM && Math.abs(assetXy[2 * k + 1]! - y) <= withinM) return true
    }
    return false
  }

  #add(chainageA: number, chainageB: number, reachM: number, sine: number, isJoint: 0 | 1): boolean {
    const k = this.count
    if (k === MOST_ZONES) return false
    const reach = reachM - SHORTER_M
    this.fromA[k] = chainageA - reach
    this.toA[k] = chainageA + reach
    this.fromB[k] = chainageB - reach
    this.toB[k] = chainageB + reach
    this.isJoint[k] = isJoint
    this.sine[k] = sine
    this.count++
    return true
  }
}
