import type { Vec3 } from '../twin/asset.ts'
import { planeAt, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'

/** Part of a straight piece by its parameter: [from, to], 0 ≤ from ≤ to ≤ 1. */
export type Interval = readonly [number, number]

/** The part of the piece a–b that is over a convex ring, or null. */
export function planIntervalIn(ring: PlanRing, a: Vec3, b: Vec3): Interval | null {
  let from = 0
  let to = 1
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const dx = ring[i]! - ring[j]!
    const dy = ring[i + 1]! - ring[j + 1]!
    const at0 = dx * (a[1] - ring[j + 1]!) - dy * (a[0] - ring[j]!)
    const at1 = dx * (b[1] - ring[j + 1]!) - dy * (b[0] - ring[j]!)
    if (at0 < 0 && at1 < 0) return null
    if (at0 < 0) from = Math.max(from, at0 / (at0 - at1))
    else if (at1 < 0) to = Math.min(to, at0 / (at0 - at1))
  }
  return from <= to ? [from, to] : null
}

/** The part of an interval of the piece a–b that is not below a plane, or null. */
export function intervalAbovePlane(plane: PlanPlane, a: Vec3, b: Vec3, [from, to]: Interval): Interval | null {
  const at0 = a[2] - planeAt(plane, a[0], a[1])
  const at1 = b[2] - planeAt(plane, b[0], b[1])
  if (at0 < 0 && at1 < 0) return null
  const t = at0 / (at0 - at1)
  const low = at0 < 0 ? Math.max(from, t) : from
  const high = at0 >= 0 && at1 < 0 ? Math.min(to, t) : to
  return low <= high ? [low, high] : null
}

/** Disjoint and in order; intervals that touch are one. */
export function united(intervals: readonly Interval[]): readonly Interval[] {
  if (intervals.length < 2) return intervals
  const out: Interval[] = []
  for (const interval of isInOrder(intervals) ? intervals : [...intervals].sort((p, q) => p[0] - q[0])) {
    const last = out[out.length - 1]
    if (last && interval[0] <= last[1] + 1e-12) out[out.length - 1] = [last[0], Math.max(last[1], interval[1])]
    else out.push(interval)
  }
  return out
}

function isInOrder(intervals: readonly Interval[]): boolean {
  for (let k = 1; k < intervals.length; k++) if (intervals[k]![0] < intervals[k - 1]![0]) return false
  return true
}

/** What is left of disjoint, ordered intervals outside others of the same sort. */
export function without(intervals: readonly Interval[], removed: readonly Interval[]): Interval[] {
  const out: Interval[] = []
  for (const interval of intervals) {
    const to = interval[1]
    let at = interval[0]
    for (const [low, high] of removed) {
      if (high <= at || low >= to) continue
      if (low > at) out.push([at, low])
      at = Math.max(at, high)
    }
    if (at < to) out.push(at === interval[0] ? interval : [at, to])
  }
  return out
}

/** Sum of the intervals' lengths, as a share of the piece. */
export const totalOf = (intervals: readonly Interval[]): number => intervals.reduce((sum, [from, to]) => sum + to - from, 0)

/** Writes the real roots of c0 + c1·t + c2·t², without cancellation, in no order. @returns how many; 0 where it is constant. */
export function takeQuadraticRoots(c0: number, c1: number, c2: number, out: Float64Array): number {
  if (c2 === 0) {
    out[0] = -c0 / c1
    return c1 === 0 ? 0 : 1
  }
  const discriminant = c1 * c1 - 4 * c2 * c0
  if (discriminant < 0) return 0
  const q = -(c1 + Math.sign(c1 || 1) * Math.sqrt(discriminant)) / 2
  if (q === 0) {
    out[0] = 0
    return 1
  }
  out[0] = q / c2
  out[1] = c0 / q
  return 2
}
