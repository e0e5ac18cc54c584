import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { displace } from '../fix/displace.ts'
import { verticesFollowing, type LevelAt } from './follow-ground.ts'

/** Edits of a drawn line that keep it one line. Any metric frame. */

/** The line again, so far to the left of its direction (negative: to the right), its parts parallel. @returns null where a bend is too sharp. */
export function parallelLine(axis: readonly Vec3[], leftM: number): readonly Vec3[] | null {
  const end = chainagesOf(axis).at(-1)!
  return displace(axis, { outerFrom: 0, from: 0, to: end, outerTo: end }, { left: leftM, up: 0 })?.axis ?? null
}

/** Levels on one straight fall from the first vertex to the last. */
export function evenGrade(axis: readonly Vec3[]): Vec3[] {
  const chainages = chainagesOf(axis)
  const [from, to, length] = [axis[0]![2], axis.at(-1)![2], chainages.at(-1)!]
  return axis.map(([x, y, z], i) => [x, y, length > 0 ? from + ((to - from) * chainages[i]!) / length : z])
}

/**
 * The ground's levels less the same depth all along, with further vertices so that the line follows the ground.
 * @param axis The line's own vertices. @param depthM Ground to axis. Off the ground vertices keep their level.
 * @returns the line, and which of its vertices the ground has made.
 */
export function evenDepth(axis: readonly Vec3[], depthM: number, groundAt: LevelAt): { readonly axis: Vec3[]; readonly groundBends: Vec3[] } {
  const laid = axis.map(([x, y, z]): Vec3 => {
    const ground = groundAt(x, y)
    return [x, y, ground === null ? z : ground - depthM]
  })
  const bends = laid.map((to, i) => (i === 0 ? [] : verticesFollowing(laid[i - 1]!, to, groundAt)))
  return { axis: laid.flatMap((to, i) => [...bends[i]!, to]), groundBends: bends.flat() }
}

/** Two lines end to end as one, whichever ends meet; null where none do within the tolerance. */
export function joinedLine(a: readonly Vec3[], b: readonly Vec3[], toleranceM: number): readonly Vec3[] | null {
  const near = (p: Vec3, q: Vec3): boolean => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= toleranceM
  for (const first of [a, a.toReversed()]) {
    for (const second of [b, b.toReversed()]) if (near(first.at(-1)!, second[0]!)) return [...first, ...second.slice(1)]
  }
  return null
}
