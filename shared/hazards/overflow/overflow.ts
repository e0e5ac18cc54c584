import type { Issue } from '../../core/issues.ts'
import { partOf, type JobControl } from '../../core/job.ts'
import type { PlanRing } from '../../geometry/plan-polygon.ts'
import { gravityFlow } from '../../network/gravity-flow.ts'
import { nodesOf, type Topology } from '../../network/topology.ts'
import { assetId } from '../../twin/asset-columns.ts'
import { groundSampler, type GroundSurface } from '../../twin/ground.ts'
import type { AssetKind, NodeType } from '../../twin/kinds.ts'
import { stormRange, type StormFormula } from '../design-storm.ts'
import { drainGraph, type Drain, type DrainGraph } from './drain-graph.ts'
import { gradeLine, type PlaceLevel } from './grade-line.ts'
import { routeFlows, type PeakFlows } from './route-flows.ts'
import { thiessenCells } from './thiessen.ts'

export const INFLOW_METHODS = ['rational', 'unit_hydrograph'] as const
export type InflowMethod = (typeof INFLOW_METHODS)[number]

export interface OverflowOptions {
  readonly formula: StormFormula
  readonly returnYears: readonly number[]
  readonly runoffCoefficient: number
  readonly inletMinutes: number
  /** How peaks follow from the rain. */
  readonly inflow: InflowMethod
  /** The storm in time, for unit hydrographs and for SWMM; its peak lies at this share of it, 0 … 1. */
  readonly durationMin: number
  readonly peakShare: number
  readonly roughness: number
  /** Project datum; null: outfalls run out freely. */
  readonly tailwaterM: number | null
  /** Ground farther than this from every inlet drains elsewhere, metres. */
  readonly reachM: number
  /** Drawn by a person. Local frame. */
  readonly catchments: readonly Catchment[]
  /** Whether the ground outside the drawn catchments drains to the nearest inlet (Thiessen cells), or elsewhere. */
  readonly withThiessen: boolean
  /** Litres per second at every service connection, dry weather. */
  readonly dryFlowLs: number
}

/** A drawn catchment; it drains to the node it names, else to the inlet nearest to its middle. */
export interface Catchment {
  readonly id: string
  readonly ring: PlanRing
  readonly areaM2: number
  readonly node: string | null
  /** Its own coefficient, or null for that of all. */
  readonly runoffCoefficient: number | null
  /** As a model states it; its node's other ground is then no business of the nearest inlet. */
  readonly model?: ModelCatchment
}

/** What a SWMM model says of a subcatchment beside its area and node. */
interface ModelCatchment {
  readonly imperviousPercent?: number
  readonly widthM?: number
  readonly slopePercent?: number
}

/**
 * Five minutes to the inlet: the least of the 5 to 15 min of GB 50014. Its longest is for ground three times as far as the
 * reach, and kinematic waves (FHWA HEC-22) take three minutes over 60 m of paving; SWMM floods what ten would call dry.
 */
export const OVERFLOW_DEFAULTS = {
  returnYears: [1, 3, 5, 10, 50], runoffCoefficient: 0.65, inletMinutes: 5, inflow: 'rational', durationMin: 120, peakShare: 0.4, roughness: 0.013, reachM: 60,
} as const

/** One return period. */
export interface OverflowRun {
  readonly returnYears: number
  readonly flows: PeakFlows
  readonly levels: ReadonlyMap<number, PlaceLevel>
}

export interface OverflowAnswer {
  readonly graph: DrainGraph
  readonly runs: readonly OverflowRun[]
  /** Square metres drained at each place. */
  readonly areaM2: ReadonlyMap<number, number>
  /** Runoff coefficient × hectares at each place. */
  readonly effectiveHa: ReadonlyMap<number, number>
  /** Outlines of the ground that drains to each place, drawn ones last: they lie over the rest. Local frame. */
  readonly cells: ReadonlyMap<number, readonly { readonly ring: PlanRing; readonly isDrawn: boolean }[]>
  /** The drawn catchments, where each drains to and its runoff coefficient × hectares; they are in `areaM2` and `effectiveHa` too, but for those at outfalls. */
  readonly drawn: readonly { readonly place: number; readonly catchment: Catchment; readonly ha: number }[]
  readonly roughnessOf: (drain: Drain) => number
  readonly issues: readonly Issue[]
}

