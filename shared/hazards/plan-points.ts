export type PlanPoint = readonly [number, number]

/** Whether a point lies inside a ring (even–odd; on its edge: either). */
export function isInRing(ring: readonly PlanPoint[], x: number, y: number): boolean {
  let isIn = false
  ring.forEach(([x0, y0], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length]!
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isIn = !isIn
  })
  return isIn
}

/** Distance of a point from a ring's outline or inside; 0 inside. */
export function distanceToRing(ring: readonly PlanPoint[], x: number, y: number): number {
  return isInRing(ring, x, y) ? 0 : distanceToLine([...ring, ...ring.slice(0, 1)], x, y)
}

/** Distance of a point from a line in plan; Infinity where it has no points. */
export function distanceToLine(line: readonly PlanPoint[], x: number, y: number): number {
  return line.reduce((least, [ax, ay], i) => {
    const [bx, by] = line[i + 1] ?? [ax, ay]
    const [ux, uy] = [bx - ax, by - ay]
    const along = ux * ux + uy * uy
    const t = along > 0 ? Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / along)) : 0
    return Math.min(least, Math.hypot(ax + t * ux - x, ay + t * uy - y))
  }, Infinity)
}

/** [minX, minY, maxX, maxY]. */
export function planBoxOf(points: readonly PlanPoint[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}
