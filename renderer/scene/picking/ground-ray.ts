import type { Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface, GroundSurface, TinSurface } from '#shared/twin/ground.ts'
import { along, type Ray } from '../camera/pose.ts'
import { clipRay, walkCells } from './ray-cells.ts'

/** First point where a ray meets the ground (from above or below), null where it does not. Local frame. */
export type GroundRay = (ray: Ray) => Vec3 | null

export function groundRay(surface: GroundSurface): GroundRay {
  return surface.type === 'grid' ? gridRay(surface) : tinRay(surface)
}

/** Between cell centres the ground is bilinear: along a ray its height difference is a quadratic, solved exactly. */
function gridRay(grid: GridSurface): GroundRay {
  const { cols, rows, cellSizeM, x0, y0, z } = grid
  const patches = { cellM: cellSizeM, cols: cols - 1, rows: rows - 1, minX: x0, minY: y0 }
  if (patches.cols < 1 || patches.rows < 1) return () => null
  let [low, high] = [Infinity, -Infinity]
  for (const level of z) {
    if (level < low) low = level
    if (level > high) high = level
  }
  return ray => {
    const span = clipRay(ray, [x0, y0, low - 1e-6], [x0 + patches.cols * cellSizeM, y0 + patches.rows * cellSizeM, high + 1e-6])
    if (!span) return null
    let found: number | null = null
    walkCells(patches, ray, span[0], span[1], (cell, enter, leave) => {
      const [col, row] = [cell % patches.cols, Math.floor(cell / patches.cols)]
      const i = row * cols + col
      const [z00, z10, z01, z11] = [z[i]!, z[i + 1]!, z[i + cols]!, z[i + cols + 1]!]
      const twist = z00 - z10 - z01 + z11
      if (Number.isNaN(twist)) return true
      const [u0, v0] = [(ray.origin[0] - x0) / cellSizeM - col, (ray.origin[1] - y0) / cellSizeM - row]
      const [du, dv] = [ray.direction[0] / cellSizeM, ray.direction[1] / cellSizeM]
      const a = -twist * du * dv
      const b = ray.direction[2] - (z10 - z00) * du - (z01 - z00) * dv - twist * (u0 * dv + v0 * du)
      const c = ray.origin[2] - z00 - (z10 - z00) * u0 - (z01 - z00) * v0 - twist * u0 * v0
      found = firstRoot(a, b, c, enter, leave)
      return found === null
    })
    return found === null ? null : along(ray.origin, ray.direction, found)
  }
}

/** Smallest root of a·t² + b·t + c in [from, to], with a hair of slack at the ends so that seams do not leak. */
function firstRoot(a: number, b: number, c: number, from: number, to: number): number | null {
  const slack = 1e-9 * (1 + Math.abs(to))
  const inside = (t: number) => t >= from - slack && t <= to + slack
  const root = b * b - 4 * a * c
  if (root < 0) return null
  // The stable form: no difference of nearly equal numbers.
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(root))
  const roots = [q === 0 ? NaN : c / q, a === 0 ? NaN : q / a].filter(inside).sort((x, y) => x - y)
  return roots[0] ?? null
}

function tinRay(tin: TinSurface): GroundRay {
  const { xyz, faces } = tin
  const count = faces.length / 3
  if (count === 0) return () => null
  const low: [number, number, number] = [Infinity, Infinity, Infinity]
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < xyz.length; i++) {
    const c = i % 3
    low[c] = Math.min(low[c]!, xyz[i]!)
    high[c] = Math.max(high[c]!, xyz[i]!)
  }
  const side = Math.max(1, Math.min(1024, Math.ceil(Math.sqrt(count / 2))))
  const cellM = Math.max(high[0] - low[0], high[1] - low[1], 1e-6) / side
  const cells = { cellM, cols: Math.floor((high[0] - low[0]) / cellM) + 1, rows: Math.floor((high[1] - low[1]) / cellM) + 1, minX: low[0], minY: low[1] }
  const buckets = new Map<number, number[]>()
  for (let f = 0; f < count; f++) {
    const corners = [0, 1, 2].map(k => 3 * faces[3 * f + k]!)
    const [c0, c1] = [0, 1].map(s => Math.floor(((s ? Math.max : Math.min)(...corners.map(p => xyz[p]!)) - low[0]) / cellM)) as [number, number]
    const [r0, r1] = [0, 1].map(s => Math.floor(((s ? Math.max : Math.min)(...corners.map(p => xyz[p + 1]!)) - low[1]) / cellM)) as [number, number]
    for (let r = r0; r <= r1; r++) {
      for (let c = c0; c <= c1; c++) {
        const key = r * cells.cols + c
        const bucket = buckets.get(key)
        if (bucket) bucket.push(f)
        else buckets.set(key, [f])
      }
    }
  }
  return ray => {
    const span = clipRay(ray, low, high)
    if (!span) return null
    let nearest = Infinity
    walkCells(cells, ray, span[0], span[1], (cell, _enter, leave) => {
      for (const f of buckets.get(cell) ?? []) nearest = Math.min(nearest, rayTriangle(ray, xyz, 3 * faces[3 * f]!, 3 * faces[3 * f + 1]!, 3 * faces[3 * f + 2]!))
      return nearest > leave
    })
    return nearest === Infinity ? null : along(ray.origin, ray.direction, nearest)
  }
}

/** Möller & Trumbore, both sides; Infinity where missed. */
function rayTriangle(ray: Ray, xyz: Float64Array, a: number, b: number, c: number): number {
  const [ux, uy, uz] = [xyz[b]! - xyz[a]!, xyz[b + 1]! - xyz[a + 1]!, xyz[b + 2]! - xyz[a + 2]!]
  const [vx, vy, vz] = [xyz[c]! - xyz[a]!, xyz[c + 1]! - xyz[a + 1]!, xyz[c + 2]! - xyz[a + 2]!]
  const [dx, dy, dz] = ray.direction
  const [px, py, pz] = [dy * vz - dz * vy, dz * vx - dx * vz, dx * vy - dy * vx]
  const determinant = ux * px + uy * py + uz * pz
  if (determinant === 0) return Infinity
  const [tx, ty, tz] = [ray.origin[0] - xyz[a]!, ray.origin[1] - xyz[a + 1]!, ray.origin[2] - xyz[a + 2]!]
  const u = (tx * px + ty * py + tz * pz) / determinant
  const [qx, qy, qz] = [ty * uz - tz * uy, tz * ux - tx * uz, tx * uy - ty * ux]
  const v = (dx * qx + dy * qy + dz * qz) / determinant
  const t = (vx * qx + vy * qy + vz * qz) / determinant
  return u >= -1e-9 && v >= -1e-9 && u + v <= 1 + 1e-9 && t >= 0 ? t : Infinity
}
