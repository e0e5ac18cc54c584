/**
 * Minima over a box (s, t) of two straight pieces p(s), q(t), by search along s with the exact answer,
 * or a second search, along t. Every function searched is convex there, so the search cannot be fooled.
 */
import type { Vec3 } from './types.ts'

/** Two pieces p0→p1 and q0→q1; s and t run over 0…1. */
export interface Pieces { p0: Vec3; p1: Vec3; q0: Vec3; q1: Vec3 }

export interface Minimum { value: number; s: number; t: number }

const GOLDEN = (Math.sqrt(5) - 1) / 2
const STEPS = 80

/** Argument of the least value of a convex function over [lo, hi] (ends tried too). */
export function goldenMinimum(f: (x: number) => number, lo: number, hi: number): number {
  let a = lo
  let b = hi
  let c = b - GOLDEN * (b - a)
  let d = a + GOLDEN * (b - a)
  let fc = f(c)
  let fd = f(d)
  for (let i = 0; i < STEPS && b - a > 0; i += 1) {
    if (fc <= fd) { b = d; d = c; fd = fc; c = b - GOLDEN * (b - a); fc = f(c); }
    else { a = c; c = d; fc = fd; d = a + GOLDEN * (b - a); fd = f(d); }
  }
  let best = (a + b) / 2
  for (const x of [lo, hi, a, b]) if (f(x) < f(best)) best = x
  return best
}

/** Clear distance D of design §5 for one pair of points; W, H over rectangles, R over circles. */
export function clearDistance(dxy: number, dz: number, W: number, H: number, R: number, rectangle: boolean): number {
  const outside = Math.hypot(Math.max(dxy - W, 0), Math.max(dz - H, 0)) - R
  return rectangle ? outside + Math.min(Math.max(dxy - W, dz - H), 0) : outside
}

/** Least of a convex function of (Δxy, |Δz|) over the box: search within search. */
export function minimumOf(f: (dxy: number, dz: number) => number, g: Pieces): Minimum {
  const value = (s: number, t: number): number => {
    const x = lerp(g.p0, g.p1, s, 0) - lerp(g.q0, g.q1, t, 0)
    const y = lerp(g.p0, g.p1, s, 1) - lerp(g.q0, g.q1, t, 1)
    const z = lerp(g.p0, g.p1, s, 2) - lerp(g.q0, g.q1, t, 2)
    return f(Math.hypot(x, y), Math.abs(z))
  }
  const bestT = (s: number): number => goldenMinimum((t) => value(s, t), 0, 1)
  const s = goldenMinimum((x) => value(x, bestT(x)), 0, 1)
  const t = bestT(s)
  return { value: value(s, t), s, t }
}

/** Least Δxy where |Δz| ≤ maxDz (null: anywhere); null where no pair of points is allowed. */
export function minimumPlanDistance(g: Pieces, maxDz: number | null): Minimum | null {
  const rise = g.p1[2] - g.p0[2]
  const fall = g.q1[2] - g.q0[2]
  const base = g.p0[2] - g.q0[2]
  const tRange = (s: number): [number, number] => {
    if (maxDz === null) return [0, 1]
    return solveSlab(base + rise * s, -fall, maxDz)
  }
  let s0 = 0
  let s1 = 1
  if (maxDz !== null) {
    const low = -maxDz + Math.min(0, fall)
    const high = maxDz + Math.max(0, fall)
    if (Math.abs(rise) < 1e-300) { if (base < low || base > high) return null; }
    else {
      const x = [(low - base) / rise, (high - base) / rise].sort((m, n) => m - n)
      s0 = Math.max(0, x[0] ?? 0)
      s1 = Math.min(1, x[1] ?? 1)
      if (s0 > s1) return null
    }
  }
  const bestT = (s: number): number => clampTo(planFoot(g, s), tRange(s))
  const value = (s: number): number => planGap(g, s, bestT(s))
  const s = goldenMinimum(value, s0, s1)
  return { value: value(s), s, t: bestT(s) }
}

