import { VERTICAL_M, type ClearanceNetwork } from '../network/network.ts'
import { isVertical } from '../network/parts.ts'
import { leftAt, type Riser, type Zone } from './zones.ts'

/** A remainder between zone edges shorter than this is rounding, not a place. */
const SLIVER_M = 1e-7
const FIRST_ROOM = 16

/**
 * A segment cut at the edges of zones: piece k runs from `from[k]` to `to[k]`, shares in 0 … 1, and all its points are in the
 * same zones, `zones.codes` at `zones.start[k]` … . Filled again and again; what it holds is good until the next cut.
 */
export class SegmentCuts {
  count = 0
  from = new Float64Array(FIRST_ROOM)
  to = new Float64Array(FIRST_ROOM)
  readonly zones = new ZoneCodes()
  /** The same for the horizontal rule: a riser is in its joint's zone over its whole height. */
  readonly zonesInPlan = new ZoneCodes()
  /** Where zones lie on the segment: shares, index · 4 + side, and whether it is the part of a riser near its joint. */
  #low = new Float64Array(FIRST_ROOM)
  #high = new Float64Array(FIRST_ROOM)
  #code = new Int32Array(FIRST_ROOM)
  #isRiser = new Uint8Array(FIRST_ROOM)
  #spans = 0
  #edges = new Float64Array(2 * FIRST_ROOM + 2)
  #edgeCount = 0

  /**
   * @param widenM How much further than as drawn the zones reach (`Zone`).
   * @param riserReachM How far from its start a riser is in its joint's zone for the rules other than the horizontal.
   */
  cut(network: ClearanceNetwork, v: number, zones: readonly Zone[], widenM: number, riserReachM: number): void {
    this.count = this.#spans = 0
    this.zones.clear()
    this.zonesInPlan.clear()
    for (let index = 0; index < zones.length; index++) this.#addSpans(network, v, zones[index]!, index, widenM, riserReachM)
    this.#layEdges()
    const lengthM = network.chainageM[v + 1]! - network.chainageM[v]!
    const sliver = lengthM > 0 ? SLIVER_M / lengthM : 1e-9
    let from = 0
    for (let k = 1; k < this.#edgeCount; k++) {
      const to = this.#edges[k]!
      if (this.#edgeCount > 2 && to - from <= sliver && to < 1) continue
      this.#addPiece(from, to)
      from = to
    }
  }

  #addSpans(network: ClearanceNetwork, v: number, zone: Zone, index: number, widenM: number, riserReachM: number): void {
    const asset = network.vertexAsset[v]!
    const from = network.chainageM[v]!
    const to = network.chainageM[v + 1]!
    for (const entry of zone.entries) {
      if (entry.asset !== asset) continue
      const leftM = leftAt(zone, entry, widenM)
      if (leftM < 0 || entry.to + leftM < from - VERTICAL_M || entry.from - leftM > to + VERTICAL_M) continue
      const k = this.#spans++
      if (k === this.#code.length) this.#growSpans()
      this.#code[k] = 4 * index + (entry.side === 'a' ? 1 : 2)
      this.#low[k] = 0
      this.#high[k] = 1
      this.#isRiser[k] = 0
      if (to > from) {
        // An edge that falls on a vertex falls on it exactly.
        if (entry.from - leftM > from + SLIVER_M) this.#low[k] = (entry.from - leftM - from) / (to - from)
        if (entry.to + leftM < to - SLIVER_M) this.#high[k] = (entry.to + leftM - from) / (to - from)
      } else this.#takeRiser(network, v, zone.risers, riserReachM, k)
    }
  }

  #takeRiser(network: ClearanceNetwork, v: number, risers: readonly Riser[], reachM: number, k: number): void {
    if (risers.length === 0 || !isVertical(network, v)) return
    const { xyz, vertexAsset } = network
    for (const riser of risers) {
      if (riser.asset !== vertexAsset[v] || v < riser.from || v >= riser.to) continue
      const z0 = xyz[3 * v + 2]!
      const step = xyz[3 * v + 5]! - z0
      const p = (riser.startZ - reachM - z0) / step
      const q = (riser.startZ + reachM - z0) / step
      this.#low[k] = Math.max(0, Math.min(p, q))
      this.#high[k] = Math.min(1, Math.max(p, q))
      this.#isRiser[k] = 1
      return
    }
  }

