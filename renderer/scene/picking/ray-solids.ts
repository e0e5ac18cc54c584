import type { Ray } from '../camera/pose.ts'

/**
 * Rays against the two solids assets are made of. Everything in one frame, metres; the direction has unit length.
 * All answers are distances along the ray to the first point of the solid, 0 where the ray starts inside, else null.
 * Figures come in arrays: hundreds are asked about at a movement of the pointer, and a number of its own is garbage.
 */

/** Both ends of a segment, x, y, z of the first and then of the second. */
export type Ends = Float64Array

/** Against a capsule: all points within `radius` of the segment a–b. */
export function rayCapsule({ origin, direction }: Ray, ends: Ends, radius: number): number | null {
  const dx = direction[0]
  const dy = direction[1]
  const dz = direction[2]
  const ex = ends[3]! - ends[0]!
  const ey = ends[4]! - ends[1]!
  const ez = ends[5]! - ends[2]!
  const mx = origin[0] - ends[0]!
  const my = origin[1] - ends[1]!
  const mz = origin[2] - ends[2]!
  const ee = ex * ex + ey * ey + ez * ez
  const ed = ex * dx + ey * dy + ez * dz
  const em = ex * mx + ey * my + ez * mz
  let first = Infinity
  if (ee > 0) {
    // The infinite cylinder: distance from the axis squared is a quadratic along the ray.
    const a = 1 - (ed * ed) / ee
    const b = dx * mx + dy * my + dz * mz - (ed * em) / ee
    const c = mx * mx + my * my + mz * mz - (em * em) / ee - radius * radius
    if (a > 1e-14) {
      const root = b * b - a * c
      if (root < 0) return null
      const t = (-b - Math.sqrt(root)) / a
      const s = (em + t * ed) / ee
      if (s >= 0 && s <= 1) first = t
    } else if (c > 0) return null
  }
  first = Math.min(first, raySphere(mx, my, mz, dx, dy, dz, radius), raySphere(mx - ex, my - ey, mz - ez, dx, dy, dz, radius))
  if (first >= 0) return first === Infinity ? null : first
  return insideCapsule(mx, my, mz, ex, ey, ez, ee, em, radius) ? 0 : null
}

/** Entry into a sphere about the zero point, Infinity where missed; negative where entered behind the start. */
function raySphere(mx: number, my: number, mz: number, dx: number, dy: number, dz: number, radius: number): number {
  const b = mx * dx + my * dy + mz * dz
  const root = b * b - (mx * mx + my * my + mz * mz - radius * radius)
  return root < 0 ? Infinity : -b - Math.sqrt(root)
}

function insideCapsule(mx: number, my: number, mz: number, ex: number, ey: number, ez: number, ee: number, em: number, radius: number): boolean {
  const s = ee > 0 ? Math.min(1, Math.max(0, em / ee)) : 0
  return Math.hypot(mx - s * ex, my - s * ey, mz - s * ez) <= radius
}

/**
 * Against a rectangular section swept from a to b: level across, upright, ends cut plumb; a riser is a square shaft
 * (as box sweeps are drawn).
 */
export function rayBox({ origin, direction }: Ray, ends: Ends, halfWidth: number, halfHeight: number): number | null {
  const dx = direction[0]
  const dy = direction[1]
  const dz = direction[2]
  const ex = ends[3]! - ends[0]!
  const ey = ends[4]! - ends[1]!
  const ez = ends[5]! - ends[2]!
  const mx = origin[0] - ends[0]!
  const my = origin[1] - ends[1]!
  const mz = origin[2] - ends[2]!
  const level = Math.sqrt(ex * ex + ey * ey)
  const length = Math.sqrt(level * level + ez * ez)
  PASSAGE[0] = 0
  PASSAGE[1] = Infinity
  if (level < 1e-3 * length || length === 0) {
    const isMet = passes(mx, dx, halfWidth) && passes(my, dy, halfWidth) && passes(mz - ez / 2, dz, length / 2 + halfHeight)
    return isMet ? PASSAGE[0] : null
  }
  const ux = ex / level
  const uy = ey / level
  const rise = ez / level
  // Across, along in plan, and height above the sloping axis: each a pair of parallel planes.
  const isMet = passes(-uy * mx + ux * my, -uy * dx + ux * dy, halfWidth)
    && passes(ux * (mx - ex / 2) + uy * (my - ey / 2), ux * dx + uy * dy, level / 2)
    && passes(mz - rise * (ux * mx + uy * my), dz - rise * (ux * dx + uy * dy), halfHeight)
  return isMet ? PASSAGE[0] : null
}

/** Where the ray asked about is within the planes so far: distances in and out. Thousands are asked about in a frame. */
const PASSAGE = new Float64Array(2)

/** Narrows the passage to between two planes. @param start Distance from the middle plane, signed. @param speed Its change per metre. @returns false where nothing is left. */
function passes(start: number, speed: number, half: number): boolean {
  if (Math.abs(speed) < 1e-15) return Math.abs(start) <= half
  const t0 = (-half - start) / speed
  const t1 = (half - start) / speed
  PASSAGE[0] = Math.max(PASSAGE[0]!, Math.min(t0, t1))
  PASSAGE[1] = Math.min(PASSAGE[1]!, Math.max(t0, t1))
  return PASSAGE[0] <= PASSAGE[1]
}

/** Of a ray to a segment: distance along the ray, share of the segment, distance between. */
export interface Approach {
  t: number
  s: number
  distance: number
}

/** Closest approach of a ray (t ≥ 0) to a segment. @param into Filled, and given back. */
export function raySegmentApproach({ origin, direction }: Ray, ends: Ends, into: Approach): Approach {
  const dx = direction[0]
  const dy = direction[1]
  const dz = direction[2]
  const ex = ends[3]! - ends[0]!
  const ey = ends[4]! - ends[1]!
  const ez = ends[5]! - ends[2]!
  const mx = origin[0] - ends[0]!
  const my = origin[1] - ends[1]!
  const mz = origin[2] - ends[2]!
  const ee = ex * ex + ey * ey + ez * ez
  const ed = ex * dx + ey * dy + ez * dz
  const em = ex * mx + ey * my + ez * mz
  const dm = dx * mx + dy * my + dz * mz
  const denominator = ee - ed * ed
  let s = denominator > 1e-12 * ee && ee > 0 ? Math.min(1, Math.max(0, (em - ed * dm) / denominator)) : 0
  let t = s * ed - dm
  if (t < 0) {
    t = 0
    s = ee > 0 ? Math.min(1, Math.max(0, em / ee)) : 0
  }
  const x = mx + t * dx - s * ex
  const y = my + t * dy - s * ey
  const z = mz + t * dz - s * ez
  into.t = t
  into.s = s
  into.distance = Math.sqrt(x * x + y * y + z * z)
  return into
}
