import type { AxisFrames } from './axis-frames.ts'
import type { MeshBuffer } from './mesh-buffer.ts'

/**
 * The far form of an asset: two vertices per axis vertex, both on the axis, with the tangent and the side (w = ±1);
 * the vertex shader turns the strip to the camera, gives it its true width (at least a pixel or so) and shades it as
 * a cylinder. Two triangles a segment.
 */
export function addRibbon(
  mesh: MeshBuffer, frames: AxisFrames, first: number, last: number, item: number, origin: readonly [number, number, number],
): void {
  if (last <= first) return
  const { points, direction: d, count } = frames
  let previous = -1
  for (let i = first; i <= last; i++) {
    const [a, b] = [3 * Math.max(0, i - 1), 3 * Math.min(count - 2, i)]
    const [tx, ty, tz] = [d[a]! + d[b]!, d[a + 1]! + d[b + 1]!, d[a + 2]! + d[b + 2]!]
    const length = Math.hypot(tx, ty, tz)
    // A line that turns straight back has no mean direction: keep the one it came with.
    const [x, y, z] = length > 1e-6 ? [tx / length, ty / length, tz / length] : [d[a]!, d[a + 1]!, d[a + 2]!]
    const [px, py, pz] = [points[3 * i]! - origin[0], points[3 * i + 1]! - origin[1], points[3 * i + 2]! - origin[2]]
    const left = mesh.vertex(px, py, pz, x, y, z, 1, item)
    mesh.vertex(px, py, pz, x, y, z, -1, item)
    if (previous >= 0) {
      mesh.triangle(previous, previous + 1, left + 1)
      mesh.triangle(previous, left + 1, left)
    }
    previous = left
  }
}
