import { VERTICAL_M, type ClearanceNetwork } from './network.ts'
import { isVertical } from './parts.ts'
import { leftAt, type Riser, type Zone } from './zones.ts'

/** A piece of a segment, x from … to in 0 … 1, all of whose points are in the same zones. */
export interface Cut {
  readonly from: number
  readonly to: number
  /** Zones the piece is in, as index · 4 + sides (1: side a, 2: side b), ascending. */
  readonly zones: readonly number[]
  /** The same for the horizontal rule: a riser is in its joint's zone over its whole height. */
  readonly zonesInPlan: readonly number[]
}

/** A remainder between zone edges shorter than this is rounding, not a place. */
const SLIVER_M = 1e-7
const WHOLE = { low: 0, high: 1 }
const NO_ZONES: readonly Cut[] = [{ from: 0, to: 1, zones: [], zonesInPlan: [] }]

/**
 * Cuts a segment at the edges of zones.
 * @param widenM How much further than as drawn the zones reach (`Zone`).
 * @param riserReachM How far from its start a riser is in its joint's zone for the rules other than the horizontal.
 */
export function cutSegment(network: ClearanceNetwork, v: number, zones: readonly Zone[], widenM: number, riserReachM: number): readonly Cut[] {
  const asset = network.vertexAsset[v]!
  const from = network.chainageM[v]!
  const to = network.chainageM[v + 1]!
  const spans: Span[] = []
  zones.forEach((zone, index) => {
    for (const entry of zone.entries) {
      if (entry.asset !== asset) continue
      const leftM = leftAt(zone, entry, widenM)
      if (leftM < 0 || entry.to + leftM < from - VERTICAL_M || entry.from - leftM > to + VERTICAL_M) continue
      const riser = to > from ? undefined : zone.risers.find(r => r.asset === asset && v >= r.from && v < r.to && isVertical(network, v))
      const span = to > from ? planSpan(entry.from - leftM, entry.to + leftM, from, to) : riser ? riserSpan(network, v, riser, riserReachM) : WHOLE
      spans.push({ low: span.low, high: span.high, index, side: entry.side === 'a' ? 1 : 2, isRiser: riser !== undefined })
    }
  })
  return spans.length === 0 ? NO_ZONES : cutAt(spans, to - from)
}

interface Span {
  readonly low: number
  readonly high: number
  readonly index: number
  readonly side: number
  readonly isRiser: boolean
}

function planSpan(pieceFrom: number, pieceTo: number, from: number, to: number): { low: number; high: number } {
  const length = to - from
  // An edge that falls on a vertex falls on it exactly.
  const low = pieceFrom <= from + SLIVER_M ? 0 : (pieceFrom - from) / length
  const high = pieceTo >= to - SLIVER_M ? 1 : (pieceTo - from) / length
  return { low, high }
}

function riserSpan({ xyz }: ClearanceNetwork, v: number, riser: Riser, reachM: number): { low: number; high: number } {
  const z0 = xyz[3 * v + 2]!
  const step = xyz[3 * v + 5]! - z0
  const p = (riser.startZ - reachM - z0) / step
  const q = (riser.startZ + reachM - z0) / step
  return { low: Math.max(0, Math.min(p, q)), high: Math.min(1, Math.max(p, q)) }
}

/** Adds an edge between 0 and 1 to ascending ones: they are few. */
function insert(edges: number[], edge: number): void {
  if (!(edge > 0 && edge < 1)) return
  let at = edges.push(1) - 1
  for (; edges[at - 1]! > edge; at--) edges[at] = edges[at - 1]!
  edges[at] = edge
}

function cutAt(spans: readonly Span[], lengthM: number): readonly Cut[] {
  const edges = [0, 1]
  for (const { low, high } of spans) {
    insert(edges, low)
    insert(edges, high)
  }
  if (edges.length === 2) return [cut(spans, 0, 1)]
  const sliver = lengthM > 0 ? SLIVER_M / lengthM : 1e-9
  const cuts: Cut[] = []
  let from = 0
  for (let k = 1; k < edges.length; k++) {
    const to = edges[k]!
    if (to - from <= sliver && to < 1) continue
    cuts.push(cut(spans, from, to))
    from = to
  }
  return cuts
}

/** Spans come in the order of their zones, so that several of one zone are neighbours. */
function cut(spans: readonly Span[], from: number, to: number): Cut {
  const middle = (from + to) / 2
  const zones: number[] = []
  const zonesInPlan: number[] = []
  for (const span of spans) {
    const isThere = middle >= span.low && middle <= span.high
    if (isThere) note(zones, span)
    if (isThere || span.isRiser) note(zonesInPlan, span)
  }
  return { from, to, zones, zonesInPlan }
}

function note(codes: number[], { index, side }: Span): void {
  const last = codes.length - 1
  if (last >= 0 && codes[last]! >> 2 === index) codes[last]! |= side
  else codes.push(4 * index + side)
}
