import type { Issue } from '../../core/issues.ts'
import { CANCEL_EVERY, unattendedJob, type JobControl } from '../../core/job.ts'
import { edgeLevels } from '../../network/edge-levels.ts'
import { flowIssues } from '../../network/flow-issues.ts'
import type { GravityFlow } from '../../network/gravity-flow.ts'
import { edgeLengthM, nodesOf, type Topology } from '../../network/topology.ts'
import { assetId, assetKind, type AssetColumns } from '../../twin/asset-columns.ts'
import { ASSUMED } from '../../twin/asset.ts'
import type { GroundSampler } from '../../twin/ground.ts'
import type { AssetKind, NodeType } from '../../twin/kinds.ts'
import type { PipeInside } from './pipe-hydraulics.ts'

/** A wall is a tenth of the inside (GB/T 11836 class II), as imports assume it where a source gives the inside alone. */
const INSIDE_PER_OUTSIDE = 1 / 1.2

/** One directed stretch of a drain. Levels in the local frame, metres. */
export interface Drain {
  /** In the graph's drains: results are columns in this order. */
  readonly index: number
  readonly edge: number
  readonly asset: number
  readonly from: number
  readonly to: number
  readonly inside: PipeInside
  readonly lengthM: number
  /** Levels of the inside bottom where the water enters and leaves. */
  readonly upInvertM: number
  readonly downInvertM: number
  /** Fall over length; negative where it rises. */
  readonly slopeRatio: number
}

/** The drains of some kinds as a directed graph over the places of a topology. */
export interface DrainGraph {
  readonly topology: Topology
  readonly drains: readonly Drain[]
  /** Drains that leave and reach each place. */
  readonly out: ReadonlyMap<number, readonly Drain[]>
  readonly into: ReadonlyMap<number, readonly Drain[]>
  /** Places in an order in which water never comes from a later one; places on a round trip of directions are not in it. */
  readonly order: readonly number[]
  readonly outfalls: ReadonlySet<number>
  /** Outfalls that are none: a drain taken out led the water on from there, and nothing does now. */
  readonly cutOff: ReadonlySet<number>
  /** Ground or cover level of each place that has drains; local frame. */
  readonly groundM: ReadonlyMap<number, number>
  readonly issues: readonly Issue[]
}

const COVERED: ReadonlySet<NodeType> = new Set(['manhole', 'chamber', 'gully', 'junction', 'pump'])

/**
 * Directs the drains of some kinds and finds their levels.
 * @param groundAt Local frame; used where no manhole stands at a place.
 * @throws CancelledError
 */
