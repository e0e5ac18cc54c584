import type { SegmentPair, Witness } from './segment-pair.ts'

/**
 * Least plan distance of two axis pieces, metres. Exact to rounding for parallel, collinear, vertical and zero-length pieces.
 * @param out Receives what `nearestInPlan` says.
 */
export function planDistance(g: SegmentPair, out: Witness): number {
  nearestInPlan(g, out)
  return out[0]!
}

/**
 * Nearest points in plan of two axis pieces. Returns nothing: a number given back by a function is allocated.
 * @param out Receives [distance ≥ 0, s, t]; among equals, the first candidate found.
 * @source The minimum lies where the pieces cross in plan, or at an end of one of them.
 */
export function nearestInPlan(g: SegmentPair, out: Witness): void {
  const dx = g[0]! - g[6]!
  const dy = g[1]! - g[7]!
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const uu = ux * ux + uy * uy
  const ww = wx * wx + wy * wy
  let best = Infinity
  let bestS = 0
  let bestT = 0
  const det = ux * wy - uy * wx
  if (det !== 0) {
    const s = -(dx * wy - dy * wx) / det
    const t = -(dx * uy - dy * ux) / det
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) {
      // Nearly parallel lines place s and t badly: the value there decides, not the fact that lines cross.
      best = squaredAt(dx, dy, ux, uy, wx, wy, s, t)
      bestS = s
      bestT = t
    }
  }
  for (let s = 0; s <= 1; s++) {
    const x = dx + s * ux
    const y = dy + s * uy
    const t = ww > 0 ? clamp01((x * wx + y * wy) / ww) : 0
    const value = squaredAt(dx, dy, ux, uy, wx, wy, s, t)
    if (value < best) {
      best = value
      bestS = s
      bestT = t
    }
  }
  for (let t = 0; t <= 1; t++) {
    const x = t * wx - dx
    const y = t * wy - dy
    const s = uu > 0 ? clamp01((x * ux + y * uy) / uu) : 0
    const value = squaredAt(dx, dy, ux, uy, wx, wy, s, t)
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

/** Whether two axis pieces come within a plan distance of each other, to rounding. */
export function comesWithin(g: SegmentPair, reachM: number): boolean {
  const dx = g[0]! - g[6]!
  const dy = g[1]! - g[7]!
  const ux = g[3]! - g[0]!
  const uy = g[4]! - g[1]!
  const wx = g[9]! - g[6]!
  const wy = g[10]! - g[7]!
  const reach2 = reachM * reachM
  const det = ux * wy - uy * wx
  if (det !== 0) {
    const s = (dy * wx - dx * wy) / det
    const t = (dy * ux - dx * uy) / det
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1 && squaredAt(dx, dy, ux, uy, wx, wy, s, t) <= reach2) return true
  }
  const uu = ux * ux + uy * uy
  const ww = wx * wx + wy * wy
  return isPointWithin(dx, dy, wx, wy, ww, reach2) || isPointWithin(dx + ux, dy + uy, wx, wy, ww, reach2) ||
    isPointWithin(-dx, -dy, ux, uy, uu, reach2) || isPointWithin(wx - dx, wy - dy, ux, uy, uu, reach2)
}

/**
 * Whether two segments in plan may come within a distance of each other, at first glance: their boxes do, and neither lies
 * to one side of the other's line beyond that. Slantwise, boxes alone tell little. False is certain.
 * @param ux, uy Where the first ends, seen from where it begins. @param dx, dy Where the second begins; ex, ey where it ends.
 */
export function mayComeWithin(ux: number, uy: number, dx: number, dy: number, ex: number, ey: number, reachM: number): boolean {
  if (Math.min(dx, ex) > Math.max(ux, 0) + reachM || Math.max(dx, ex) < Math.min(ux, 0) - reachM) return false
  if (Math.min(dy, ey) > Math.max(uy, 0) + reachM || Math.max(dy, ey) < Math.min(uy, 0) - reachM) return false
  const reach2 = reachM * reachM
  const sideD = ux * dy - uy * dx
  const sideE = ux * ey - uy * ex
  if (sideD * sideE > 0 && Math.min(sideD * sideD, sideE * sideE) > reach2 * (ux * ux + uy * uy)) return false
  const wx = ex - dx
  const wy = ey - dy
  const ofStart = wx * dy - wy * dx
  const ofEnd = ofStart - (wx * uy - wy * ux)
  return !(ofStart * ofEnd > 0 && Math.min(ofStart * ofStart, ofEnd * ofEnd) > reach2 * (wx * wx + wy * wy))
}

