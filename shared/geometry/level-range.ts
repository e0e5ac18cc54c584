import type { SegmentPair, Witness } from './segment-pair.ts'

/**
 * Range of z_p − z_q over pairs of points at most `radiusM` apart in plan.
 * @param low, high Receive [z_p − z_q, s, t] of the least and the greatest.
 * @returns false where no two points are that near in plan; `low` and `high` are then undefined.
 * @source The level difference is affine in (s, t), the allowed set convex (ellipse or band cut by the unit square):
 *   its extremes lie where an edge of the square meets the boundary, or where the plan offset is parallel to the
 *   level's gradient. For parallel lines the band's corners are on the edges, so the edges suffice.
 */
export function levelRange(g: SegmentPair, radiusM: number, low: Witness, high: Witness): boolean {
  low[0] = Infinity
  high[0] = -Infinity
  if (!(radiusM >= 0)) return false
  const dx = g[0]! - g[6]!
  const dy = g[1]! - g[7]!
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const z0 = g[2]! - g[8]!
  const a = g[5]! - g[2]!
  const b = g[11]! - g[8]!
  edge(dx, dy, ux, uy, radiusM, 0, 0, z0, a, b, low, high)
  edge(dx - wx, dy - wy, ux, uy, radiusM, 0, 1, z0, a, b, low, high)
  edge(dx, dy, -wx, -wy, radiusM, 1, 0, z0, a, b, low, high)
  edge(dx + ux, dy + uy, -wx, -wy, radiusM, 1, 1, z0, a, b, low, high)
  const det = ux * wy - uy * wx
  if (det !== 0) {
    // Gradient of the level over the plan offset, up to the factor det.
    const gx = a * wy - b * uy
    const gy = b * ux - a * wx
    const length = Math.hypot(gx, gy)
    const scale = length > 0 ? radiusM / length : 0
    interior(scale * gx - dx, scale * gy - dy, ux, uy, wx, wy, det, radiusM, z0, a, b, dx, dy, low, high)
    interior(-scale * gx - dx, -scale * gy - dy, ux, uy, wx, wy, det, radiusM, z0, a, b, dx, dy, low, high)
  }
  return low[0] !== Infinity
}

/** An edge of the square: offset e + x·f; `side` 0 runs along s with t = fixed, 1 along t with s = fixed. */
function edge(
  ex: number, ey: number, fx: number, fy: number, radiusM: number, side: 0 | 1, fixed: number,
  z0: number, a: number, b: number, low: Witness, high: Witness,
): void {
  const ff = fx * fx + fy * fy
  let from = 0
  let to = 1
  if (ff > 0) {
    const across = (ex * fy - ey * fx) ** 2 / ff
    const half2 = (radiusM * radiusM - across) / ff
    if (!(half2 >= 0)) return
    const half = Math.sqrt(half2)
    const nearest = -(ex * fx + ey * fy) / ff
    from = Math.max(0, nearest - half)
    to = Math.min(1, nearest + half)
    if (from > to) return
  } else if (ex * ex + ey * ey > radiusM * radiusM) return
  for (let end = 0; end < 2; end++) {
    const x = end === 0 ? from : to
    if (side === 0) offer(x, fixed, z0, a, b, low, high)
    else offer(fixed, x, z0, a, b, low, high)
  }
}

/** A point inside the square with the plan offset d + (x, y), where the disk's boundary is level with the gradient. */
function interior(
  x: number, y: number, ux: number, uy: number, wx: number, wy: number, det: number, radiusM: number,
  z0: number, a: number, b: number, dx: number, dy: number, low: Witness, high: Witness,
): void {
  const s = (x * wy - y * wx) / det
  const t = (x * uy - y * ux) / det
  if (!(s >= 0 && s <= 1 && t >= 0 && t <= 1)) return
  // Nearly parallel lines place the point badly; one that is not where it should be is none.
  if (Math.hypot(dx + s * ux - t * wx, dy + s * uy - t * wy) > radiusM + 1e-9) return
  offer(s, t, z0, a, b, low, high)
}

function offer(s: number, t: number, z0: number, a: number, b: number, low: Witness, high: Witness): void {
  const z = z0 + s * a - t * b
  if (z < low[0]!) {
    low[0] = z
    low[1] = s
    low[2] = t
  }
  if (z > high[0]!) {
    high[0] = z
    high[1] = s
    high[2] = t
  }
}