export interface OverflowSite {
  /** Of the sewers. */
  readonly topology: Topology
  /** Local frame. */
  readonly ground: GroundSurface | null
  /** Rings that limit what is drained (blocks), local frame; none: the reach alone limits it. */
  readonly boundaries: readonly PlanRing[]
  /** Manning's n of an asset where its source states it (models). */
  readonly roughnessOf: (asset: number) => number | null
}

/** Of the work, the time that finding the catchments takes beside five storms. */
const CATCHMENTS_SHARE = 0.3

/** Rain runs into these; foul sewers take none. */
const RAIN_KINDS: ReadonlySet<AssetKind> = new Set(['sewer_storm', 'sewer_combined'])
const INLETS: ReadonlySet<NodeType> = new Set(['manhole', 'gully', 'chamber', 'junction'])

/**
 * Surcharge and flooding of the drains that take rain, for each return period: peak flows (rational or unit
 * hydrographs), Manning capacities, a backwater walk up from the outfalls. A screening: peaks stand everywhere at once and nothing is stored.
 * @throws CancelledError
 */
export function overflow(site: OverflowSite, options: OverflowOptions, job: JobControl): OverflowAnswer {
  const { topology } = site
  const graph = drainGraph(topology, gravityFlow(topology, job), RAIN_KINDS, site.ground && groundSampler(site.ground), job)
  const issues: Issue[] = [...graph.issues]
  const { areaM2, effectiveHa, cells, drawn } = catchmentsOf(graph, site, options, issues, partOf(job, 0, CATCHMENTS_SHARE))
  const roughness = Float64Array.from(graph.drains, ({ asset }) => site.roughnessOf(asset) ?? options.roughness)
  const roughnessOf = ({ index }: Drain) => roughness[index]!
  for (const drain of graph.drains) {
    if (drain.slopeRatio <= 0) issues.push({ code: 'capacity_unknown', severity: 'warning', ref: assetId(topology.columns, drain.asset), context: { slope: Number(drain.slopeRatio.toFixed(5)) } })
  }
  if (graph.outfalls.size > 0 && options.tailwaterM === null) issues.push({ code: 'tailwater_assumed', severity: 'info', ref: String(graph.outfalls.size) })
  for (const place of graph.order) {
    const [first, second] = graph.out.get(place) ?? []
    if (first && second) issues.push({ code: 'flow_divides', severity: 'info', ref: nodesOf(topology, place)[0]?.id ?? assetId(topology.columns, first.asset) })
  }
  const steady = dryFlows(topology, options.dryFlowLs)
  const runs = options.returnYears.map((returnYears, k): OverflowRun => {
    job.progress(CATCHMENTS_SHARE + (1 - CATCHMENTS_SHARE) * (k / options.returnYears.length), 'analyses:stage.overflow')
    job.throwIfCancelled()
    const range = stormRange(options.formula, returnYears)
    if (range !== 'inside') issues.push({ code: range === 'outside' ? 'storm_out_of_range' : 'storm_range_unknown', severity: range === 'outside' ? 'warning' : 'info', ref: options.formula.id, context: { returnYears } })
    const flows = routeFlows(graph, roughnessOf, { formula: options.formula, returnYears, inletMinutes: options.inletMinutes, effectiveHa, course: options.inflow === 'rational' ? null : { durationMin: options.durationMin, peakShare: options.peakShare } }, steady, job)
    return { returnYears, flows, levels: gradeLine(graph, flows, roughnessOf, options.tailwaterM === null ? null : options.tailwaterM - topology.columns.origin[2], job) }
  })
  return { graph, runs, areaM2, effectiveHa, cells, drawn, roughnessOf, issues }
}

