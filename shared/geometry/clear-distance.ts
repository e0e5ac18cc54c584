import type { SegmentPair, Witness } from './segment-pair.ts'

/** Sums over a pair of outer sections (design §5), metres. */
export interface SectionSums {
  /** Outer half-widths and half-heights of both (a circle's radius counts in both). */
  w: number
  h: number
  /** Half-widths and half-heights of rectangular sections alone. */
  boxW: number
  boxH: number
  /** Radii of circular sections. */
  radius: number
  /** A rectangle takes part: overlap is then measured as well. */
  hasBox: boolean
}

/** Clear distance D of design §5 for a plan distance and a level difference, both ≥ 0. Negative where sections overlap. */
export function clearDistanceOf(planM: number, levelM: number, sums: SectionSums): number {
  const x = planM - sums.boxW
  const y = levelM - sums.boxH
  if (x > 0) return (y > 0 ? Math.sqrt(x * x + y * y) : x) - sums.radius
  if (y > 0) return y - sums.radius
  return (sums.hasBox ? Math.max(x, y) : 0) - sums.radius
}

/**
 * Least clear distance D of two axis pieces.
 * @param out Receives [D, s, t].
 * @source D is convex in (s, t): a norm of the signed distance to a cylinder. Two circles: distance of segments in space.
 *   Else the free minimum, where the plan offset is parallel to the level's gradient (a line against a rectangle,
 *   closed form), and if that is outside the pieces, the least over the four edges of the unit square.
 */
export function leastClearDistance(g: SegmentPair, sums: SectionSums, out: Witness): number {
  if (!sums.hasBox) {
    segmentDistance(g, out)
    out[0] = out[0]! - sums.radius
    return out[0]
  }
  out[0] = Infinity
  if (offerFreeMinimum(g, sums, out)) return out[0]
  minimiseOnLine(g, sums, 0, 0, 1, 0, out)
  minimiseOnLine(g, sums, 0, 1, 1, 1, out)
  minimiseOnLine(g, sums, 0, 0, 0, 1, out)
  minimiseOnLine(g, sums, 1, 0, 1, 1, out)
  return out[0]
}

/** Distance of two segments in space. @source Ericson, Real-Time Collision Detection (2005), §5.1.9, with the determinant taken from the cross product. */
function segmentDistance(g: SegmentPair, out: Witness): void {
  const dx = g[0]! - g[6]!
  const dy = g[1]! - g[7]!
  const dz = g[2]! - g[8]!
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const uz = g[5]! - g[2]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const wz = g[11]! - g[8]!
  const uu = ux * ux + uy * uy + uz * uz
  const ww = wx * wx + wy * wy + wz * wz
  const nx = uy * wz - uz * wy
  const ny = uz * wx - ux * wz
  const nz = ux * wy - uy * wx
  const nn = nx * nx + ny * ny + nz * nz
  let best = Infinity
  let bestS = 0
  let bestT = 0
  // Written out, not in a function of its own: variables that a function shares are allocated at every change.
  if (nn > 0) {
    const s = -((dy * wz - dz * wy) * nx + (dz * wx - dx * wz) * ny + (dx * wy - dy * wx) * nz) / nn
    const t = -((dy * uz - dz * uy) * nx + (dz * ux - dx * uz) * ny + (dx * uy - dy * ux) * nz) / nn
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) {
      const value = squared(dx + s * ux - t * wx, dy + s * uy - t * wy, dz + s * uz - t * wz)
      if (value < best) {
        best = value
        bestS = s
        bestT = t
      }
    }
  }
  for (let s = 0; s <= 1; s++) {
    const t = ww > 0 ? clamp01(((dx + s * ux) * wx + (dy + s * uy) * wy + (dz + s * uz) * wz) / ww) : 0
    const value = squared(dx + s * ux - t * wx, dy + s * uy - t * wy, dz + s * uz - t * wz)
    if (value < best) {
      best = value
      bestS = s
      bestT = t
    }
  }
  for (let t = 0; t <= 1; t++) {
    const s = uu > 0 ? clamp01(((t * wx - dx) * ux + (t * wy - dy) * uy + (t * wz - dz) * uz) / uu) : 0
    const value = squared(dx + s * ux - t * wx, dy + s * uy - t * wy, dz + s * uz - t * wz)
    if (value < best) {
      best = value
      bestS = s
      bestT = t
    }
  }
  out[0] = Math.sqrt(best)
  out[1] = bestS
  out[2] = bestT
}