/** Least and greatest z_p − z_q over the box where Δxy ≤ radius; null where there is no such pair. */
export function levelRange(g: Pieces, radius: number): { low: Minimum; high: Minimum } | null {
  if (radius < 0) return null
  const gap = (s: number): number => planGap(g, s, clampTo(planFoot(g, s), [0, 1]))
  const nearest = goldenMinimum(gap, 0, 1)
  if (gap(nearest) > radius) return null
  const s0 = lastInside(gap, nearest, 0, radius)
  const s1 = lastInside(gap, nearest, 1, radius)
  const vx = g.q1[0] - g.q0[0]
  const vy = g.q1[1] - g.q0[1]
  const vv = vx * vx + vy * vy
  const fall = g.q1[2] - g.q0[2]
  const tRange = (s: number): [number, number] => {
    if (vv === 0) return [0, 1]
    const ex = lerp(g.p0, g.p1, s, 0) - g.q0[0]
    const ey = lerp(g.p0, g.p1, s, 1) - g.q0[1]
    const aside2 = (ex * vy - ey * vx) ** 2 / vv
    const half = Math.sqrt(Math.max(0, (radius * radius - aside2) / vv))
    const foot = (ex * vx + ey * vy) / vv
    return [clampTo(foot - half, [0, 1]), clampTo(foot + half, [0, 1])]
  }
  const level = (s: number, t: number): number => lerp(g.p0, g.p1, s, 2) - lerp(g.q0, g.q1, t, 2)
  const tLow = (s: number): number => tRange(s)[fall >= 0 ? 1 : 0]
  const tHigh = (s: number): number => tRange(s)[fall >= 0 ? 0 : 1]
  const sLow = goldenMinimum((s) => level(s, tLow(s)), s0, s1)
  const sHigh = goldenMinimum((s) => -level(s, tHigh(s)), s0, s1)
  return {
    low: { value: level(sLow, tLow(sLow)), s: sLow, t: tLow(sLow) },
    high: { value: level(sHigh, tHigh(sHigh)), s: sHigh, t: tHigh(sHigh) },
  }
}

/** From a point inside towards `outer`, the last place where gap ≤ radius (gap is convex). */
function lastInside(gap: (s: number) => number, inside: number, outer: number, radius: number): number {
  if (gap(outer) <= radius) return outer
  let good = inside
  let bad = outer
  for (let i = 0; i < 100; i += 1) {
    const middle = (good + bad) / 2
    if (gap(middle) <= radius) good = middle
    else bad = middle
  }
  return good
}

/** t in 0…1 with |base + slope·t| ≤ bound; the nearest single t where rounding leaves none. */
function solveSlab(base: number, slope: number, bound: number): [number, number] {
  if (Math.abs(slope) < 1e-300) return [0, 1]
  const x = [(-bound - base) / slope, (bound - base) / slope].sort((m, n) => m - n)
  return [clampTo(x[0] ?? 0, [0, 1]), clampTo(x[1] ?? 1, [0, 1])]
}

/** Unclamped t of the point of q's line nearest in plan to p(s); 0 where q is vertical. */
function planFoot(g: Pieces, s: number): number {
  const vx = g.q1[0] - g.q0[0]
  const vy = g.q1[1] - g.q0[1]
  const vv = vx * vx + vy * vy
  if (vv === 0) return 0
  return ((lerp(g.p0, g.p1, s, 0) - g.q0[0]) * vx + (lerp(g.p0, g.p1, s, 1) - g.q0[1]) * vy) / vv
}

function planGap(g: Pieces, s: number, t: number): number {
  return Math.hypot(
    lerp(g.p0, g.p1, s, 0) - lerp(g.q0, g.q1, t, 0),
    lerp(g.p0, g.p1, s, 1) - lerp(g.q0, g.q1, t, 1),
  )
}

function lerp(from: Vec3, to: Vec3, x: number, axis: 0 | 1 | 2): number {
  return from[axis] * (1 - x) + to[axis] * x
}

function clampTo(x: number, [lo, hi]: readonly [number, number]): number {
  return Math.min(hi, Math.max(lo, x))
}