export function drainGraph(topology: Topology, flow: GravityFlow, kinds: ReadonlySet<AssetKind>, groundAt: GroundSampler | null, job: JobControl = unattendedJob): DrainGraph {
  const issues: Issue[] = [...flowIssues(topology, flow)]
  const drains: Drain[] = []
  const levels = edgeLevels(topology, job)
  for (let edge = 0; edge < topology.edgeCount; edge++) {
    if (edge % CANCEL_EVERY === 0) job.throwIfCancelled()
    const asset = topology.edgeAsset[edge]!
    if (asset < 0 || !kinds.has(assetKind(topology.columns, asset))) continue
    const way = flow.direction[edge]!
    if (way === 0) issues.push({ code: 'direction_unknown', severity: 'warning', ref: assetId(topology.columns, asset) })
    else drains.push(drainOf(drains.length, topology, edge, way, levels))
    if ((topology.columns.assumed[asset]! & (ASSUMED.level | ASSUMED.size)) !== 0) issues.push({ code: 'position_assumed', severity: 'warning', ref: assetId(topology.columns, asset) })
  }
  const [out, into] = [grouped(drains, drain => drain.from), grouped(drains, drain => drain.to)]
  const places = [...new Set(drains.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const order = topological(places, out, into)
  if (order.length < places.length) {
    const inOrder = new Set(order)
    const on = drains.find(({ from, to }) => !inOrder.has(from) && !inOrder.has(to)) ?? drains[0]!
    issues.push({ code: 'flow_cycle', severity: 'warning', ref: assetId(topology.columns, on.asset), context: { places: places.length - order.length } })
  }
  const outfalls = new Set(flow.outfalls.map(({ place }) => place))
  const cutOff = new Set(flow.outfalls.filter(({ place, isCut }) => isCut && into.has(place)).map(({ place }) => place))
  for (const { place, isAssumed } of flow.outfalls) {
    const drain = into.get(place)?.[0]
    if (isAssumed && drain) issues.push({ code: cutOff.has(place) ? 'drain_cut' : 'outfall_assumed', severity: 'warning', ref: assetId(topology.columns, drain.asset) })
  }
  return { topology, drains, out, into, order, outfalls, cutOff, groundM: groundLevels(topology, places, axisLevels(drains), out, groundAt, issues, job), issues }
}

function drainOf(index: number, topology: Topology, edge: number, way: number, levels: { readonly from: Float64Array; readonly to: Float64Array }): Drain {
  const { columns, edgeFrom, edgeTo, edgeAsset } = topology
  const asset = edgeAsset[edge]!
  const inside = insideOf(columns, asset)
  const [up, down] = way > 0 ? [levels.from[edge]!, levels.to[edge]!] : [levels.to[edge]!, levels.from[edge]!]
  const lengthM = Math.max(edgeLengthM(topology, edge), 1e-3)
  return {
    index, edge, asset, inside, lengthM, from: way > 0 ? edgeFrom[edge]! : edgeTo[edge]!, to: way > 0 ? edgeTo[edge]! : edgeFrom[edge]!,
    upInvertM: up - inside.heightM / 2, downInvertM: down - inside.heightM / 2, slopeRatio: (up - down) / lengthM,
  }
}

/** The inside of a drain; the ledger's size is the outside. */
export function insideOf(columns: AssetColumns, asset: number): PipeInside {
  const [outerWidthM, outerHeightM] = [2 * columns.halfWidthM[asset]!, 2 * columns.halfHeightM[asset]!]
  if (columns.shape[asset] === 0) return { shape: 'circle', widthM: outerWidthM * INSIDE_PER_OUTSIDE, heightM: outerHeightM * INSIDE_PER_OUTSIDE }
  // The wall of a box is a tenth of its larger inside, all round, but never more than half of the inside that is left.
  const wallM = Math.min((Math.max(outerWidthM, outerHeightM) * (1 - INSIDE_PER_OUTSIDE)) / 2, Math.min(outerWidthM, outerHeightM) / 4)
  return { shape: 'rectangle', widthM: outerWidthM - 2 * wallM, heightM: outerHeightM - 2 * wallM }
}

function grouped(drains: readonly Drain[], placeOf: (drain: Drain) => number): Map<number, Drain[]> {
  const groups = new Map<number, Drain[]>()
  for (const drain of drains) {
    const group = groups.get(placeOf(drain))
    if (group) group.push(drain)
    else groups.set(placeOf(drain), [drain])
  }
  return groups
}

/** Kahn's algorithm; ties in the order of places. */
function topological(places: readonly number[], out: DrainGraph['out'], into: DrainGraph['into']): number[] {
  const waits = new Map(places.map(place => [place, into.get(place)?.length ?? 0]))
  const order = places.filter(place => waits.get(place) === 0)
  for (const place of order) {
    for (const { to } of out.get(place) ?? []) {
      const left = waits.get(to)! - 1
      waits.set(to, left)
      if (left === 0) order.push(to)
    }
  }
  return order
}

/** The lowest axis of the drains at each place. In a model a place stands where its node does, at the ground: its own level says nothing of the pipes. */
function axisLevels(drains: readonly Drain[]): Map<number, number> {
  const levels = new Map<number, number>()
  const lower = (place: number, level: number): void => void levels.set(place, Math.min(levels.get(place) ?? Infinity, level))
  for (const { from, to, upInvertM, downInvertM, inside } of drains) {
    lower(from, upInvertM + inside.heightM / 2)
    lower(to, downInvertM + inside.heightM / 2)
  }
  return levels
}

function groundLevels(topology: Topology, places: readonly number[], axisM: ReadonlyMap<number, number>, out: DrainGraph['out'], groundAt: GroundSampler | null, issues: Issue[], job: JobControl): Map<number, number> {
  const levels = new Map<number, number>()
  let unknown = 0
  for (const [k, place] of places.entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const [x, y, z] = [topology.placeXyz[3 * place]!, topology.placeXyz[3 * place + 1]!, axisM.get(place)! + topology.toleranceM]
    // A cover at or below the pipe is no cover: such a node was surveyed at its bottom.
    const covers = nodesOf(topology, place).filter(node => COVERED.has(node.nodeType)).map(node => node.at[2] - topology.columns.origin[2]).filter(level => level > z)
    const level = covers.length > 0 ? Math.min(...covers) : (groundAt?.(x, y) ?? null)
    if (level !== null) levels.set(place, level)
    // At an outfall nothing comes out of a cover.
    else if (out.has(place)) unknown++
  }
  if (unknown > 0) issues.push({ code: 'rim_unknown', severity: 'warning', context: { places: unknown } })
  return levels
}
