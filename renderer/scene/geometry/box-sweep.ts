import type { AxisFrames } from './axis-frames.ts'
import type { MeshBuffer } from './mesh-buffer.ts'

type Origin = readonly [number, number, number]

/** Below this plan share of its length a segment counts as a riser, drawn as an upright shaft. */
const RISER_PLAN_SHARE = 1e-3
/** Largest lengthening of a corner in plan; sharper bends stay cut. */
const CORNER_LIMIT = 1.8

/**
 * A rectangular section swept along the vertices first … last: level across, upright, mitred in plan
 * (duct banks, culverts, rectangular tunnels). Rings are shared between segments; ends of the axis are closed.
 */
export function addBoxSweep(
  mesh: MeshBuffer, frames: AxisFrames, first: number, last: number, halfWidthM: number, halfHeightM: number, item: number, origin: Origin,
): void {
  if (last <= first) return
  let previous = -1
  for (let i = first; i <= last; i++) {
    const inRiser = i > first && isRiser(frames, i - 1)
    const outRiser = i < last && isRiser(frames, i)
    // Where a run turns into a riser the section changes its attitude: close one and begin the other.
    if (i > first) {
      const ring = inRiser ? addShaftRing(mesh, frames, i, i - 1, halfWidthM, halfHeightM, item, origin)
        : addSectionRing(mesh, frames, i, outRiser, halfWidthM, halfHeightM, item, origin)
      stitch(mesh, previous, ring)
      if (i === frames.count - 1 || inRiser || outRiser) cap(mesh, ring, directionOf(frames, i - 1), 1, item)
      previous = ring
    }
    if (i < last && (i === first || inRiser || outRiser)) {
      previous = outRiser ? addShaftRing(mesh, frames, i, i, halfWidthM, halfHeightM, item, origin)
        : addSectionRing(mesh, frames, i, inRiser, halfWidthM, halfHeightM, item, origin)
      if (i === 0 || inRiser || outRiser) cap(mesh, previous, directionOf(frames, i), -1, item)
    }
  }
}

const directionOf = (frames: AxisFrames, k: number): [number, number, number] => [frames.direction[3 * k]!, frames.direction[3 * k + 1]!, frames.direction[3 * k + 2]!]

const isRiser = (frames: AxisFrames, k: number): boolean =>
  Math.hypot(frames.direction[3 * k]!, frames.direction[3 * k + 1]!) < RISER_PLAN_SHARE

/** Level unit vector to the left of segment k. */
function leftOf(frames: AxisFrames, k: number): [number, number] {
  const [dx, dy] = [frames.direction[3 * k]!, frames.direction[3 * k + 1]!]
  const level = Math.hypot(dx, dy)
  return [-dy / level, dx / level]
}

/** Eight vertices, two per face: left, bottom, right, top, in the turning sense of u × v = direction. */
function addSectionRing(
  mesh: MeshBuffer, frames: AxisFrames, i: number, ownSideOnly: boolean, halfWidthM: number, halfHeightM: number, item: number, origin: Origin,
): number {
  const before = i > 0 && !isRiser(frames, i - 1) ? i - 1 : i
  const after = i < frames.count - 1 && !isRiser(frames, i) ? i : before
  const start = ownSideOnly ? after : before
  const [lx, ly] = leftOf(frames, start)
  let [sx, sy, reach] = [lx, ly, 1]
  if (!ownSideOnly && before !== after) {
    const [mx, my] = leftOf(frames, after)
    const length = Math.hypot(lx + mx, ly + my)
    if (length > 1e-9) {
      ;[sx, sy] = [(lx + mx) / length, (ly + my) / length]
      reach = Math.min(CORNER_LIMIT, 2 / length)
    }
  }
  const w = halfWidthM * reach
  return addCorners(mesh, frames, i, [w * sx, w * sy, 0], [0, 0, halfHeightM], item, origin)
}

/** An upright shaft: square in plan, of the section's width, reaching half a height beyond its ends. */
function addShaftRing(
  mesh: MeshBuffer, frames: AxisFrames, i: number, k: number, halfWidthM: number, halfHeightM: number, item: number, origin: Origin,
): number {
  const up = Math.sign(frames.direction[3 * k + 2]!)
  const outward = i === k ? -up : up
  const shifted: Origin = [origin[0], origin[1], origin[2] - outward * halfHeightM]
  const s = 3 * k
  return addCorners(
    mesh, frames, i, [halfWidthM * frames.u[s]!, halfWidthM * frames.u[s + 1]!, 0], [halfWidthM * frames.v[s]!, halfWidthM * frames.v[s + 1]!, 0], item, shifted,
  )
}

/** Corners of the parallelogram ±across ±other, two vertices per face with the face's normal. */
function addCorners(
  mesh: MeshBuffer, frames: AxisFrames, i: number, across: readonly [number, number, number], other: readonly [number, number, number], item: number, origin: Origin,
): number {
  const [cx, cy, cz] = [frames.points[3 * i]! - origin[0], frames.points[3 * i + 1]! - origin[1], frames.points[3 * i + 2]! - origin[2]]
  const [aLength, oLength] = [Math.hypot(...across), Math.hypot(...other)]
  const start = mesh.vertexCount
  // Around the section: (a, o) = (+,−)(+,+) | (+,+)(−,+) | (−,+)(−,−) | (−,−)(+,−), face by face.
  const faces = [[1, -1, 1, 1, 1, 0], [1, 1, -1, 1, 0, 1], [-1, 1, -1, -1, -1, 0], [-1, -1, 1, -1, 0, -1]] as const
  for (const [a0, o0, a1, o1, na, no] of faces) {
    const [nx, ny, nz] = [0, 1, 2].map(c => (na * across[c]!) / aLength + (no * other[c]!) / oLength) as [number, number, number]
    mesh.vertex(cx + a0 * across[0] + o0 * other[0], cy + a0 * across[1] + o0 * other[1], cz + a0 * across[2] + o0 * other[2], nx, ny, nz, 0, item)
    mesh.vertex(cx + a1 * across[0] + o1 * other[0], cy + a1 * across[1] + o1 * other[1], cz + a1 * across[2] + o1 * other[2], nx, ny, nz, 0, item)
  }
  return start
}

function stitch(mesh: MeshBuffer, from: number, to: number): void {
  for (let face = 0; face < 4; face++) {
    const j = 2 * face
    mesh.triangle(from + j, from + j + 1, to + j + 1)
    mesh.triangle(from + j, to + j + 1, to + j)
  }
}

function cap(mesh: MeshBuffer, ring: number, direction: readonly [number, number, number], facing: 1 | -1, item: number): void {
  const corners = [0, 1, 2, 3].map(face => mesh.copyVertex(ring + 2 * face, facing * direction[0], facing * direction[1], facing * direction[2], item))
  const [a, b, c, d] = corners as [number, number, number, number]
  if (facing === 1) {
    mesh.triangle(a, b, c)
    mesh.triangle(a, c, d)
  } else {
    mesh.triangle(a, c, b)
    mesh.triangle(a, d, c)
  }
}
