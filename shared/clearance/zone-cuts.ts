import { VERTICAL_M, type ClearanceNetwork } from './network.ts'
import { isVertical } from './parts.ts'
import type { Riser, Zone } from './zones.ts'

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
const NO_ZONES: readonly Cut[] = [{ from: 0, to: 1, zones: [], zonesInPlan: [] }]

/**
 * Cuts a segment at the edges of zones.
 * @param riserReachM How far from its start a riser is in its joint's zone for the rules other than the horizontal.
 */
export function cutSegment(network: ClearanceNetwork, v: number, zones: readonly Zone[], riserReachM: number): readonly Cut[] {
  const asset = network.vertexAsset[v]!
  const from = network.chainageM[v]!
  const to = network.chainageM[v + 1]!
  const spans: Span[] = []
  zones.forEach((zone, index) => {
    const riser = isVertical(network, v) ? zone.risers.find(r => r.asset === asset && v >= r.from && v < r.to) : undefined
    for (const piece of zone.pieces) {
      if (piece.asset !== asset || piece.to < from - VERTICAL_M || piece.from > to + VERTICAL_M) continue
      const span = to > from ? planSpan(piece.from, piece.to, from, to) : riser ? riserSpan(network, v, riser, riserReachM) : { low: 0, high: 1 }
      spans.push({ ...span, index, side: piece.side === 'a' ? 1 : 2, isRiser: riser !== undefined })
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

function cutAt(spans: readonly Span[], lengthM: number): Cut[] {
  const edges = [0, 1]
  for (const { low, high } of spans) for (const x of [low, high]) if (x > 0 && x < 1) edges.push(x)
  edges.sort((p, q) => p - q)
  const sliver = lengthM > 0 ? SLIVER_M / lengthM : 1e-9
  const cuts: Cut[] = []
  let from = 0
  for (const to of edges.slice(1)) {
    if (to - from <= sliver && to < 1) continue
    const middle = (from + to) / 2
    const isThere = (span: Span): boolean => middle >= span.low && middle <= span.high
    cuts.push({ from, to, zones: codes(spans.filter(isThere)), zonesInPlan: codes(spans.filter(span => span.isRiser || isThere(span))) })
    from = to
  }
  return cuts
}

function codes(spans: readonly Span[]): number[] {
  const sides = new Map<number, number>()
  for (const { index, side } of spans) sides.set(index, (sides.get(index) ?? 0) | side)
  return [...sides].map(([index, side]) => 4 * index + side).sort((p, q) => p - q)
}
