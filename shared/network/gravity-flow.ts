import { CANCEL_EVERY, unattendedJob, type JobControl } from '../core/job.ts'
import { assetKind } from '../twin/asset-columns.ts'
import { ASSUMED } from '../twin/asset.ts'
import { GRAVITY_KINDS } from '../twin/kinds.ts'
import { forEachPiece } from './axis-pieces.ts'
import { componentsOf } from './connectivity.ts'
import { cutPlaces } from './cut-drains.ts'
import { edgeLevels } from './edge-levels.ts'
import { PlaceHeap } from './place-heap.ts'
import { isShutEdge } from './supply.ts'
import { degreeOf, edgeLengthM, otherPlace, type Topology } from './topology.ts'

/** Rises and falls below this are level: less than surveys and joints tell apart. */
export const LEVEL_STEP_M = 0.005

/** A stretch that rises the way the water has to go. */
export interface AdverseSlope {
  readonly asset: number
  /** Along the axis, in the direction it was drawn. */
  readonly fromM: number
  readonly toM: number
  readonly riseM: number
  /** Rise over plan length, positive. */
  readonly slopeRatio: number
}

/**
 * What a direction stands on, in the order of trust: a survey that says it, levels that were measured, levels that were
 * assumed, the order of a model's link.
 */
export const FLOW_SOURCES = ['unknown', 'survey', 'levels', 'assumed_levels', 'model'] as const
export type FlowSource = (typeof FLOW_SOURCES)[number]

/** A surveyed direction that leads up: the survey of the direction is wrong, or a level is. */
interface FlowContradiction {
  readonly asset: number
  /** What it climbs in the surveyed direction, metres. */
  readonly riseM: number
}

export interface GravityFlow {
  /** Per edge: 1 from its first place to its second, −1 back, 0 not known or no gravity. */
  readonly direction: Int8Array
  /** Per edge: index into FLOW_SOURCES. */
  readonly source: Uint8Array
  /** By asset, ascending. */
  readonly contradictions: readonly FlowContradiction[]
  readonly adverse: readonly AdverseSlope[]
  /**
   * Places where water leaves: outfall nodes, and the lowest open end of a part that has none. `isCut`: one from which a
   * drain that was taken out led it on, so that it stands there or comes out.
   */
  readonly outfalls: readonly { readonly place: number; readonly isAssumed: boolean; readonly isCut: boolean }[]
}

/**
 * Direction of flow. What a survey says holds, whatever the levels say; the rest follows from levels: from every place
 * water takes the way to an outfall that climbs least (then the shortest), never against a surveyed direction; edges off
 * those ways flow down their own fall. A level link of a model flows as the model has it; other level edges off those ways
 * stay unknown, for the order in which a line was drawn says nothing. A way that climbs all the same is an adverse slope:
 * the pipe is laid wrong or a level is.
 * @throws CancelledError
 */
export function gravityFlow(topology: Topology, job: JobControl = unattendedJob): GravityFlow {
  const known = kept.get(topology)
  if (known) return known
  const flow = findFlow(topology, job)
  kept.set(topology, flow)
  return flow
}

/** With the graph it was found in: every trace up or down asks again. */
const kept = new WeakMap<Topology, GravityFlow>()

function findFlow(topology: Topology, job: JobControl): GravityFlow {
  const { placeCount, edgeCount } = topology
  const ends = edgeLevels(topology, job)
  const isGravity = Uint8Array.from({ length: edgeCount }, (_, e) => (flowsByGravity(topology, e) ? 1 : 0))
  const surveyed = (edge: number): number => (isGravity[edge] === 1 ? (topology.surveyedWays?.[topology.edgeAsset[edge]!] ?? 0) : 0)
  const outfalls = findOutfalls(topology, isGravity, surveyed)

  const climbM = new Float64Array(placeCount).fill(Infinity)
  const lengthM = new Float64Array(placeCount).fill(Infinity)
  const wayOut = new Int32Array(placeCount).fill(-1)
  const heap = new PlaceHeap()
  // Climb first, then length: a metre of pipe weighs a micrometre of climb.
  const key = (place: number): number => climbM[place]! + 1e-6 * lengthM[place]!
  for (const { place } of outfalls) {
    climbM[place] = lengthM[place] = 0
    heap.push(place, 0)
  }
  for (let taken = 0; heap.size > 0; taken++) {
    if (taken % CANCEL_EVERY === 0) job.throwIfCancelled()
    const leastKey = heap.leastKey
    const place = heap.take()
    if (leastKey > key(place)) continue
    for (let k = topology.incidentStart[place]!; k < topology.incidentStart[place + 1]!; k++) {
      const edge = topology.incident[k]!
      if (isGravity[edge] === 0) continue
      const above = otherPlace(topology, edge, place)
      const isForward = topology.edgeTo[edge] === place
      const [way, said] = [isForward ? 1 : -1, surveyed(edge)]
      if (said === -way) continue
      const rise = way * (ends.to[edge]! - ends.from[edge]!)
      // Water is known to go a surveyed way: what it climbs there is no reason to look for another.
      const climb = climbM[place]! + (rise > LEVEL_STEP_M && said === 0 ? rise : 0)
      const length = lengthM[place]! + edgeLengthM(topology, edge)
      if (climb + 1e-6 * length >= key(above)) continue
      climbM[above] = climb
      lengthM[above] = length
      wayOut[above] = edge
      heap.push(above, key(above))
    }
  }

  const direction = new Int8Array(edgeCount)
  const source = new Uint8Array(edgeCount)
  const settle = (edge: number, way: number, by: FlowSource): void => {
    direction[edge] = way
    source[edge] = FLOW_SOURCES.indexOf(by)
  }
  for (let e = 0; e < edgeCount; e++) {
    if (isGravity[e] === 0) continue
    const fall = ends.from[e]! - ends.to[e]!
    const asset = topology.edgeAsset[e]!
    const byLevels: FlowSource = (topology.columns.assumed[asset]! & ASSUMED.level) === 0 ? 'levels' : 'assumed_levels'
    if (surveyed(e) !== 0) settle(e, surveyed(e), 'survey')
    else if (wayOut[topology.edgeFrom[e]!] === e) settle(e, 1, byLevels)
    else if (wayOut[topology.edgeTo[e]!] === e) settle(e, -1, byLevels)
    else if (Math.abs(fall) > LEVEL_STEP_M) settle(e, fall > 0 ? 1 : -1, byLevels)
    else if (topology.modelled.has(asset)) settle(e, 1, 'model')
  }
  return { direction, source, outfalls, contradictions: contradictionsOf(topology, surveyed, ends), adverse: adverseSlopes(topology, direction, job) }
}

