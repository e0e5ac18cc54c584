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

/** What was found: the distance, the parameter on the axis and the point of the body where it is. */
export interface Nearest {
  distanceM: number
  t: number
  x: number
  y: number
  z: number
}

export const newNearest = (): Nearest => ({ distanceM: Infinity, t: 0, x: 0, y: 0, z: 0 })

/** Ends when the distance is known to this much, metres, or this share of itself. */
const TOLERANCE_M = 1e-10
const TOLERANCE = 1e-11
/** Rounding of a point that is zero by its weights. */
const MISS_M = 1e-9
/** Polytopes end within a few steps; the disc's rounding takes some more. */
const MAX_STEPS = 100

/** Points of each face of a simplex, by the bits of its number. */
const MEMBERS: readonly (readonly number[])[] = Array.from({ length: 16 }, (_, face) => [0, 1, 2, 3].filter(i => (face >> i) & 1))

/** Per simplex point: difference x y z, parameter t, body's point x y z. One thread, no nesting: one scratch is enough. */
const WIDTH = 7
const simplex = new Float64Array(4 * WIDTH)
const weights = new Float64Array(4)
const bestWeights = new Float64Array(4)
const keep = new Uint8Array(4)
const bestKeep = new Uint8Array(4)

/**
 * @param corners Body's corners [x, y, z, …].
 * @param out Receives the result; distance 0 where they meet.
 * @returns the distance.
 */
export function convexDistance(core: Core, corners: Float64Array, out: Nearest): number {
  let count = 0
  let [vx, vy, vz] = [core.points[0]! - corners[0]!, core.points[1]! - corners[1]!, core.points[2]! - corners[2]!]
  let squared = Infinity
  for (let step = 0; step < MAX_STEPS; step++) {
    support(core, corners, -vx, -vy, -vz, count)
    const at = count * WIDTH
    const along = vx * simplex[at]! + vy * simplex[at + 1]! + vz * simplex[at + 2]!
    // v·w / |v| is a lower bound of the distance: once it meets |v|, nothing nearer exists.
    if (count > 0 && (squared - along <= TOLERANCE * squared + TOLERANCE_M * Math.sqrt(squared) || isInSimplex(count))) break
    count++
    count = reduce(count)
    ;[vx, vy, vz] = combined(count)
    const next = vx * vx + vy * vy + vz * vz
    if (count === 4 || next <= TOLERANCE_M * TOLERANCE_M) {
      squared = 0
      break
    }
    if (!(next < squared)) break
    squared = next
  }
  out.distanceM = Math.sqrt(squared)
  ;[out.t, out.x, out.y, out.z] = [0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const [weight, at] = [weights[i]!, i * WIDTH]
    out.t += weight * simplex[at + 3]!
    out.x += weight * simplex[at + 4]!
    out.y += weight * simplex[at + 5]!
    out.z += weight * simplex[at + 6]!
  }
  return out.distanceM
}

/** Writes the farthest point of (piece − body) in a direction into slot `slot`. */
function support(core: Core, corners: Float64Array, dx: number, dy: number, dz: number, slot: number): void {
  let [best, from] = [-Infinity, 0]
  for (let i = 0; i < core.points.length; i += 4) {
    const value = core.points[i]! * dx + core.points[i + 1]! * dy + core.points[i + 2]! * dz
    if (value > best) [best, from] = [value, i]
  }
  let [least, to] = [Infinity, 0]
  for (let i = 0; i < corners.length; i += 3) {
    const value = corners[i]! * dx + corners[i + 1]! * dy + corners[i + 2]! * dz
    if (value < least) [least, to] = [value, i]
  }
  const flat = Math.hypot(dx, dy)
  const disc = core.discM > 0 && flat > 0 ? core.discM / flat : 0
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

function combined(count: number): [number, number, number] {
  let [x, y, z] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    x += weights[i]! * simplex[i * WIDTH]!
    y += weights[i]! * simplex[i * WIDTH + 1]!
    z += weights[i]! * simplex[i * WIDTH + 2]!
  }
  return [x, y, z]
}

