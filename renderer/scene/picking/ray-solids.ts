/**
 * Rays against the two solids assets are made of. Everything in one frame, metres; the direction has unit length.
 * All answers are distances along the ray to the first point of the solid, 0 where the ray starts inside, else null.
 */

/** Against a capsule: all points within `radius` of the segment a–b. */
export function rayCapsule(
  ox: number, oy: number, oz: number, dx: number, dy: number, dz: number,
  ax: number, ay: number, az: number, bx: number, by: number, bz: number, radius: number,
): number | null {
  const [ex, ey, ez] = [bx - ax, by - ay, bz - az]
  const [mx, my, mz] = [ox - ax, oy - ay, oz - az]
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
  first = Math.min(first, raySphere(mx, my, mz, dx, dy, dz, radius), raySphere(ox - bx, oy - by, oz - bz, dx, dy, dz, radius))
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
export function rayBox(
  ox: number, oy: number, oz: number, dx: number, dy: number, dz: number,
  ax: number, ay: number, az: number, bx: number, by: number, bz: number, halfWidth: number, halfHeight: number,
): number | null {
  const [ex, ey, ez] = [bx - ax, by - ay, bz - az]
  const level = Math.hypot(ex, ey)
  const length = Math.hypot(level, ez)
  const slabs: Slab[] = []
  if (level < 1e-3 * length || length === 0) {
    const middle = (az + bz) / 2
    slabs.push([1, 0, 0, ax, halfWidth], [0, 1, 0, ay, halfWidth], [0, 0, 1, middle, length / 2 + halfHeight])
  } else {
    const [ux, uy] = [ex / level, ey / level]
    const rise = ez / level
    // Across, along in plan, and height above the sloping axis: each a pair of parallel planes.
    slabs.push(
      [-uy, ux, 0, -uy * ax + ux * ay, halfWidth],
      [ux, uy, 0, ux * (ax + bx) / 2 + uy * (ay + by) / 2, level / 2],
      [-rise * ux, -rise * uy, 1, az - rise * (ux * ax + uy * ay), halfHeight],
    )
  }
  let [enter, leave] = [0, Infinity]
  for (const [nx, ny, nz, middle, half] of slabs) {
    const start = nx * ox + ny * oy + nz * oz - middle
    const speed = nx * dx + ny * dy + nz * dz
    if (Math.abs(speed) < 1e-15) {
      if (Math.abs(start) > half) return null
      continue
    }
    const [t0, t1] = [(-half - start) / speed, (half - start) / speed]
    enter = Math.max(enter, Math.min(t0, t1))
    leave = Math.min(leave, Math.max(t0, t1))
    if (enter > leave) return null
  }
  return enter
}

type Slab = readonly [nx: number, ny: number, nz: number, middle: number, half: number]

/** Closest approach of a ray (t ≥ 0) to a segment: distance along the ray, share of the segment, distance between. */
export function raySegmentApproach(
  ox: number, oy: number, oz: number, dx: number, dy: number, dz: number,
  ax: number, ay: number, az: number, bx: number, by: number, bz: number,
): { readonly t: number; readonly s: number; readonly distance: number } {
  const [ex, ey, ez] = [bx - ax, by - ay, bz - az]
  const [mx, my, mz] = [ox - ax, oy - ay, oz - az]
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
  return { t, s, distance: Math.hypot(mx + t * dx - s * ex, my + t * dy - s * ey, mz + t * dz - s * ez) }
}
