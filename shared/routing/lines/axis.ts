import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'

/** The same axis with further vertices at these chainages; none nearer than a millimetre to another. */
export function withVerticesAt(axis: readonly Vec3[], wanted: readonly number[]): Vec3[] {
  const chainages = chainagesOf(axis)
  const sorted = [...wanted].sort((a, b) => a - b)
  const dense: Vec3[] = [axis[0]!]
  let k = 0
  for (let i = 1; i < axis.length; i++) {
    let last = chainages[i - 1]!
    for (; k < sorted.length && sorted[k]! < chainages[i]! - 1e-3; k++) {
      if (sorted[k]! < last + 1e-3) continue
      last = sorted[k]!
      dense.push(between(axis[i - 1]!, axis[i]!, (last - chainages[i - 1]!) / (chainages[i]! - chainages[i - 1]!)))
    }
    dense.push(axis[i]!)
  }
  return dense
}

/** Vertices that lie on the straight line between their neighbours, in space, are left out. */
export function withoutIdleVertices(axis: readonly Vec3[]): Vec3[] {
  const kept: Vec3[] = [axis[0]!]
  for (let i = 1; i < axis.length - 1; i++) {
    const [a, p, b] = [kept.at(-1)!, axis[i]!, axis[i + 1]!]
    const [u, v] = [minus(b, a), minus(p, a)]
    const length = Math.hypot(...u)
    const share = length > 0 ? (u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) / (length * length) : 0
    if (share <= 0 || share >= 1 || distance(p, between(a, b, share)) > 1e-7) kept.push(p)
  }
  kept.push(axis.at(-1)!)
  return kept
}

export const between = (a: Vec3, b: Vec3, x: number): Vec3 => [a[0] + x * (b[0] - a[0]), a[1] + x * (b[1] - a[1]), a[2] + x * (b[2] - a[2])]
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const plus = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** Length in space. */
export const lengthOf = (axis: readonly Vec3[]): number => axis.slice(1).reduce((sum, point, i) => sum + distance(axis[i]!, point), 0)

/** Whether a point lies nearer than so much to an axis, in plan. */
export function isBeside(axis: readonly Vec3[], x: number, y: number, withinM: number): boolean {
  for (let i = 1; i < axis.length; i++) {
    const [p, q] = [axis[i - 1]!, axis[i]!]
    const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
    const square = dx * dx + dy * dy
    const share = square > 0 ? Math.min(1, Math.max(0, ((x - p[0]) * dx + (y - p[1]) * dy) / square)) : 0
    if (Math.hypot(x - p[0] - share * dx, y - p[1] - share * dy) < withinM) return true
  }
  return false
}

/** Distance of a point from an axis in space, metres. */
export function spaceOff(axis: readonly Vec3[], point: Vec3): number {
  let least = Infinity
  for (let i = 1; i < axis.length; i++) {
    const [d, v] = [minus(axis[i]!, axis[i - 1]!), minus(point, axis[i - 1]!)]
    const square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
    const share = square > 0 ? Math.min(1, Math.max(0, (d[0] * v[0] + d[1] * v[1] + d[2] * v[2]) / square)) : 0
    least = Math.min(least, distance(point, between(axis[i - 1]!, axis[i]!, share)))
  }
  return least
}

/** Change of direction at b in space, radians. */
export function turnInSpace(a: Vec3, b: Vec3, c: Vec3): number {
  const [u, v] = [minus(b, a), minus(c, b)]
  const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
  return Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
}

/** Part of an axis between two plan chainages, from below to. */
export function partOfAxis(axis: readonly Vec3[], from: number, to: number): Vec3[] {
  const chainages = chainagesOf(axis)
  const at = (chainageM: number): Vec3 => {
    let i = 1
    while (i < axis.length - 1 && chainages[i]! < chainageM) i++
    const length = chainages[i]! - chainages[i - 1]!
    return between(axis[i - 1]!, axis[i]!, length > 0 ? Math.min(1, Math.max(0, (chainageM - chainages[i - 1]!) / length)) : 0)
  }
  return [at(from), ...axis.filter((_, i) => chainages[i]! > from + 1e-6 && chainages[i]! < to - 1e-6), at(to)]
}
