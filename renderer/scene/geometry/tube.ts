import type { AxisFrames } from './axis-frames.ts'
import type { MeshBuffer } from './mesh-buffer.ts'

/** Joints that turn more than this are bevelled: a mitre there would reach too far out. */
const MITRE_LIMIT_COS_HALF = Math.cos((50 * Math.PI) / 180)

/** Sides of a tube by its outer radius: enough that its outline reads round at the distance tubes are drawn at. */
export const tubeSides = (radiusM: number): number => (radiusM < 0.15 ? 6 : radiusM < 0.45 ? 8 : radiusM < 1.2 ? 12 : 20)

/**
 * A tube of true outer radius along the vertices first … last of an axis. Neighbouring segments share the ring at
 * their joint (in the bisector plane), so there are no gaps; a piece that stops inside the axis ends in the very ring
 * the next piece begins with. Ends of the axis are closed.
 * @param frames Of the whole axis. @param origin Subtracted from every vertex.
 */
export function addTube(
  mesh: MeshBuffer, frames: AxisFrames, first: number, last: number, radiusM: number, item: number, origin: readonly [number, number, number],
): void {
  if (last <= first) return
  const sides = tubeSides(radiusM)
  let previous = -1
  for (let i = first; i <= last; i++) {
    const before = i - 1
    const after = i
    const sharp = i > 0 && i < frames.count - 1 && !canMitre(frames, i, radiusM)
    if (sharp) {
      // Two rings, square to each side, joined by a bevel: closed outside, folded inside where nobody sees it.
      if (i > first) {
        const end = addRing(mesh, frames, i, before, before, radiusM, sides, item, origin)
        stitch(mesh, previous, end, sides)
        previous = end
      }
      const start = addRing(mesh, frames, i, after, after, radiusM, sides, item, origin)
      if (i > first && i < last) stitch(mesh, previous, start, sides)
      previous = start
      continue
    }
    const ring = addRing(mesh, frames, i, i > 0 ? before : after, i < frames.count - 1 ? after : before, radiusM, sides, item, origin)
    if (i > first) stitch(mesh, previous, ring, sides)
    previous = ring
  }
  if (first === 0) addCap(mesh, frames, 0, 0, -1, radiusM, sides, item, origin)
  if (last === frames.count - 1) addCap(mesh, frames, last, last - 1, 1, radiusM, sides, item, origin)
}

function canMitre(frames: AxisFrames, i: number, radiusM: number): boolean {
  const [p, n] = [3 * (i - 1), 3 * i]
  const d = frames.direction
  const cos = d[p]! * d[n]! + d[p + 1]! * d[n + 1]! + d[p + 2]! * d[n + 2]!
  const cosHalf = Math.sqrt(Math.max(0, (1 + cos) / 2))
  if (cosHalf < MITRE_LIMIT_COS_HALF) return false
  const reach = radiusM * Math.sqrt(Math.max(0, 1 - cosHalf * cosHalf)) / cosHalf
  return reach < 0.9 * Math.min(frames.lengthM[i - 1]!, frames.lengthM[i]!)
}

/** Ring at vertex i between segments p and n (equal at ends and bevels); gives its first vertex. */
function addRing(
  mesh: MeshBuffer, frames: AxisFrames, i: number, p: number, n: number, radiusM: number, sides: number, item: number,
  origin: readonly [number, number, number],
): number {
  const { points, direction: d, u, v } = frames
  const [a, b] = [3 * p, 3 * n]
  let [bx, by, bz] = [d[a]! + d[b]!, d[a + 1]! + d[b + 1]!, d[a + 2]! + d[b + 2]!]
  const length = Math.hypot(bx, by, bz)
  bx /= length
  by /= length
  bz /= length
  const alongBisector = d[a]! * bx + d[a + 1]! * by + d[a + 2]! * bz
  const [cx, cy, cz] = [points[3 * i]! - origin[0], points[3 * i + 1]! - origin[1], points[3 * i + 2]! - origin[2]]
  const start = mesh.vertexCount
  for (let j = 0; j < sides; j++) {
    const angle = (2 * Math.PI * j) / sides
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const [ox, oy, oz] = [cos * u[a]! + sin * v[a]!, cos * u[a + 1]! + sin * v[a + 1]!, cos * u[a + 2]! + sin * v[a + 2]!]
    const slide = (ox * bx + oy * by + oz * bz) / alongBisector
    let [nx, ny, nz] = [ox, oy, oz]
    if (p !== n) {
      nx += cos * u[b]! + sin * v[b]!
      ny += cos * u[b + 1]! + sin * v[b + 1]!
      nz += cos * u[b + 2]! + sin * v[b + 2]!
      const size = Math.hypot(nx, ny, nz)
      nx /= size
      ny /= size
      nz /= size
    }
    mesh.vertex(
      cx + radiusM * (ox - slide * d[a]!), cy + radiusM * (oy - slide * d[a + 1]!), cz + radiusM * (oz - slide * d[a + 2]!), nx, ny, nz, 0, item,
    )
  }
  return start
}

function stitch(mesh: MeshBuffer, from: number, to: number, sides: number): void {
  for (let j = 0; j < sides; j++) {
    const k = (j + 1) % sides
    mesh.triangle(from + j, from + k, to + k)
    mesh.triangle(from + j, to + k, to + j)
  }
}

/** Flat end; `facing` −1 closes the start, +1 the end. */
function addCap(
  mesh: MeshBuffer, frames: AxisFrames, i: number, k: number, facing: 1 | -1, radiusM: number, sides: number, item: number,
  origin: readonly [number, number, number],
): void {
  const { points, direction: d, u, v } = frames
  const s = 3 * k
  const [nx, ny, nz] = [facing * d[s]!, facing * d[s + 1]!, facing * d[s + 2]!]
  const [cx, cy, cz] = [points[3 * i]! - origin[0], points[3 * i + 1]! - origin[1], points[3 * i + 2]! - origin[2]]
  const centre = mesh.vertex(cx, cy, cz, nx, ny, nz, 0, item)
  for (let j = 0; j < sides; j++) {
    const angle = (2 * Math.PI * j) / sides
    const [cos, sin] = [radiusM * Math.cos(angle), radiusM * Math.sin(angle)]
    mesh.vertex(cx + cos * u[s]! + sin * v[s]!, cy + cos * u[s + 1]! + sin * v[s + 1]!, cz + cos * u[s + 2]! + sin * v[s + 2]!, nx, ny, nz, 0, item)
  }
  for (let j = 0; j < sides; j++) {
    const [a, b] = [centre + 1 + j, centre + 1 + ((j + 1) % sides)]
    if (facing === 1) mesh.triangle(centre, a, b)
    else mesh.triangle(centre, b, a)
  }
}