/** Keeps of the simplex only the points that carry its nearest point to zero, with their weights; 4 left means zero is inside. */
function reduce(count: number): number {
  let least = Infinity
  const full = (1 << count) - 1
  // At most 15 faces: trying each and keeping the best is as fast as walking regions, and never takes a wrong turn.
  for (let face = 1; face <= full; face++) {
    const squared = faceDistance(face, count)
    if (squared < least) {
      least = squared
      bestWeights.set(weights)
      bestKeep.set(keep)
    }
  }
  let kept = 0
  for (let i = 0; i < count; i++) {
    if (bestKeep[i] === 0) continue
    weights[kept] = bestWeights[i]!
    if (kept !== i) simplex.copyWithin(kept * WIDTH, i * WIDTH, (i + 1) * WIDTH)
    kept++
  }
  return kept
}

/** Squared distance of zero to the plane, line or point of a face, Infinity where its foot is outside the face. Sets `weights`, `keep`. */
function faceDistance(face: number, count: number): number {
  for (let i = 0; i < count; i++) {
    keep[i] = (face >> i) & 1
    weights[i] = 0
  }
  const [a, b, c, d] = MEMBERS[face]!
  const o = a! * WIDTH
  const [ax, ay, az] = [simplex[o]!, simplex[o + 1]!, simplex[o + 2]!]
  if (b === undefined) {
    weights[a!] = 1
    return ax * ax + ay * ay + az * az
  }
  const edge = (k: number, axis: number) => simplex[k * WIDTH + axis]! - simplex[o + axis]!
  const [ux, uy, uz] = [edge(b, 0), edge(b, 1), edge(b, 2)]
  const uu = ux * ux + uy * uy + uz * uz
  const ua = -(ux * ax + uy * ay + uz * az)
  if (c === undefined) {
    const t = ua / uu
    if (!(t > 0 && t < 1)) return Infinity
    weights[a!] = 1 - t
    weights[b] = t
  } else {
    const [wx, wy, wz] = [edge(c, 0), edge(c, 1), edge(c, 2)]
    if (d === undefined) {
      const [ww, uw, wa] = [wx * wx + wy * wy + wz * wz, ux * wx + uy * wy + uz * wz, -(wx * ax + wy * ay + wz * az)]
      const det = uu * ww - uw * uw
      const [s, t] = [(ua * ww - wa * uw) / det, (wa * uu - ua * uw) / det]
      if (!(s > 0 && t > 0 && s + t < 1)) return Infinity
      weights[a!] = 1 - s - t
      weights[b] = s
      weights[c] = t
    } else {
      const [px, py, pz] = [edge(d, 0), edge(d, 1), edge(d, 2)]
      const det = ux * (wy * pz - wz * py) - uy * (wx * pz - wz * px) + uz * (wx * py - wy * px)
      const r = -(ax * (wy * pz - wz * py) - ay * (wx * pz - wz * px) + az * (wx * py - wy * px)) / det
      const s = -(ux * (ay * pz - az * py) - uy * (ax * pz - az * px) + uz * (ax * py - ay * px)) / det
      const t = -(ux * (wy * az - wz * ay) - uy * (wx * az - wz * ax) + uz * (wx * ay - wy * ax)) / det
      if (!(r >= 0 && s >= 0 && t >= 0 && r + s + t <= 1)) return Infinity
      weights[a!] = 1 - r - s - t
      weights[b] = r
      weights[c] = s
      weights[d] = t
      // A flat tetrahedron can claim anything: it holds zero only if its weights lead there.
      const [x, y, z] = combined(count)
      const missed = x * x + y * y + z * z
      return missed <= MISS_M * MISS_M ? 0 : Infinity
    }
  }
  const [x, y, z] = combined(count)
  return x * x + y * y + z * z
}
