import { chicagoDepthsMm, type StormFormula } from '../design-storm.ts'

/** A storm as it falls, for what follows the rain in time. */
export interface StormCourse {
  readonly formula: StormFormula
  readonly returnYears: number
  readonly durationMin: number
  /** Where in the duration the peak lies, 0 … 1. */
  readonly peakShare: number
}

/** Time step, minutes: short beside any time to an inlet that is computed with. */
export const STEP_MIN = 1
/** Lag over time of concentration, and base over time to peak, of the triangular unit hydrograph. */
const [LAG_SHARE, BASE_PER_PEAK] = [0.6, 8 / 3]
/** One millimetre on one hectare, cubic metres. */
const MM_HA_M3 = 10

/**
 * Ordinates of the triangular unit hydrograph of one hectare for one millimetre of runoff that falls in one step: means
 * over each step, m³/s; their sum times the step is 10 m³.
 * @param concentrationMin Time of concentration, minutes.
 * @source USDA NRCS, National Engineering Handbook part 630, chapter 16 (SCS): time to peak ΔD/2 + 0.6 tc, base 8/3 of it.
 */
export function unitHydrographM3s(concentrationMin: number): number[] {
  const peakMin = STEP_MIN / 2 + LAG_SHARE * concentrationMin
  const baseMin = BASE_PER_PEAK * peakMin
  const peakM3s = (2 * MM_HA_M3) / (baseMin * 60)
  /** Area of the triangle up to a time, m³/s · min. */
  const until = (minutes: number): number =>
    minutes <= peakMin ? (peakM3s * minutes ** 2) / (2 * peakMin) : (peakM3s * baseMin) / 2 - (peakM3s * Math.max(0, baseMin - minutes) ** 2) / (2 * (baseMin - peakMin))
  return Array.from({ length: Math.ceil(baseMin / STEP_MIN) }, (_, k) => (until((k + 1) * STEP_MIN) - until(k * STEP_MIN)) / STEP_MIN)
}

/**
 * Runoff of one hectare that loses nothing, m³/s per step of `STEP_MIN`: the Chicago storm of a formula through the unit
 * hydrograph. Its volume is that of the rain.
 */
export function runoffPerHaM3s({ formula, returnYears, durationMin, peakShare }: StormCourse, concentrationMin: number): Float64Array {
  const [depthsMm, unit] = [chicagoDepthsMm(formula, returnYears, durationMin, STEP_MIN, peakShare), unitHydrographM3s(concentrationMin)]
  const runoff = new Float64Array(depthsMm.length + unit.length - 1)
  depthsMm.forEach((mm, i) => unit.forEach((ordinate, k) => {
    runoff[i + k]! += mm * ordinate
  }))
  return runoff
}

/** Adds a hydrograph to another, so many minutes later; what falls between two steps is shared between them, so that no water is lost. */
export function addLater(to: Float64Array, from: Float64Array, laterMin: number, share: number): void {
  const steps = laterMin / STEP_MIN
  const [whole, part] = [Math.floor(steps), steps - Math.floor(steps)]
  const last = to.length - 1
  for (let k = 0; k < from.length; k++) {
    if (from[k] === 0) continue
    to[Math.min(last, k + whole)]! += share * (1 - part) * from[k]!
    to[Math.min(last, k + whole + 1)]! += share * part * from[k]!
  }
}
