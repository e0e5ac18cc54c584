/** Places on a line by chainage: length along its plan projection. Points [x, y, z], any local frame, metres. */
type Point = readonly [number, number, number]

/** Plan chainage of every vertex, metres; a riser adds none. */
export function chainagesOf(axis: readonly Point[]): number[] {
  const chainages = [0]
  for (let i = 1; i < axis.length; i++) chainages.push(chainages[i - 1]! + Math.hypot(axis[i]![0] - axis[i - 1]![0], axis[i]![1] - axis[i - 1]![1]))
  return chainages
}

export interface LinePlace {
  readonly at: Point
  /** Unit direction in plan, with the chainage; east for a line without plan length. */
  readonly dirX: number
  readonly dirY: number
  /** Segment it lies on: first vertex. */
  readonly segment: number
}

/** The place at a chainage, held to the line's ends. @param axis At least two points. */
export function placeAt(axis: readonly Point[], chainages: readonly number[], chainageM: number): LinePlace {
  const last = axis.length - 2
  let segment = 0
  while (segment < last && chainages[segment + 1]! <= chainageM) segment++
  // A riser has no direction of its own: the part before it, or the first after, lends one.
  let level = segment
  while (level > 0 && chainages[level + 1] === chainages[level]) level--
  while (level < last && chainages[level + 1] === chainages[level]) level++
  const [p, q] = [axis[segment]!, axis[segment + 1]!]
  const lengthM = chainages[segment + 1]! - chainages[segment]!
  const t = lengthM > 0 ? Math.min(1, Math.max(0, (chainageM - chainages[segment]!) / lengthM)) : 0
  const [d0, d1] = [axis[level]!, axis[level + 1]!]
  const planM = Math.hypot(d1[0] - d0[0], d1[1] - d0[1])
  return {
    at: [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])],
    dirX: planM > 0 ? (d1[0] - d0[0]) / planM : 1, dirY: planM > 0 ? (d1[1] - d0[1]) / planM : 0, segment,
  }
}

/** Chainage of the place on the line nearest to a point in plan. */
export function nearestChainage(axis: readonly Point[], chainages: readonly number[], x: number, y: number): number {
  let [best, found] = [Infinity, 0]
  for (let i = 0; i + 1 < axis.length; i++) {
    const [p, q] = [axis[i]!, axis[i + 1]!]
    const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
    const square = dx * dx + dy * dy
    const t = square > 0 ? Math.min(1, Math.max(0, ((x - p[0]) * dx + (y - p[1]) * dy) / square)) : 0
    const distance = Math.hypot(p[0] + t * dx - x, p[1] + t * dy - y)
    if (distance < best) [best, found] = [distance, chainages[i]! + t * Math.sqrt(square)]
  }
  return found
}
