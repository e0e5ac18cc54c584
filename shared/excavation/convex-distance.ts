/**
 * Least distance between a piece of an asset and a convex body (GJK).
 *
 * The piece is the hull of a few core points widened by a horizontal disc: a circle's axis (two points, no disc, its
 * radius taken off afterwards), or a rectangle's axis moved up and down by its half-height (four points, disc of its
 * half-width), which is design §5's vertical cylinder swept along the axis.
 * @source Gilbert, Johnson, Keerthi 1988; sub-simplex search after Ericson, Real-Time Collision Detection (2005), ch. 9.5.
 */
export interface Core {
  /** [x, y, z, t] per point; t is its parameter on the axis piece. */
  readonly points: Float64Array
  readonly discM: number
}

/** What was found: the distance, the parameter on the axis and the point of the body where it is; and the way there. */
export interface Nearest {
  distanceM: number
  t: number
  x: number
  y: number
  z: number
  /** From the body's nearest point to the piece's, metres. */
  wayX: number
  wayY: number
  wayZ: number
}

export const newNearest = (): Nearest => ({ distanceM: Infinity, t: 0.5, x: 0.5, y: 0.5, z: 0.5, wayX: 0.5, wayY: 0.5, wayZ: 0.5 })

export function copyNearest(from: Nearest, to: Nearest): void {
  to.distanceM = from.distanceM
  to.t = from.t
  to.x = from.x
  to.y = from.y
  to.z = from.z
  to.wayX = from.wayX
  to.wayY = from.wayY
  to.wayZ = from.wayZ
}

/** Ends when the distance is known to this much, metres, or this share of itself. */
const TOLERANCE_M = 1e-10
const TOLERANCE = 1e-11
/** Rounding of a point that is zero by its weights. */
const MISS_M = 1e-9
/** Polytopes end within a few steps; the disc's rounding takes some more. */
const MAX_STEPS = 100

/** Per simplex point: difference x y z, parameter t, body's point x y z. One thread, no nesting: one scratch is enough. */
const WIDTH = 7
const simplex = new Float64Array(4 * WIDTH)
const weights = new Float64Array(4)
/** Where a support is looked for: numbers handed to a function that is not inlined cost an object each. */
const towards = new Float64Array(3)
/** The least squared distance known while a simplex is reduced. */
const least = new Float64Array(1)

/**
 * @param corners Body's corners [x, y, z, …].
 * @param out Receives the result; distance 0 where they meet.
 * @param limitM Where the distance is seen to be more than this, it is left at that: what is returned is then more than
 *   the limit and no more than the distance, and `out` holds nothing of use.
 * @returns the distance.
 */
export function convexDistance(core: Core, corners: Float64Array, out: Nearest, limitM = Infinity): number {
  let count = 0
  let vx = core.points[0]! - corners[0]!
  let vy = core.points[1]! - corners[1]!
  let vz = core.points[2]! - corners[2]!
  let squared = Infinity
  for (let step = 0; step < MAX_STEPS; step++) {
    towards[0] = -vx
    towards[1] = -vy
    towards[2] = -vz
    support(core, corners, count)
    const at = count * WIDTH
    const along = vx * simplex[at]! + vy * simplex[at + 1]! + vz * simplex[at + 2]!
    // v·w / |v| is a lower bound of the distance: once it meets |v|, nothing nearer exists.
    if (count > 0 && (squared - along <= TOLERANCE * squared + TOLERANCE_M * Math.sqrt(squared) || isInSimplex(count))) break
    if (along > 0 && along * along > limitM * limitM * squared && count > 0) return along / Math.sqrt(squared)
    count++
    count = reduce(count)
    vx = vy = vz = 0
    for (let i = 0; i < count; i++) {
      const weight = weights[i]!
      vx += weight * simplex[i * WIDTH]!
      vy += weight * simplex[i * WIDTH + 1]!
      vz += weight * simplex[i * WIDTH + 2]!
    }
    const next = squareOf(vx, vy, vz)
    if (count === 4 || next <= TOLERANCE_M * TOLERANCE_M) {
      squared = 0
      break
    }
    if (!(next < squared)) break
    squared = next
  }
  out.distanceM = Math.sqrt(squared)
  out.t = out.x = out.y = out.z = 0
  out.wayX = vx
  out.wayY = vy
  out.wayZ = vz
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!
    const at = i * WIDTH
    out.t += weight * simplex[at + 3]!
    out.x += weight * simplex[at + 4]!
    out.y += weight * simplex[at + 5]!
    out.z += weight * simplex[at + 6]!
  }
  return out.distanceM
}