function catchmentsOf(graph: DrainGraph, site: OverflowSite, options: OverflowOptions, issues: Issue[], job: JobControl) {
  const [areaM2, effectiveHa] = [new Map<number, number>(), new Map<number, number>()]
  const cells = new Map<number, { ring: PlanRing; isDrawn: boolean }[]>()
  const add = (place: number, area: number, coefficient: number, rings: readonly PlanRing[], isDrawn: boolean): void => {
    areaM2.set(place, (areaM2.get(place) ?? 0) + area)
    effectiveHa.set(place, (effectiveHa.get(place) ?? 0) + (area * coefficient) / 10_000)
    cells.set(place, [...(cells.get(place) ?? []), ...rings.map(ring => ({ ring, isDrawn }))])
  }
  const drawn: { place: number; catchment: Catchment; ha: number }[] = []
  const inlets = inletPlaces(graph)
  const { placeXyz } = graph.topology
  const at = inlets.map(place => [placeXyz[3 * place]!, placeXyz[3 * place + 1]!] as const)
  if (inlets.length === 0) {
    if (graph.drains.length > 0) issues.push({ code: 'inlet_missing', severity: 'warning' })
    return { areaM2, effectiveHa, cells, drawn }
  }
  if (options.withThiessen) {
    const nearest = thiessenCells(at, options.reachM, site.boundaries, options.catchments.map(({ ring }) => ring), job)
    // A model that brings its catchments has said what drains to its nodes: nothing else does.
    const isSaid = options.catchments.some(({ model }) => model !== undefined) ? modelPlaces(graph.topology) : null
    inlets.forEach((place, k) => isSaid?.has(place) || add(place, nearest[k]!.areaM2, options.runoffCoefficient, nearest[k]!.rings, false))
  }
  const placeByNode = namedPlaces(graph)
  for (const catchment of options.catchments) {
    const { id, ring, areaM2: area, node, runoffCoefficient } = catchment
    const named = node === null ? undefined : placeByNode.get(node)
    if (node !== null && named === undefined) issues.push({ code: 'inlet_missing', severity: 'warning', ref: id, context: { node } })
    const place = named ?? inlets[nearestTo(at, middleOf(ring))]!
    const coefficient = runoffCoefficient ?? options.runoffCoefficient
    drawn.push({ place, catchment, ha: (area * coefficient) / 10_000 })
    // What runs straight to an outfall loads no drain.
    if (graph.out.has(place) || graph.cutOff.has(place)) add(place, area, coefficient, [ring], true)
  }
  return { areaM2, effectiveHa, cells, drawn }
}

/** Places where rain gets in and water can go on. */
export function inletPlaces({ topology, order, out }: DrainGraph): number[] {
  return order.filter(place => (out.get(place)?.length ?? 0) > 0 && nodesOf(topology, place).some(node => INLETS.has(node.nodeType)))
}

/** Where each node of the graph stands that water runs through: somebody who names a tank or a chamber means it. */
function namedPlaces({ topology, order }: DrainGraph): Map<string, number> {
  return new Map(order.flatMap(place => nodesOf(topology, place).map(node => [node.id, place] as const)))
}

/** Places that lines of a model lead to or from. */
function modelPlaces({ modelled, assetEdges, edgeFrom, edgeTo }: Topology): Set<number> {
  const places = new Set<number>()
  for (const asset of modelled) for (let edge = assetEdges[2 * asset]!; edge < assetEdges[2 * asset + 1]!; edge++) places.add(edgeFrom[edge]!).add(edgeTo[edge]!)
  return places
}

function nearestTo(points: readonly (readonly [number, number])[], [x, y]: readonly [number, number]): number {
  let [best, least] = [0, Infinity]
  points.forEach(([px, py], k) => {
    const distance = Math.hypot(px - x, py - y)
    if (distance < least) [best, least] = [k, distance]
  })
  return best
}

function middleOf(ring: PlanRing): readonly [number, number] {
  let [x, y] = [0, 0]
  for (let i = 0; i < ring.length; i += 2) [x, y] = [x + ring[i]!, y + ring[i + 1]!]
  return [(2 * x) / ring.length, (2 * y) / ring.length]
}

function dryFlows(topology: Topology, dryFlowLs: number): Map<number, number> {
  const steady = new Map<number, number>()
  if (dryFlowLs <= 0) return steady
  topology.nodes.forEach((node, n) => {
    const place = topology.nodePlace[n]!
    if (place >= 0 && node.nodeType === 'connection') steady.set(place, (steady.get(place) ?? 0) + dryFlowLs / 1000)
  })
  return steady
}