const squared = (x: number, y: number, z: number): number => x * x + y * y + z * z

/** Plan lines this near to parallel (sine) are searched along their common offset instead of by solving for s and t. */
const PARALLEL_SINE = 1e-7

/** @returns true where the least D over the whole lines lies on the pieces (then nothing can be less). */
function offerFreeMinimum(g: SegmentPair, sums: SectionSums, out: Witness): boolean {
  const dx = g[0]! - g[6]!
  const dy = g[1]! - g[7]!
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const a = g[5]! - g[2]!
  const b = g[11]! - g[8]!
  const uu = ux * ux + uy * uy
  const ww = wx * wx + wy * wy
  const lengths = Math.sqrt(uu) * Math.sqrt(ww)
  if (lengths === 0) {
    // A vertical piece against a slanted one: nearest in plan at one s, levels free along the riser (two risers: the edges do).
    const s = uu > 0 ? clamp01(-(dx * ux + dy * uy) / uu) : 0
    const t = ww > 0 ? clamp01((dx * wx + dy * wy) / ww) : 0
    if (uu > 0) minimiseOnLine(g, sums, s, 0, s, 1, out)
    else if (ww > 0) minimiseOnLine(g, sums, 0, t, 1, t, out)
    return false
  }
  const det = ux * wy - uy * wx
  if (Math.abs(det) <= PARALLEL_SINE * lengths) {
    minimiseOnCommonOffset(g, sums, dx, dy, ux, uy, wx, wy, out)
    return false
  }
  // Level at plan offset 0 and its gradient over the offset.
  const level0 = g[2]! - g[8]! + (-a * (dx * wy - dy * wx) + b * (dx * uy - dy * ux)) / det
  const gx = (a * wy - b * uy) / det
  const gy = (b * ux - a * wx) / det
  const slope = Math.hypot(gx, gy)
  const offset = bestOffset(level0, slope, sums)
  const x = (slope > 0 ? (offset * gx) / slope : 0) - dx
  const y = (slope > 0 ? (offset * gy) / slope : 0) - dy
  const s = (x * wy - y * wx) / det
  const t = (x * uy - y * ux) / det
  if (!(s >= 0 && s <= 1 && t >= 0 && t <= 1)) return false
  offerAt(g, sums, s, t, out)
  return true
}

/** The signed offset ρ at which the line (ρ, level0 + slope·ρ) has the least D: one of the places where D changes its form. */
function bestOffset(level0: number, slope: number, sums: SectionSums): number {
  const { boxW, boxH } = sums
  let best = 0
  let least = clearDistanceOf(0, Math.abs(level0), sums)
  const offer = (offset: number): void => {
    const value = clearDistanceOf(Math.abs(offset), Math.abs(level0 + slope * offset), sums)
    if (value < least) {
      least = value
      best = offset
    }
  }
  if (slope === 0) return best
  offer(-level0 / slope)
  for (let i = -1; i <= 1; i += 2) {
    offer(i * boxW)
    offer((i * boxH - level0) / slope)
    for (let j = -1; j <= 1; j += 2) {
      // Foot of the perpendicular from a corner; places where |ρ| − W = |z| − H.
      offer((i * boxW + slope * (j * boxH - level0)) / (1 + slope * slope))
      const divisor = i - j * slope
      if (divisor !== 0) offer((boxW - boxH + j * level0) / divisor)
    }
  }
  return best
}