/** Whether a point is within a distance of the segment from 0 to (ux, uy). */
function isPointWithin(x: number, y: number, ux: number, uy: number, uu: number, reach2: number): boolean {
  const t = uu > 0 ? clamp01((x * ux + y * uy) / uu) : 0
  const px = x - t * ux
  const py = y - t * uy
  return px * px + py * py <= reach2
}

/**
 * Least plan distance over pairs of points whose levels differ by at most `maxLevelGapM` (Infinity: no limit).
 * @returns false where no two points are that near in level; `out` is then undefined.
 * @source Plan distance is convex in (s, t) and the level difference affine: if the free minimum is outside the strip
 *   |Δz| ≤ c, the constrained one lies on its edge, a line in (s, t), along which the squared distance is a parabola.
 */
export function planDistanceWithin(g: SegmentPair, maxLevelGapM: number, out: Witness): boolean {
  nearestInPlan(g, out)
  if (maxLevelGapM === Infinity) return true
  const z0 = g[2]! - g[8]!
  const a = g[5]! - g[2]!
  const b = g[11]! - g[8]!
  if (Math.abs(z0 + out[1]! * a - out[2]! * b) <= maxLevelGapM) return true
  out[0] = Infinity
  minimiseOnLevelLine(g, a, b, maxLevelGapM - z0, out)
  minimiseOnLevelLine(g, a, b, -maxLevelGapM - z0, out)
  return out[0] !== Infinity
}

/** Keeps in `out` the lesser of it and the least plan distance on the line a·s − b·t = k inside the unit square. */
function minimiseOnLevelLine(g: SegmentPair, a: number, b: number, k: number, out: Witness): void {
  const alongT = Math.abs(a) >= Math.abs(b)
  const divisor = alongT ? a : -b
  if (divisor === 0) return
  // The other parameter is start + slope · (free parameter), |slope| ≤ 1.
  const start = k / divisor
  const slope = (alongT ? b : -a) / divisor
  let low = 0
  let high = 1
  if (slope !== 0) {
    const at0 = -start / slope
    const at1 = (1 - start) / slope
    low = Math.max(low, Math.min(at0, at1))
    high = Math.min(high, Math.max(at0, at1))
  } else if (start < 0 || start > 1) return
  if (!(low <= high)) return
  const other0 = clamp01(start + slope * low)
  const other1 = clamp01(start + slope * high)
  const s0 = alongT ? other0 : low
  const s1 = alongT ? other1 : high
  const t0 = alongT ? low : other0
  const t1 = alongT ? high : other1
  const ex = g[0]! - g[6]! + s0 * (g[3]! - g[0]!) - t0 * (g[9]! - g[6]!)
  const ey = g[1]! - g[7]! + s0 * (g[4]! - g[1]!) - t0 * (g[10]! - g[7]!)
  const fx = (s1 - s0) * (g[3]! - g[0]!) - (t1 - t0) * (g[9]! - g[6]!)
  const fy = (s1 - s0) * (g[4]! - g[1]!) - (t1 - t0) * (g[10]! - g[7]!)
  const ff = fx * fx + fy * fy
  const x = ff > 0 ? clamp01(-(ex * fx + ey * fy) / ff) : 0
  const value = Math.hypot(ex + x * fx, ey + x * fy)
  if (value < out[0]!) {
    out[0] = value
    out[1] = s0 + x * (s1 - s0)
    out[2] = t0 + x * (t1 - t0)
  }
}

function squaredAt(dx: number, dy: number, ux: number, uy: number, wx: number, wy: number, s: number, t: number): number {
  const x = dx + s * ux - t * wx
  const y = dy + s * uy - t * wy
  return x * x + y * y
}

const clamp01 = (value: number): number => (value > 0 ? (value < 1 ? value : 1) : 0)