  /** Edges of the spans between 0 and 1, ascending: they are few. */
  #layEdges(): void {
    this.#edges[0] = 0
    this.#edges[1] = 1
    this.#edgeCount = 2
    for (let k = 0; k < this.#spans; k++) {
      this.#insert(this.#low[k]!)
      this.#insert(this.#high[k]!)
    }
  }

  #insert(edge: number): void {
    if (!(edge > 0 && edge < 1)) return
    let at = this.#edgeCount++
    for (; this.#edges[at - 1]! > edge; at--) this.#edges[at] = this.#edges[at - 1]!
    this.#edges[at] = edge
  }

  /** Spans come in the order of their zones, so that several of one zone are neighbours. */
  #addPiece(from: number, to: number): void {
    const k = this.count++
    if (k === this.from.length) this.#growPieces()
    this.from[k] = from
    this.to[k] = to
    const middle = (from + to) / 2
    for (let s = 0; s < this.#spans; s++) {
      const isThere = middle >= this.#low[s]! && middle <= this.#high[s]!
      if (isThere) this.zones.add(k, this.#code[s]!)
      if (isThere || this.#isRiser[s] === 1) this.zonesInPlan.add(k, this.#code[s]!)
    }
    this.zones.end(k)
    this.zonesInPlan.end(k)
  }

  #growSpans(): void {
    this.#low = grown(this.#low)
    this.#high = grown(this.#high)
    this.#code = grown(this.#code)
    this.#isRiser = grown(this.#isRiser)
    const edges = new Float64Array(2 * this.#code.length + 2)
    edges.set(this.#edges)
    this.#edges = edges
  }

  #growPieces(): void {
    this.from = grown(this.from)
    this.to = grown(this.to)
  }
}

/** Zones of pieces, as index · 4 + sides (1: side a, 2: side b), ascending; those of piece k begin at start[k]. */
class ZoneCodes {
  codes = new Int32Array(2 * FIRST_ROOM)
  start = new Int32Array(FIRST_ROOM + 1)
  #count = 0

  clear(): void {
    this.#count = 0
    this.start[0] = 0
  }

  add(k: number, code: number): void {
    const last = this.#count - 1
    if (last >= this.start[k]! && this.codes[last]! >> 2 === code >> 2) {
      this.codes[last] = this.codes[last]! | code
      return
    }
    if (this.#count === this.codes.length) this.codes = grown(this.codes)
    this.codes[this.#count++] = code
  }

  end(k: number): void {
    if (k + 1 === this.start.length) this.start = grown(this.start)
    this.start[k + 1] = this.#count
  }

  /** Code of a zone in piece k; 0 where the piece is not in it. */
  codeOf(k: number, zone: number): number {
    for (let c = this.start[k]!; c < this.start[k + 1]!; c++) if (this.codes[c]! >> 2 === zone) return this.codes[c]!
    return 0
  }

  /** Whether piece k and piece m of the other are in the zone of one joint. */
  sharesJoint(k: number, other: ZoneCodes, m: number, zones: readonly Zone[]): boolean {
    for (let c = this.start[k]!; c < this.start[k + 1]!; c++) {
      const zone = this.codes[c]! >> 2
      if (zones[zone]!.crossing === null && other.codeOf(m, zone) !== 0) return true
    }
    return false
  }
}

function grown<T extends Float64Array | Int32Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length)
  larger.set(array)
  return larger
}
