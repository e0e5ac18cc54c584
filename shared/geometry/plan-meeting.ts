import { nearestInPlan } from './plan-distance.ts'
import { newWitness, type SegmentPair } from './segment-pair.ts'

/** Axes share a point in plan when they are this near, metres: rounding of projected coordinates, not a tolerance of survey. */
export const MEETING_M = 1e-7

/** How two axis pieces meet in plan. */
export type PlanMeeting = 'none' | 'point' | 'overlap'

const witness = newWitness()

/**
 * Where two axis pieces meet in plan.
 * @param out Receives [s0, s1, t0, t1]: for a point s0 = s1, t0 = t1; for an overlap the common stretch, t0 at s0 and t1 at s1, s0 < s1.
 * @returns `overlap` where they run on top of each other over more than `minOverlapM`; `none` for pieces without plan length.
 */
export function planMeeting(g: SegmentPair, minOverlapM: number, out: Float64Array): PlanMeeting {
  nearestInPlan(g, witness)
  if (witness[0]! > MEETING_M) return 'none'
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const lengthP = Math.hypot(ux, uy)
  const lengthQ = Math.hypot(wx, wy)
  if (lengthP <= minOverlapM || lengthQ <= minOverlapM) return 'none'
  const dx = g[6]! - g[0]!
  const dy = g[7]! - g[1]!
  // Ends of q along p, and how far off the line of p they are.
  const along0 = (dx * ux + dy * uy) / lengthP
  const along1 = along0 + (wx * ux + wy * uy) / lengthP
  const off0 = (dx * uy - dy * ux) / lengthP
  const off1 = off0 + (wx * uy - wy * ux) / lengthP
  const from = Math.max(0, Math.min(along0, along1))
  const to = Math.min(lengthP, Math.max(along0, along1))
  if (to - from > minOverlapM) {
    const onQ = (along: number): number => (along - along0) / (along1 - along0)
    const t0 = onQ(from)
    const t1 = onQ(to)
    if (Math.abs(off0 + t0 * (off1 - off0)) <= MEETING_M && Math.abs(off0 + t1 * (off1 - off0)) <= MEETING_M) {
      out[0] = from / lengthP
      out[1] = to / lengthP
      out[2] = t0
      out[3] = t1
      return 'overlap'
    }
  }
  out[0] = out[1] = witness[1]!
  out[2] = out[3] = witness[2]!
  return 'point'
}
