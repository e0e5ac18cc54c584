import { loadPair } from './meetings.ts'
import { newSegmentPair } from '../geometry/segment-pair.ts'
import { addParts, largestSine, newParts } from './parts.ts'
import type { Places } from './places.ts'
import { zoneReachM, type World } from './world.ts'

const MOST_ZONES = 12
/** Zones are taken this much shorter than they are: their edges in the full test are rounded by less. */
const SHORTER_M = 3e-7
/** Sines are taken as this much less when asked whether a meeting is a crossing. */
const SINE_GRACE = 1e-9

/**
 * The zones that two assets make between themselves: of the joints of these two, and of plain crossings of their
 * segments. Never more and never longer than the full test has them (zones of others that spread here are left out), so
 * that whoever finds nothing outside these finds nothing there. Scratch of one thread, filled per pair of assets.
 */
export class OwnZones {
  readonly #world: World
  readonly #places: Places
  readonly #pair = newSegmentPair()
  readonly #partsA = newParts()
  readonly #partsB = newParts()
  count = 0
  /** Chainages of each zone on a and on b. */
  readonly fromA = new Float64Array(MOST_ZONES)
  readonly toA = new Float64Array(MOST_ZONES)
  readonly fromB = new Float64Array(MOST_ZONES)
  readonly toB = new Float64Array(MOST_ZONES)
  /** Joints exempt from everything, crossings from the horizontal rule. */
  readonly isJoint = new Uint8Array(MOST_ZONES)
  jointCount = 0
  /** Segments that a crossing is of. */
  readonly #ofA = new Uint32Array(MOST_ZONES)
  readonly #ofB = new Uint32Array(MOST_ZONES)
  /** Sine each was divided by: a zone widened by w reaches w / sine further. */
  readonly sine = new Float64Array(MOST_ZONES)

  constructor(world: World, places: Places) {
    this.#world = world
    this.#places = places
  }

  /** @returns false where these two are joined in a way that only the full test follows. */
  takeJoints(a: number, b: number): boolean {
    this.count = this.jointCount = 0
    const { assetStart, assetPlaces, memberStart, memberAsset, memberChainageM } = this.#places
    for (let k = assetStart[a]!; k < assetStart[a + 1]!; k++) {
      const place = assetPlaces[k]!
      let [ofA, ofB, timesA, timesB] = [-1, -1, 0, 0]
      for (let m = memberStart[place]!; m < memberStart[place + 1]!; m++) {
        if (memberAsset[m] === a) {
          ofA = m
          timesA++
        } else if (memberAsset[m] === b) {
          ofB = m
          timesB++
        }
      }
      if (timesB === 0) continue
      if (timesA !== 1 || timesB !== 1) return false
      const isAlone = memberStart[place + 1]! - memberStart[place]! === 2
      if (!this.#addJoint(a, memberChainageM[ofA]!, b, memberChainageM[ofB]!, isAlone)) return false
    }
    this.jointCount = this.count
    return true
  }

  #addJoint(a: number, chainageA: number, b: number, chainageB: number, isAlone: boolean): boolean {
    const { network, pack } = this.#world
    this.#partsA.directions.length = this.#partsB.directions.length = 0
    addParts(network, a, chainageA, chainageA, pack.snapToleranceM, this.#partsA)
    addParts(network, b, chainageB, chainageB, pack.snapToleranceM, this.#partsB)
    const sine = Math.max(0.5, largestSine(this.#partsA, this.#partsB) ?? 1)
    // Of several of these two kinds and owners at one place the longest zone holds, whose sine may be larger.
    return this.#add(chainageA, chainageB, zoneReachM(this.#world, a, b) / sine, isAlone ? sine : 1, 1)
  }

  /** Adds the zone of a crossing of two segments in the middle of both, where nothing else is joined. */
  takeCrossing(a: number, i: number, b: number, j: number, leastSine: number): void {
    const { network, pack } = this.#world
    const g = this.#pair
    loadPair(network, i, j, g)
    const [ux, uy, wx, wy] = [g[3]! - g[0]!, g[4]! - g[1]!, g[9]! - g[6]!, g[10]! - g[7]!]
    const det = ux * wy - uy * wx
    if (det === 0) return
    const [dx, dy] = [g[6]! - g[0]!, g[7]! - g[1]!]
    const [s, t] = [(dx * wy - dy * wx) / det, (dx * uy - dy * ux) / det]
    const [lengthI, lengthJ] = [Math.sqrt(ux * ux + uy * uy), Math.sqrt(wx * wx + wy * wy)]
    const clearM = 4 * pack.snapToleranceM + 1e-3
    if (!(s * lengthI > clearM && (1 - s) * lengthI > clearM && t * lengthJ > clearM && (1 - t) * lengthJ > clearM)) return
    const sine = Math.min(1, Math.abs(det) / (lengthI * lengthJ))
    if (sine < leastSine + SINE_GRACE) return
    const [x, y] = [g[0]! + s * ux, g[1]! + s * uy]
    if (this.#isPlaceNear(a, x, y, clearM) || this.#isPlaceNear(b, x, y, clearM)) return
    const at = (v: number, share: number): number => network.chainageM[v]! + share * (network.chainageM[v + 1]! - network.chainageM[v]!)
    this.#ofA[this.count] = i
    this.#ofB[this.count] = j
    this.#add(at(i, s), at(j, t), zoneReachM(this.#world, a, b) / sine, sine, 0)
  }

  /** Whether two segments make one of the crossings. */
  hasCrossingOf(i: number, j: number): boolean {
    for (let k = this.jointCount; k < this.count; k++) if (this.#ofA[k] === i && this.#ofB[k] === j) return true
    return false
  }

  /** What is joined near a crossing turns and widens it. */
  #isPlaceNear(asset: number, x: number, y: number, withinM: number): boolean {
    const { assetStart, assetPlaces, memberStart, memberAsset, memberXy } = this.#places
    for (let k = assetStart[asset]!; k < assetStart[asset + 1]!; k++) {
      const place = assetPlaces[k]!
      for (let m = memberStart[place]!; m < memberStart[place + 1]!; m++) {
        if (memberAsset[m] === asset && Math.abs(memberXy[2 * m]! - x) <= withinM && Math.abs(memberXy[2 * m + 1]! - y) <= withinM) return true
      }
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