/** Parallel in plan: D is least where the pieces are abreast, on a line in (s, t). */
function minimiseOnCommonOffset(
  g: SegmentPair, sums: SectionSums, dx: number, dy: number, ux: number, uy: number, wx: number, wy: number, out: Witness,
): void {
  const length = Math.hypot(ux, uy)
  const k = -(dx * ux + dy * uy) / length
  const onQ = (wx * ux + wy * uy) / length
  // length · s − onQ · t = k, cut to the unit square.
  const tAtS0 = -k / onQ
  const tAtS1 = (length - k) / onQ
  const from = Math.max(0, Math.min(tAtS0, tAtS1))
  const to = Math.min(1, Math.max(tAtS0, tAtS1))
  if (!(from <= to)) return
  minimiseOnLine(g, sums, clamp01((k + onQ * from) / length), from, clamp01((k + onQ * to) / length), to, out)
}

/** Keeps in `out` the lesser of it and the least D on the straight line from (s0, t0) to (s1, t1): bisection on the sign of D's slope. */
function minimiseOnLine(g: SegmentPair, sums: SectionSums, s0: number, t0: number, s1: number, t1: number, out: Witness): void {
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const uz = g[5]! - g[2]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const wz = g[11]! - g[8]!
  const ex = g[0]! - g[6]! + s0 * ux - t0 * wx
  const ey = g[1]! - g[7]! + s0 * uy - t0 * wy
  const ez = g[2]! - g[8]! + s0 * uz - t0 * wz
  const fx = (s1 - s0) * ux - (t1 - t0) * wx
  const fy = (s1 - s0) * uy - (t1 - t0) * wy
  const fz = (s1 - s0) * uz - (t1 - t0) * wz
  let from = 0
  let to = 1
  for (let i = 0; i < 60 && to - from > 1e-16; i++) {
    const x = (from + to) / 2
    if (slopeOf(ex + x * fx, ey + x * fy, ez + x * fz, fx, fy, fz, sums) > 0) to = x
    else from = x
  }
  const x = (from + to) / 2
  // Where D is flat the bisection runs to an end: both ends and the middle are tried.
  offerAt(g, sums, s0, t0, out)
  offerAt(g, sums, s1, t1, out)
  offerAt(g, sums, s0 + x * (s1 - s0), t0 + x * (t1 - t0), out)
}

/** Slope of D (one of its slopes where it has a kink) at offset v, level z, moving by f. */
function slopeOf(vx: number, vy: number, z: number, fx: number, fy: number, fz: number, sums: SectionSums): number {
  const plan = Math.sqrt(vx * vx + vy * vy)
  const planSlope = plan > 0 ? (vx * fx + vy * fy) / plan : Math.hypot(fx, fy)
  const levelSlope = z > 0 ? fz : z < 0 ? -fz : Math.abs(fz)
  const x = plan - sums.boxW
  const y = Math.abs(z) - sums.boxH
  if (x > 0 && y > 0) return x * planSlope + y * levelSlope
  return x > y ? planSlope : levelSlope
}

function offerAt(g: SegmentPair, sums: SectionSums, s: number, t: number, out: Witness): void {
  const x = g[0]! - g[6]! + s * (g[3]! - g[0]!) - t * (g[9]! - g[6]!)
  const y = g[1]! - g[7]! + s * (g[4]! - g[1]!) - t * (g[10]! - g[7]!)
  const z = g[2]! - g[8]! + s * (g[5]! - g[2]!) - t * (g[11]! - g[8]!)
  const value = clearDistanceOf(Math.sqrt(x * x + y * y), Math.abs(z), sums)
  if (value < out[0]!) {
    out[0] = value
    out[1] = s
    out[2] = t
  }
}

const clamp01 = (value: number): number => (value > 0 ? (value < 1 ? value : 1) : 0)
