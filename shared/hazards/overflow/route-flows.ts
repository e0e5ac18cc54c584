import { CANCEL_EVERY, unattendedJob, type JobControl } from '../../core/job.ts'
import { intensityLsHa, type StormFormula } from '../design-storm.ts'
import type { Drain, DrainGraph } from './drain-graph.ts'
import { fullFlowM3s, wettedAt } from './pipe-hydraulics.ts'
import { addLater, runoffPerHaM3s, STEP_MIN } from './unit-hydrograph.ts'

/** What falls and how it runs off. */
export interface Rain {
  readonly formula: StormFormula
  readonly returnYears: number
  /** Time to the inlet, minutes. */
  readonly inletMinutes: number
  /** Runoff coefficient × hectares drained at each place. */
  readonly effectiveHa: ReadonlyMap<number, number>
  /** The storm in time, for unit hydrographs; null: the rational method. */
  readonly course: { readonly durationMin: number; readonly peakShare: number } | null
}

/** Peak flows of a graph. Drains by index in the graph. */
export interface PeakFlows {
  readonly flowM3s: Float64Array
  /** Of the drain running full; 0 where it does not fall. */
  readonly fullM3s: Float64Array
  /** Time from the farthest inlet to the head of each drain, minutes. */
  readonly minutes: Float64Array
}

/** Slowest speed taken for the way of the water where a drain does not fall, m/s: the least of GB 50014 for storm sewers. */
const LEAST_SPEED_MS = 0.75
const NONE: readonly Drain[] = []

/**
 * Peak flow in every drain. By the rational method: Q = q(t) Σ ψF, t from the farthest inlet through pipes running full.
 * By unit hydrographs: the storm's runoff from each inlet, carried down at the speed of full pipes and added up in time.
 * Where a place has several ways out, water divides as they pass when full. A drain carries at least what the largest
 * share coming into it does. Steady inflows (m³/s by place: dry weather, or measured) are added and do not thin out.
 * @throws CancelledError
 */
export function routeFlows(graph: DrainGraph, roughnessOf: (drain: Drain) => number, rain: Rain | null, steadyM3s: ReadonlyMap<number, number>, job: JobControl = unattendedJob): PeakFlows {
  const fullM3s = Float64Array.from(graph.drains, drain => fullFlowM3s(drain.inside, drain.slopeRatio, roughnessOf(drain)))
  const flows: PeakFlows = { flowM3s: new Float64Array(graph.drains.length), fullM3s, minutes: new Float64Array(graph.drains.length) }
  const [effectiveHa, steady] = [new Float64Array(graph.drains.length), new Float64Array(graph.drains.length)]
  for (const [k, place] of graph.order.entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const out = graph.out.get(place)
    if (!out || out.length === 0) continue
    let [area, base, minutes, largestM3s] = [rain?.effectiveHa.get(place) ?? 0, steadyM3s.get(place) ?? 0, rain?.inletMinutes ?? 0, 0]
    for (const drain of graph.into.get(place) ?? NONE) {
      const d = drain.index
      area += effectiveHa[d]!
      base += steady[d]!
      minutes = Math.max(minutes, flows.minutes[d]! + drain.lengthM / speedMs(drain, fullM3s[d]!) / 60)
      largestM3s = Math.max(largestM3s, flows.flowM3s[d]! - steady[d]!)
    }
    const rainM3s = rain ? Math.max((intensityLsHa(rain.formula, rain.returnYears, minutes) * area) / 1000, largestM3s) : 0
    const shares = sharesOf(out.map(({ index }) => fullM3s[index]!))
    out.forEach(({ index: d }, k) => {
      effectiveHa[d] = area * shares[k]!
      steady[d] = base * shares[k]!
      flows.minutes[d] = minutes
      flows.flowM3s[d] = (rainM3s + base) * shares[k]!
    })
  }
  if (rain?.course) takeHydrographs(graph, flows, rain, steadyM3s, job)
  return flows
}

/** Puts the greatest flow of each drain's hydrograph in place of its rational peak. A hydrograph is let go as soon as its place is done. */
function takeHydrographs(graph: DrainGraph, { flowM3s, fullM3s, minutes }: PeakFlows, rain: Rain, steadyM3s: ReadonlyMap<number, number>, job: JobControl): void {
  const runoff = runoffPerHaM3s({ formula: rain.formula, returnYears: rain.returnYears, ...rain.course! }, rain.inletMinutes)
  const steps = runoff.length + Math.ceil(minutes.reduce((most, one) => Math.max(most, one), 0) / STEP_MIN) + 1
  const arriving = new Map<number, Float64Array>()
  const steady = new Map(steadyM3s)
  for (const [k, place] of graph.order.entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const out = graph.out.get(place) ?? []
    const course = arriving.get(place) ?? new Float64Array(steps)
    const base = steady.get(place) ?? 0
    arriving.delete(place)
    if (out.length === 0) continue
    addLater(course, runoff, 0, rain.effectiveHa.get(place) ?? 0)
    const peakM3s = course.reduce((most, flow) => Math.max(most, flow), 0)
    const shares = sharesOf(out.map(({ index }) => fullM3s[index]!))
    out.forEach((drain, k) => {
      const d = drain.index
      flowM3s[d] = shares[k]! * (peakM3s + base)
      const next = arriving.get(drain.to) ?? new Float64Array(steps)
      addLater(next, course, drain.lengthM / speedMs(drain, fullM3s[d]!) / 60, shares[k]!)
      arriving.set(drain.to, next)
      steady.set(drain.to, (steady.get(drain.to) ?? 0) + shares[k]! * base)
    })
  }
}

/** By capacity; evenly where none of them has any. */
function sharesOf(full: readonly number[]): number[] {
  const total = full.reduce((sum, one) => sum + one, 0)
  return full.map(one => (total > 0 ? one / total : 1 / full.length))
}

const speedMs = ({ inside }: Drain, fullM3s: number): number => Math.max(LEAST_SPEED_MS, fullM3s / wettedAt(inside, inside.heightM).areaM2)
