import type { Vec3 } from '#shared/twin/asset.ts'

/** How a point is typed: length and bearing from the last one, the step from it, or its coordinates. */
export const ENTRY_MODES = ['polar', 'offset', 'absolute'] as const
export type EntryMode = (typeof ENTRY_MODES)[number]

/** What stands in the bar's fields; null where a field is empty. */
export interface TypedEntry {
  readonly mode: EntryMode
  /** Length, dx or x. */
  readonly first: number | null
  /** Bearing in degrees clockwise from grid north, dy or y. */
  readonly second: number | null
  /** Step in level, or level; null leaves it to the tool. */
  readonly third: number | null
}

/** A point as typed; `z` null where the tool finds its level. */
export interface TypedPoint {
  readonly x: number
  readonly y: number
  readonly z: number | null
}

/**
 * The point that is meant. Local frame.
 * @param last The point before; lengths and steps count from it. @param origin Project CRS of the local zero.
 * @returns null where a figure is missing, or there is no point to count from.
 */
export function typedPoint({ mode, first, second, third }: TypedEntry, last: Vec3 | null, origin: Vec3): TypedPoint | null {
  if (first === null || second === null) return null
  if (mode === 'absolute') return { x: first - origin[0], y: second - origin[1], z: third === null ? null : third - origin[2] }
  if (!last) return null
  const z = third === null ? null : last[2] + third
  if (mode === 'offset') return { x: last[0] + first, y: last[1] + second, z }
  const bearing = (second * Math.PI) / 180
  return { x: last[0] + first * Math.sin(bearing), y: last[1] + first * Math.cos(bearing), z }
}

/** Length in plan and bearing (degrees clockwise from north, 0 … 360) from one point to another; null where they are the same. */
export function polarOf(from: Vec3, to: Vec3): { readonly lengthM: number; readonly bearingDeg: number } | null {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const lengthM = Math.hypot(dx, dy)
  return lengthM < 1e-9 ? null : { lengthM, bearingDeg: ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360 }
}
