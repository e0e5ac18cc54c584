import type { StreetEdge, StreetNetwork, StreetNode } from './street-graph.ts'
import type { SewerSpec } from './street-section.ts'

/** Fall of the pipe from the quay to the river. */
export const OUTFALL_SLOPE = 0.01
/** Ground that drains to a metre of street: the plots and the street to half-way to the next. */
const STRIP_M = 70
/** What a hectare sheds at the storm the sewers were made for: 410 L/(s·ha), about three years and five minutes in Chongqing, times 0.65. */
const DESIGN_M3S_PER_HA = 0.41 * 0.65
const ROUGHNESS = 0.013
/** Walls are a tenth of the inside, on either side. */
const INSIDE_PER_OUTSIDE = 1 / 1.2
/** Outer radii of concrete pipes of 400 to 2000 mm. */
const OUTER_RADII_M = [0.25, 0.36, 0.48, 0.6, 0.72, 0.84, 0.96, 1.2] as const

/** Sewers of one street as they are planned, from its upper node to its lower one. */
interface PlannedReach {
  readonly edge: StreetEdge
  readonly spec: SewerSpec
  readonly upper: StreetNode
  readonly lower: StreetNode
  /** Axis levels of what leaves and what comes in, metres. */
  readonly manholes: readonly { readonly x: number; readonly y: number; readonly inM: number; readonly outM: number }[]
  /** Takes on what has come to its upper node. */
  readonly continues: boolean
}

/** Outer radii of storm sewers, metres. */
interface StormSizes {
  /** By edge. */
  readonly radiusM: Float64Array
  /** By node: of the pipe to the river. */
  readonly outfallRadiusM: Float64Array
}

/**
 * Sizes a forest of storm sewers for the ground it drains (rational method, Manning): never narrower downstream, never
 * narrower than the street's class has it.
 * @param reaches From the top down. @param isOld Streets that keep the size of their class, whatever comes to them.
 */
export function designSizes(network: StreetNetwork, reaches: readonly PlannedReach[], isOld: (edge: StreetEdge) => boolean): StormSizes {
  const radiusM = new Float64Array(network.edges.length)
  const [arrivedHa, arrivedRadiusM] = [new Float64Array(network.nodes.length), new Float64Array(network.nodes.length)]
  for (const { edge, spec, upper, lower, manholes, continues } of reaches) {
    const areaHa = (edge.lengthM * STRIP_M) / 10_000 + (continues ? arrivedHa[upper.index]! : 0)
    let slope = Infinity
    for (let m = 1; m < manholes.length; m++) {
      const [a, b] = [manholes[m - 1]!, manholes[m]!]
      slope = Math.min(slope, (a.outM - b.inM) / Math.hypot(b.x - a.x, b.y - a.y))
    }
    const least = Math.max(spec.outerRadiusM, continues ? arrivedRadiusM[upper.index]! : 0)
    radiusM[edge.index] = isOld(edge) ? spec.outerRadiusM : sizeFor(areaHa, slope, least)
    arrivedHa[lower.index]! += areaHa
    arrivedRadiusM[lower.index] = Math.max(arrivedRadiusM[lower.index]!, radiusM[edge.index]!)
  }
  return { radiusM, outfallRadiusM: arrivedHa.map((areaHa, node) => sizeFor(areaHa, OUTFALL_SLOPE, arrivedRadiusM[node]!)) }
}

const sizeFor = (areaHa: number, slope: number, leastM: number): number =>
  OUTER_RADII_M.find(radius => radius >= leastM && fullFlowM3s(2 * radius * INSIDE_PER_OUTSIDE, slope) >= areaHa * DESIGN_M3S_PER_HA) ?? Math.max(leastM, OUTER_RADII_M.at(-1)!)

/** Manning, running full. */
const fullFlowM3s = (insideM: number, slope: number): number => (((Math.PI * insideM ** 2) / 4) * (insideM / 4) ** (2 / 3) * Math.sqrt(Math.max(slope, 0))) / ROUGHNESS
