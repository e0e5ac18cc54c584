/**
 * The minima of minimise.ts a second way: every point where an optimum can sit on the (s, t) square
 * (corners, edges cut by the constraint, tangent points, interior), tried one by one.
 */
import type { Pieces } from './minimise.ts'

type Pair = readonly [number, number]
const INSIDE = 1e-9

/** Least and greatest z_p − z_q where Δxy ≤ radius, or null. */
export function levelRangeByCandidates(g: Pieces, radius: number): { low: number; high: number } | null {
  const { d, u, v } = planVectors(g)
  const candidates: Pair[] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  for (const [from, along] of edges()) {
    const base = gapVector(g, from)
    const step = [along[0] * u[0] - along[1] * v[0], along[0] * u[1] - along[1] * v[1]] as const
    for (const x of roots(dot(step, step), 2 * dot(base, step), dot(base, base) - radius * radius)) {
      candidates.push([from[0] + along[0] * x, from[1] + along[1] * x])
    }
  }
  const det = -u[0] * v[1] + u[1] * v[0]
  if (Math.abs(det) > 1e-9) {
    // gap vector e = d + [u −v](s,t); level gradient c: the extremes on |e| = radius are at e ∥ [u −v]⁻ᵀ c
    const c = [g.p1[2] - g.p0[2], -(g.q1[2] - g.q0[2])] as const
    const n = [(-v[1] * c[0] - u[1] * c[1]) / det, (v[0] * c[0] + u[0] * c[1]) / det] as const
    const length = Math.hypot(n[0], n[1])
    candidates.push([(v[1] * d[0] - v[0] * d[1]) / det, (u[1] * d[0] - u[0] * d[1]) / det])
    for (const sign of length > 0 ? [-1, 1] : []) {
      const e = [(sign * radius * n[0]) / length - d[0], (sign * radius * n[1]) / length - d[1]] as const
      candidates.push([(-v[1] * e[0] + v[0] * e[1]) / det, (-u[1] * e[0] + u[0] * e[1]) / det])
    }
  }
  const levels = candidates.filter((x) => isInSquare(x) && Math.hypot(...gapVector(g, x)) <= radius + INSIDE).map((x) => levelGap(g, x))
  return levels.length === 0 ? null : { low: Math.min(...levels), high: Math.max(...levels) }
}

/** Least Δxy where |Δz| ≤ maxDz, or null. */
export function planDistanceByCandidates(g: Pieces, maxDz: number): number | null {
  const { d, u, v } = planVectors(g)
  const candidates: Pair[] = [[0, 0], [0, 1], [1, 0], [1, 1]]
  const lines: (readonly [Pair, Pair])[] = [...edges()]
  const rise = g.p1[2] - g.p0[2]
  const fall = g.q1[2] - g.q0[2]
  for (const level of [-maxDz, maxDz]) {
    const rest = level - levelGap(g, [0, 0])
    if (rise !== 0) lines.push([[rest / rise, 0], [fall / rise, 1]])
    else if (fall !== 0) lines.push([[0, -rest / fall], [1, 0]])
    for (const [from, along] of edges()) {
      const slope = rise * along[0] - fall * along[1]
      const x = (level - levelGap(g, from)) / slope
      if (slope !== 0) candidates.push([from[0] + along[0] * x, from[1] + along[1] * x])
    }
  }
  for (const [from, along] of lines) {
    const base = gapVector(g, from)
    const step = [along[0] * u[0] - along[1] * v[0], along[0] * u[1] - along[1] * v[1]] as const
    const x = -dot(base, step) / dot(step, step)
    if (dot(step, step) > 0) candidates.push([from[0] + along[0] * x, from[1] + along[1] * x])
  }
  const det = -u[0] * v[1] + u[1] * v[0]
  if (det !== 0) candidates.push([(v[1] * d[0] - v[0] * d[1]) / det, (u[1] * d[0] - u[0] * d[1]) / det])
  const gaps = candidates.filter((x) => isInSquare(x) && Math.abs(levelGap(g, x)) <= maxDz + INSIDE).map((x) => Math.hypot(...gapVector(g, x)))
  return gaps.length === 0 ? null : Math.min(...gaps)
}

function edges(): (readonly [Pair, Pair])[] {
  return [[[0, 0], [1, 0]], [[0, 1], [1, 0]], [[0, 0], [0, 1]], [[1, 0], [0, 1]]]
}

function planVectors(g: Pieces): { d: Pair; u: Pair; v: Pair } {
  return {
    d: [g.p0[0] - g.q0[0], g.p0[1] - g.q0[1]],
    u: [g.p1[0] - g.p0[0], g.p1[1] - g.p0[1]],
    v: [g.q1[0] - g.q0[0], g.q1[1] - g.q0[1]],
  }
}

function gapVector(g: Pieces, [s, t]: Pair): Pair {
  const { d, u, v } = planVectors(g)
  return [d[0] + u[0] * s - v[0] * t, d[1] + u[1] * s - v[1] * t]
}

function levelGap(g: Pieces, [s, t]: Pair): number {
  return g.p0[2] + (g.p1[2] - g.p0[2]) * s - (g.q0[2] + (g.q1[2] - g.q0[2]) * t)
}

function dot(x: Pair, y: Pair): number {
  return x[0] * y[0] + x[1] * y[1]
}

function isInSquare([s, t]: Pair): boolean {
  return s >= -INSIDE && s <= 1 + INSIDE && t >= -INSIDE && t <= 1 + INSIDE
}

function roots(a: number, b: number, c: number): number[] {
  const discriminant = b * b - 4 * a * c
  if (a === 0 || discriminant < 0) return []
  const q = -(b + Math.sign(b || 1) * Math.sqrt(discriminant)) / 2
  return q === 0 ? [0] : [q / a, c / q]
}