/** Writes the farthest point of (piece − body) `towards` a direction into slot `slot`. */
function support(core: Core, corners: Float64Array, slot: number): void {
  const dx = towards[0]!
  const dy = towards[1]!
  const dz = towards[2]!
  let best = -Infinity
  let from = 0
  for (let i = 0; i < core.points.length; i += 4) {
    const value = core.points[i]! * dx + core.points[i + 1]! * dy + core.points[i + 2]! * dz
    if (value > best) {
      best = value
      from = i
    }
  }
  let least = Infinity
  let to = 0
  for (let i = 0; i < corners.length; i += 3) {
    const value = corners[i]! * dx + corners[i + 1]! * dy + corners[i + 2]! * dz
    if (value < least) {
      least = value
      to = i
    }
  }
  const flat = core.discM > 0 ? Math.sqrt(dx * dx + dy * dy) : 0
  const disc = flat > 0 ? core.discM / flat : 0
  const at = slot * WIDTH
  simplex[at] = core.points[from]! + disc * dx - corners[to]!
  simplex[at + 1] = core.points[from + 1]! + disc * dy - corners[to + 1]!
  simplex[at + 2] = core.points[from + 2]! - corners[to + 2]!
  simplex[at + 3] = core.points[from + 3]!
  simplex[at + 4] = corners[to]!
  simplex[at + 5] = corners[to + 1]!
  simplex[at + 6] = corners[to + 2]!
}

function isInSimplex(count: number): boolean {
  const last = count * WIDTH
  for (let i = 0; i < last; i += WIDTH) {
    if (simplex[i] === simplex[last] && simplex[i + 1] === simplex[last + 1] && simplex[i + 2] === simplex[last + 2]) return true
  }
  return false
}

/**
 * Keeps of the simplex only the points that carry its nearest point to zero, with their weights; 4 left means zero is
 * inside. The newest point is always one of them: the nearest point of the others was not the end.
 */
function reduce(count: number): number {
  const newest = count - 1
  noWeights()
  weights[newest] = 1
  const o = newest * WIDTH
  least[0] = simplex[o]! ** 2 + simplex[o + 1]! ** 2 + simplex[o + 2]! ** 2
  for (let i = 0; i < newest; i++) {
    tryEdge(newest, i)
    for (let j = i + 1; j < newest; j++) tryTriangle(newest, i, j)
  }
  if (count === 4) tryTetrahedron()
  let kept = 0
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!
    if (weight === 0) continue
    weights[kept] = weight
    if (kept !== i) for (let k = 0; k < WIDTH; k++) simplex[kept * WIDTH + k] = simplex[i * WIDTH + k]!
    kept++
  }
  return kept
}

function noWeights(): void {
  weights[0] = weights[1] = weights[2] = weights[3] = 0
}