function contradictionsOf(topology: Topology, surveyed: (edge: number) => number, ends: { readonly from: Float64Array; readonly to: Float64Array }): FlowContradiction[] {
  if (topology.surveyedWays === null) return []
  const riseM = new Map<number, number>()
  for (let e = 0; e < topology.edgeCount; e++) {
    const rise = surveyed(e) * (ends.to[e]! - ends.from[e]!)
    if (rise > LEVEL_STEP_M) riseM.set(topology.edgeAsset[e]!, (riseM.get(topology.edgeAsset[e]!) ?? 0) + rise)
  }
  return [...riseM].map(([asset, rise]) => ({ asset, riseM: rise })).sort((m, n) => m.asset - n.asset)
}

function flowsByGravity(topology: Topology, edge: number): boolean {
  const asset = topology.edgeAsset[edge]!
  return asset >= 0 && !isShutEdge(topology, edge) && GRAVITY_KINDS.has(assetKind(topology.columns, asset))
}

function findOutfalls(topology: Topology, isGravity: Uint8Array, surveyed: (edge: number) => number): { place: number; isAssumed: boolean; isCut: boolean }[] {
  const cut = cutPlaces(topology)
  const { ofPlace, count } = componentsOf(topology)
  const hasGravity = new Uint8Array(count)
  for (let e = 0; e < topology.edgeCount; e++) if (isGravity[e] === 1) hasGravity[ofPlace[topology.edgeFrom[e]!]!] = 1
  const found = new Map<number, boolean>()
  const hasOutfall = new Uint8Array(count)
  topology.nodes.forEach((node, n) => {
    const place = topology.nodePlace[n]!
    if (place < 0 || hasGravity[ofPlace[place]!] === 0 || degreeOf(topology, place) === 0) return
    // A pumping station takes the sewage on: the gravity network ends there.
    if (node.nodeType !== 'outfall' && !(node.nodeType === 'pump' && degreeOf(topology, place) > 0)) return
    found.set(place, false)
    hasOutfall[ofPlace[place]!] = 1
  })
  const lowest = new Int32Array(count).fill(-1)
  for (let place = 0; place < topology.placeCount; place++) {
    const part = ofPlace[place]!
    if (hasGravity[part] === 0 || hasOutfall[part] === 1) continue
    const isLower = lowest[part]! < 0 || topology.placeXyz[3 * place + 2]! < topology.placeXyz[3 * lowest[part]! + 2]!
    // Water leaves where a line ends, not at the bottom of a sag between lines, unless nothing ends; where a survey says
    // that it comes there rather than elsewhere, and never where one says that it goes from there.
    const ranks = (p: number): number => {
      // It ran on from here until the drain was taken out.
      if (cut.has(p) && degreeOf(topology, p) > 0) return 4
      if (degreeOf(topology, p) !== 1) return 1
      const edge = topology.incident[topology.incidentStart[p]!]!
      const arrives = surveyed(edge) * (topology.edgeTo[edge] === p ? 1 : -1)
      return arrives < 0 ? 0 : 2 + arrives
    }
    if (lowest[part]! < 0 || ranks(place) > ranks(lowest[part]!) || (ranks(place) === ranks(lowest[part]!) && isLower)) lowest[part] = place
  }
  for (const place of lowest) if (place >= 0) found.set(place, true)
  return [...found].map(([place, isAssumed]) => ({ place, isAssumed, isCut: isAssumed && cut.has(place) })).sort((a, b) => a.place - b.place)
}

/** Rising stretches of directed edges, neighbouring pieces joined. */
function adverseSlopes(topology: Topology, direction: Int8Array, job: JobControl): AdverseSlope[] {
  const found: AdverseSlope[] = []
  interface Rise { fromM: number; toM: number; riseM: number; planM: number; way: number }
  for (let asset = 0; asset < topology.columns.count; asset++) {
    if (asset % CANCEL_EVERY === 0) job.throwIfCancelled()
    let open: Rise | null = null
    const close = (rise: Rise | null): void => {
      if (!rise || rise.riseM <= LEVEL_STEP_M) return
      const { fromM, toM, riseM, planM } = rise
      found.push({ asset, fromM, toM, riseM, slopeRatio: planM > 0 ? riseM / planM : Infinity })
    }
    forEachPiece(topology, asset, ({ edge, fromM, toM, fromZ, toZ, planM }) => {
      const way = direction[edge]!
      const riseM = way * (toZ - fromZ)
      if (riseM <= 0 || open?.way !== way) {
        close(open)
        open = riseM > 0 ? { fromM, toM, riseM, planM, way } : null
      } else open = { ...open, toM, riseM: open.riseM + riseM, planM: open.planM + planM }
    })
    close(open)
  }
  return found
}
