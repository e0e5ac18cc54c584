import { axisFrames } from './axis-frames.ts'
import type { MeshBuffer } from './mesh-buffer.ts'
import { tubeSides } from './tube.ts'

type Point = readonly [number, number, number]

/** A closed cone cut off square: reducers of pipes, necks of manholes. Radii in metres; nothing where its ends are one point. @param origin Subtracted from every vertex. */
export function addFrustum(mesh: MeshBuffer, from: Point, to: Point, fromRadiusM: number, toRadiusM: number, item: number, origin: Point): void {
  const { count, direction: d, u, v, lengthM } = axisFrames([...from, ...to], 0, 2)
  if (count < 2) return
  const sides = tubeSides(Math.max(fromRadiusM, toRadiusM))
  // Normals lean towards the narrow end.
  const lean = (fromRadiusM - toRadiusM) / lengthM[0]!
  const scale = 1 / Math.hypot(1, lean)
  const ring = (at: Point, radiusM: number, normalOf: (out: Point) => Point): number => {
    const start = mesh.vertexCount
    for (let j = 0; j < sides; j++) {
      const angle = (2 * Math.PI * j) / sides
      const out = [0, 1, 2].map(c => Math.cos(angle) * u[c]! + Math.sin(angle) * v[c]!) as unknown as Point
      const [nx, ny, nz] = normalOf(out)
      mesh.vertex(at[0] + radiusM * out[0] - origin[0], at[1] + radiusM * out[1] - origin[1], at[2] + radiusM * out[2] - origin[2], nx, ny, nz, 0, item)
    }
    return start
  }
  const sloped = (out: Point): Point => [scale * (out[0] + lean * d[0]!), scale * (out[1] + lean * d[1]!), scale * (out[2] + lean * d[2]!)]
  const [low, high] = [ring(from, fromRadiusM, sloped), ring(to, toRadiusM, sloped)]
  const capOf = (at: Point, radiusM: number, facing: 1 | -1): number => ring(at, radiusM, () => [facing * d[0]!, facing * d[1]!, facing * d[2]!])
  const [bottom, top] = [capOf(from, fromRadiusM, -1), capOf(to, toRadiusM, 1)]
  for (let j = 0; j < sides; j++) {
    const k = (j + 1) % sides
    mesh.triangle(low + j, low + k, high + k)
    mesh.triangle(low + j, high + k, high + j)
    if (j === 0 || k === 0) continue
    mesh.triangle(bottom, bottom + k, bottom + j)
    mesh.triangle(top, top + j, top + k)
  }
}
