/** The inside of a drain, metres. */
export interface PipeInside {
  readonly shape: 'circle' | 'rectangle'
  readonly widthM: number
  readonly heightM: number
}

interface Wetted {
  readonly areaM2: number
  readonly perimeterM: number
}

/** Area of flow and wetted perimeter at a depth; a full section is wetted all round. */
export function wettedAt({ shape, widthM, heightM }: PipeInside, depthM: number): Wetted {
  const y = Math.min(Math.max(depthM, 0), heightM)
  if (shape === 'circle') {
    const angle = 2 * Math.acos(1 - (2 * y) / heightM)
    return { areaM2: (heightM ** 2 / 8) * (angle - Math.sin(angle)), perimeterM: (heightM * angle) / 2 }
  }
  return { areaM2: widthM * y, perimeterM: y >= heightM ? 2 * (widthM + heightM) : widthM + 2 * y }
}

/** What a section passes per root of the slope, m³/s: A R^(2/3) / n. */
export function conveyance(inside: PipeInside, depthM: number, roughness: number): number {
  const { areaM2, perimeterM } = wettedAt(inside, depthM)
  return perimeterM > 0 ? (areaM2 * (areaM2 / perimeterM) ** (2 / 3)) / roughness : 0
}

/**
 * Flow of the pipe running full, m³/s; 0 where it does not fall.
 * @source Manning: Q = (1/n) A R^(2/3) S^(1/2).
 */
export const fullFlowM3s = (inside: PipeInside, slopeRatio: number, roughness: number): number =>
  slopeRatio > 0 ? conveyance(inside, inside.heightM, roughness) * Math.sqrt(slopeRatio) : 0

/** Depths are found to a nanometre: flows to seven digits. */
const DEPTH_STEP_M = 1e-9

/** Depth at which a falling pipe carries a flow steadily, metres; its height where it would run full. */
export function normalDepthM(inside: PipeInside, slopeRatio: number, roughness: number, flowM3s: number): number {
  if (flowM3s <= 0) return 0
  if (flowM3s >= fullFlowM3s(inside, slopeRatio, roughness)) return inside.heightM
  let [low, high] = [0, inside.heightM]
  const wanted = flowM3s / Math.sqrt(slopeRatio)
  while (high - low > DEPTH_STEP_M) {
    const middle = (low + high) / 2
    if (conveyance(inside, middle, roughness) < wanted) low = middle
    else high = middle
  }
  return high
}