/** Takes the foot of zero on the edge a–b, if it is inside the edge and nearer than `least`. */
function tryEdge(a: number, b: number): void {
  const p = a * WIDTH
  const q = b * WIDTH
  const ax = simplex[p]!
  const ay = simplex[p + 1]!
  const az = simplex[p + 2]!
  const ux = simplex[q]! - ax
  const uy = simplex[q + 1]! - ay
  const uz = simplex[q + 2]! - az
  const t = -(ux * ax + uy * ay + uz * az) / (ux * ux + uy * uy + uz * uz)
  if (!(t > 0 && t < 1)) return
  const squared = squareOf(ax + t * ux, ay + t * uy, az + t * uz)
  if (!(squared < least[0]!)) return
  least[0] = squared
  noWeights()
  weights[a] = 1 - t
  weights[b] = t
}

function tryTriangle(a: number, b: number, c: number): void {
  const p = a * WIDTH
  const q = b * WIDTH
  const r = c * WIDTH
  const ax = simplex[p]!
  const ay = simplex[p + 1]!
  const az = simplex[p + 2]!
  const ux = simplex[q]! - ax
  const uy = simplex[q + 1]! - ay
  const uz = simplex[q + 2]! - az
  const wx = simplex[r]! - ax
  const wy = simplex[r + 1]! - ay
  const wz = simplex[r + 2]! - az
  const uu = squareOf(ux, uy, uz)
  const ww = squareOf(wx, wy, wz)
  const uw = ux * wx + uy * wy + uz * wz
  const ua = -(ux * ax + uy * ay + uz * az)
  const wa = -(wx * ax + wy * ay + wz * az)
  const det = uu * ww - uw * uw
  const s = (ua * ww - wa * uw) / det
  const t = (wa * uu - ua * uw) / det
  if (!(s > 0 && t > 0 && s + t < 1)) return
  const squared = squareOf(ax + s * ux + t * wx, ay + s * uy + t * wy, az + s * uz + t * wz)
  if (!(squared < least[0]!)) return
  least[0] = squared
  noWeights()
  weights[a] = 1 - s - t
  weights[b] = s
  weights[c] = t
}

/** Takes zero itself, where it is inside the tetrahedron. */
function tryTetrahedron(): void {
  const ax = simplex[3 * WIDTH]!
  const ay = simplex[3 * WIDTH + 1]!
  const az = simplex[3 * WIDTH + 2]!
  const ux = simplex[0]! - ax
  const uy = simplex[1]! - ay
  const uz = simplex[2]! - az
  const wx = simplex[WIDTH]! - ax
  const wy = simplex[WIDTH + 1]! - ay
  const wz = simplex[WIDTH + 2]! - az
  const px = simplex[2 * WIDTH]! - ax
  const py = simplex[2 * WIDTH + 1]! - ay
  const pz = simplex[2 * WIDTH + 2]! - az
  const det = ux * (wy * pz - wz * py) - uy * (wx * pz - wz * px) + uz * (wx * py - wy * px)
  const r = -(ax * (wy * pz - wz * py) - ay * (wx * pz - wz * px) + az * (wx * py - wy * px)) / det
  const s = -(ux * (ay * pz - az * py) - uy * (ax * pz - az * px) + uz * (ax * py - ay * px)) / det
  const t = -(ux * (wy * az - wz * ay) - uy * (wx * az - wz * ax) + uz * (wx * ay - wy * ax)) / det
  if (!(r >= 0 && s >= 0 && t >= 0 && r + s + t <= 1)) return
  // A flat tetrahedron can claim anything: it holds zero only if its weights lead there.
  const missed = squareOf(ax + r * ux + s * wx + t * px, ay + r * uy + s * wy + t * py, az + r * uz + s * wz + t * pz)
  if (missed > MISS_M * MISS_M) return
  // All four are kept, also one that carries nothing: that zero is inside must show.
  weights[0] = Math.max(r, Number.MIN_VALUE)
  weights[1] = Math.max(s, Number.MIN_VALUE)
  weights[2] = Math.max(t, Number.MIN_VALUE)
  weights[3] = Math.max(1 - r - s - t, Number.MIN_VALUE)
}

const squareOf = (x: number, y: number, z: number): number => x * x + y * y + z * z
