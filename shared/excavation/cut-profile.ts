import { fail, ok, type Result } from '../core/result.ts'
import { SLOPE_RATIO_LIMIT } from '../scenario/excavation-schema.ts'
import { excavationRejection, type ExcavationRejection } from './rejection.ts'

/** A level step in a face, every `everyM` of height: what keeps a deep slope standing and gives room to work. */
export interface Bench {
  readonly everyM: number
  readonly widthM: number
}

/**
 * How a face rises from the toe, in the section across it: from (runM, riseM) on at `slopeRatio` (run per 1 of rise)
 * until the next part begins; a bench is a part of slope Infinity.
 */
export interface CutProfile {
  /** Run per rise of the faces; 0 vertical. */
  readonly slopeRatio: number
  readonly bench: Bench | null
}

const [MIN_BENCH_HEIGHT_M, MAX_BENCH_WIDTH_M] = [0.1, 100]

export function cutProfile(slopeRatio: number, bench: Bench | null): Result<CutProfile, ExcavationRejection> {
  if (!(slopeRatio >= 0 && slopeRatio <= SLOPE_RATIO_LIMIT)) return fail(excavationRejection('slope_out_of_range', { slope: slopeRatio, limit: SLOPE_RATIO_LIMIT }))
  if (bench && !(bench.everyM >= MIN_BENCH_HEIGHT_M && Number.isFinite(bench.everyM) && bench.widthM >= 0 && bench.widthM <= MAX_BENCH_WIDTH_M)) {
    return fail(excavationRejection('bench_out_of_range', { every: bench.everyM, width: bench.widthM }))
  }
  return ok({ slopeRatio, bench: bench && bench.widthM > 0 ? bench : null })
}

/** Whether the faces leave the toe's outline at all. */
export const isVertical = (profile: CutProfile): boolean => profile.slopeRatio === 0 && !profile.bench

/** A bench at the very height where the ground is would be no step but a rim of no depth: heights nearer than this are one. */
const SAME_HEIGHT_M = 1e-6

/** Horizontal distance from the toe to the face at a height above the bottom; the inner side of a bench at its height. */
export function runAt(profile: CutProfile, heightM: number): number {
  if (heightM <= 0) return 0
  const benches = profile.bench ? Math.max(0, Math.ceil((heightM - SAME_HEIGHT_M) / profile.bench.everyM) - 1) * profile.bench.widthM : 0
  return heightM * profile.slopeRatio + benches
}

/** A part of the section: from run `fromM` to `toM` the floor rises from `heightM` at `riseRatio` per run. */
export interface ProfileBand {
  readonly fromM: number
  readonly toM: number
  readonly heightM: number
  readonly riseRatio: number
}

/** The section's sloped and level parts up to a height, outwards. Vertical parts have no run and so do not appear. */
export function profileBands(profile: CutProfile, upToM: number): ProfileBand[] {
  const { slopeRatio, bench } = profile
  if (upToM <= 0 || isVertical(profile)) return []
  const bands: ProfileBand[] = []
  const step = bench?.everyM ?? Infinity
  let runM = 0
  for (let k = 0; k * step < upToM || k === 0; k++) {
    const heightM = k === 0 ? 0 : k * step
    const topM = Math.min(upToM, (k + 1) * step)
    if (slopeRatio > 0 && topM > heightM) {
      const toM = runM + (topM - heightM) * slopeRatio
      bands.push({ fromM: runM, toM, heightM, riseRatio: 1 / slopeRatio })
      runM = toM
    }
    if (bench && (k + 1) * step < upToM - SAME_HEIGHT_M) {
      bands.push({ fromM: runM, toM: runM + bench.widthM, heightM: topM, riseRatio: 0 })
      runM += bench.widthM
    }
  }
  return bands
}
