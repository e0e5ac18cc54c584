import type { Vec3 } from '../../twin/asset.ts'

/** How far two lines lie apart, metres: the furthest any vertex of either is from the other in plan, and in level there. */
export interface AxisDistance {
  readonly planM: number
  readonly levelM: number
}

/** Symmetric, whatever the direction the lines were drawn in and however many vertices they have. */
export function axisDistance(a: readonly Vec3[], b: readonly Vec3[]): AxisDistance {
  const [ab, ba] = [distanceFrom(a, b), distanceFrom(b, a)]
  return { planM: Math.max(ab.planM, ba.planM), levelM: Math.max(ab.levelM, ba.levelM) }
}

/** How far the first line strays from the second: the furthest any of its vertices is from it in plan, and in level there. */
export function distanceFrom(from: readonly Vec3[], to: readonly Vec3[]): AxisDistance {
  let [planM, levelM] = [0, 0]
  for (const point of from) {
    const near = nearest(point, to)
    planM = Math.max(planM, near.planM)
    levelM = Math.max(levelM, near.levelM)
  }
  return { planM, levelM }
}

export interface NearPlace extends AxisDistance {
  /** Part of the line it lies on, by its first vertex, and how far along it, 0 … 1. */
  readonly segment: number
  readonly t: number
}

/** The place of a line nearest in plan; of several as near (a riser) the one nearest in level. */
export function nearest([x, y, z]: Vec3, line: readonly Vec3[]): NearPlace {
  let [planM, levelM, segment, along] = [Infinity, Infinity, 0, 0]
  for (let i = 0; i + 1 < line.length; i++) {
    const [ax, ay, az] = line[i]!
    const [dx, dy, dz] = [line[i + 1]![0] - ax, line[i + 1]![1] - ay, line[i + 1]![2] - az]
    const square = dx * dx + dy * dy
    // A vertical part is one place in plan: its nearest level counts.
    const t = square > 0 ? ((x - ax) * dx + (y - ay) * dy) / square : dz === 0 ? 0 : (z - az) / dz
    const s = Math.min(1, Math.max(0, t))
    const [plan, level] = [Math.hypot(ax + s * dx - x, ay + s * dy - y), Math.abs(az + s * dz - z)]
    if (plan < planM - 1e-9 || (plan <= planM + 1e-9 && level < levelM)) [planM, levelM, segment, along] = [Math.min(plan, planM), level, i, s]
  }
  return { planM, levelM, segment, t: along }
}
