/**
 * Directions and cross-section frames along an axis, carried from segment to segment by the smallest turn, so that a
 * tube's rings meet without twist or gap. Any units; right-handed: u × v = direction.
 */
export interface AxisFrames {
  /** Vertices without repeated points, [x, y, z, …]. */
  readonly points: Float64Array
  /** Vertex count; segments are one fewer. */
  readonly count: number
  /** Per segment. */
  readonly direction: Float64Array
  readonly u: Float64Array
  readonly v: Float64Array
  readonly lengthM: Float64Array
  /** For each vertex of the input, the vertex it became. */
  readonly vertexOf: Uint32Array
}

/** Points nearer than this are the same vertex: no direction can be told from them. */
const SAME_POINT_M = 1e-6

/** Frames for the vertices from … to − 1 of an [x, y, z, …] array. */
export function axisFrames(xyz: ArrayLike<number>, from: number, to: number): AxisFrames {
  const points = new Float64Array(3 * (to - from))
  const vertexOf = new Uint32Array(to - from)
  let count = 0
  for (let i = from; i < to; i++) {
    const [x, y, z] = [xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]!]
    const last = 3 * (count - 1)
    if (count === 0 || Math.hypot(x - points[last]!, y - points[last + 1]!, z - points[last + 2]!) > SAME_POINT_M) {
      points.set([x, y, z], 3 * count++)
    }
    vertexOf[i - from] = count - 1
  }
  const segments = Math.max(0, count - 1)
  const direction = new Float64Array(3 * segments)
  const u = new Float64Array(3 * segments)
  const v = new Float64Array(3 * segments)
  const lengthM = new Float64Array(segments)
  for (let k = 0; k < segments; k++) {
    const s = 3 * k
    const [dx, dy, dz] = [points[s + 3]! - points[s]!, points[s + 4]! - points[s + 1]!, points[s + 5]! - points[s + 2]!]
    const length = Math.hypot(dx, dy, dz)
    lengthM[k] = length
    direction[s] = dx / length
    direction[s + 1] = dy / length
    direction[s + 2] = dz / length
    if (k === 0) startFrame(direction, u)
    else carryFrame(direction, u, s)
    v[s] = direction[s + 1]! * u[s + 2]! - direction[s + 2]! * u[s + 1]!
    v[s + 1] = direction[s + 2]! * u[s]! - direction[s]! * u[s + 2]!
    v[s + 2] = direction[s]! * u[s + 1]! - direction[s + 1]! * u[s]!
  }
  return { points, count, direction, u, v, lengthM, vertexOf }
}

/** First frame: u level where the segment is not vertical. */
function startFrame(direction: Float64Array, u: Float64Array): void {
  const [dx, dy] = [direction[0]!, direction[1]!]
  const level = Math.hypot(dx, dy)
  if (level > 1e-6) u.set([-dy / level, dx / level, 0])
  else u.set([1, 0, 0])
}

/** Turns the previous u by the smallest rotation from the previous direction to this one (Rodrigues). */
function carryFrame(direction: Float64Array, u: Float64Array, s: number): void {
  const [ax, ay, az] = [direction[s - 3]!, direction[s - 2]!, direction[s - 1]!]
  const [bx, by, bz] = [direction[s]!, direction[s + 1]!, direction[s + 2]!]
  const [ux, uy, uz] = [u[s - 3]!, u[s - 2]!, u[s - 1]!]
  const [cx, cy, cz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
  const cos = ax * bx + ay * by + az * bz
  // Straight back: any half turn about u keeps it square to the new direction.
  let [x, y, z] = [ux, uy, uz]
  if (cos > -1 + 1e-9) {
    const k = (cx * ux + cy * uy + cz * uz) / (1 + cos)
    x = ux * cos + (cy * uz - cz * uy) + cx * k
    y = uy * cos + (cz * ux - cx * uz) + cy * k
    z = uz * cos + (cx * uy - cy * ux) + cz * k
  }
  // Square up, so that rounding does not build up over thousands of segments.
  const along = x * bx + y * by + z * bz
  x -= along * bx
  y -= along * by
  z -= along * bz
  const length = Math.hypot(x, y, z) || 1
  u[s] = x / length
  u[s + 1] = y / length
  u[s + 2] = z / length
}
