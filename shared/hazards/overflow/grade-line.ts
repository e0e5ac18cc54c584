import { CANCEL_EVERY, unattendedJob, type JobControl } from '../../core/job.ts'
import type { Drain, DrainGraph } from './drain-graph.ts'
import { conveyance, normalDepthM } from './pipe-hydraulics.ts'
import type { PeakFlows } from './route-flows.ts'

/** The water's level at a place while the peak passes. Local frame, metres. */
export interface PlaceLevel {
  /** Of the water in the manhole; at most the ground. */
  readonly waterM: number
  /** Highest inside top of the drains there. */
  readonly crownM: number
  readonly groundM: number | null
  readonly surcharged: boolean
  readonly flooded: boolean
  /** What comes and cannot leave while the water stands at the ground, m³/s. */
  readonly excessM3s: number
}

const SAME_LEVEL_M = 1e-6
const NONE: readonly Drain[] = []

/**
 * Water levels by a walk up the drains from their outfalls: a drain whose lower end is under water loses the friction
 * slope (Q / K)² over its length, one that is not flows at its normal depth, and a pool reaches back level. Water that
 * reaches the ground leaves there and the level stays; what flows on below is not lessened by it, which is on the safe side.
 * @param tailwaterM Level outside every outfall, local frame; null: each outfall's drain runs full at its end, or at its
 *   normal depth where it has room.
 * @throws CancelledError
 */
export function gradeLine(graph: DrainGraph, flows: PeakFlows, roughnessOf: (drain: Drain) => number, tailwaterM: number | null, job: JobControl = unattendedJob): Map<number, PlaceLevel> {
  const levels = new Map<number, PlaceLevel>()
  for (const [k, place] of graph.order.toReversed().entries()) {
    if (k % CANCEL_EVERY === 0) job.throwIfCancelled()
    const [out, into] = [graph.out.get(place) ?? NONE, graph.into.get(place) ?? NONE]
    const groundM = graph.groundM.get(place) ?? null
    // The highest way out decides.
    let [crownM, belowM, floorM, arrivesM3s] = [-Infinity, -Infinity, Infinity, 0]
    for (const drain of out) {
      crownM = Math.max(crownM, drain.upInvertM + drain.inside.heightM)
      floorM = Math.min(floorM, drain.upInvertM)
      const level = levels.get(drain.to)
      if (level) belowM = Math.max(belowM, upstreamLevelM(drain, flows.flowM3s[drain.index]!, roughnessOf(drain), level.waterM))
    }
    for (const drain of into) {
      crownM = Math.max(crownM, drain.downInvertM + drain.inside.heightM)
      arrivesM3s += flows.flowM3s[drain.index]!
    }
    const wantedM = belowM > -Infinity ? belowM : Math.max(into.length > 0 ? outflowLevelM(into, flows, roughnessOf) : floorM, tailwaterM ?? -Infinity)
    // Where the drain that led on was taken out, the manhole fills whatever comes.
    const isCut = graph.cutOff.has(place) && arrivesM3s > 0
    const flooded = groundM !== null && (isCut || (wantedM > groundM + SAME_LEVEL_M && out.length > 0))
    const waterM = flooded ? groundM : wantedM
    levels.set(place, {
      waterM, crownM, groundM, flooded, surcharged: waterM > crownM + SAME_LEVEL_M,
      excessM3s: flooded && isCut ? arrivesM3s : flooded ? out.reduce((sum, drain) => sum + excessOf(drain, flows.flowM3s[drain.index]!, roughnessOf(drain), groundM, levels.get(drain.to)?.waterM), 0) : 0,
    })
  }
  return levels
}

/** At an outfall water leaves as it comes: the highest of its drains at their normal depths. */
function outflowLevelM(into: readonly Drain[], flows: PeakFlows, roughnessOf: (drain: Drain) => number): number {
  let levelM = -Infinity
  for (const drain of into) levelM = Math.max(levelM, drain.downInvertM + normalDepthM(drain.inside, drain.slopeRatio, roughnessOf(drain), flows.flowM3s[drain.index]!))
  return levelM
}

/** Level at the upper end of a drain that carries a flow into water of a given level. */
export function upstreamLevelM({ inside, lengthM, upInvertM, downInvertM, slopeRatio }: Drain, flowM3s: number, roughness: number, downWaterM: number): number {
  if (flowM3s <= 0) return Math.max(downWaterM, upInvertM)
  // A drain that does not fall, or is given more than it can take, runs full.
  const normalM = normalDepthM(inside, slopeRatio, roughness, flowM3s)
  const endM = Math.max(downWaterM, downInvertM + normalM)
  const freeM = upInvertM + normalM
  if (endM < downInvertM + inside.heightM) return Math.max(endM, freeM)
  return Math.max(endM + lengthM * (flowM3s / conveyance(inside, inside.heightM, roughness)) ** 2, freeM)
}

/** What a drain cannot take while the water stands at the ground above it. */
function excessOf({ inside, lengthM, downInvertM }: Drain, flowM3s: number, roughness: number, groundM: number, downWaterM = -Infinity): number {
  const headM = Math.max(0, groundM - Math.max(downWaterM, downInvertM + inside.heightM))
  return Math.max(0, flowM3s - conveyance(inside, inside.heightM, roughness) * Math.sqrt(headM / lengthM))
}
