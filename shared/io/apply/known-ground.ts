/** A ground level somewhere in the import: a manhole cover, the ground at a pipe's end. Project CRS, metres. */
export interface GroundPoint {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** How far a known ground level says anything about a place: a city block. */
const REACH_M = 150
/** Points closer together than this are one, in their middle: a network knows the ground at every manhole many times over. */
const MERGE_M = 15
/** Nearest points weighed together: on a slope one alone is off by the slope times its distance. */
const NEIGHBOURS = 3

/**
 * Ground levels guessed from those the import knows, by inverse distance over the nearest three within a block.
 * For assets that say nothing about the ground where no ground surface is loaded; always marked as assumed.
 * @returns null where nothing is known nearby.
 */
export function knownGround(points: readonly GroundPoint[]): (x: number, y: number) => number | null {
  const cells = new Map<string, GroundPoint[]>()
  const cellOf = (value: number) => Math.floor(value / REACH_M)
  for (const point of merged(points)) {
    const key = `${cellOf(point.x)},${cellOf(point.y)}`
    const cell = cells.get(key)
    if (cell) cell.push(point)
    else cells.set(key, [point])
  }
  return (x, y) => {
    const near: { distanceM: number; z: number }[] = []
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        for (const point of cells.get(`${cellOf(x) + i},${cellOf(y) + j}`) ?? []) {
          const distanceM = Math.hypot(point.x - x, point.y - y)
          if (distanceM > REACH_M || (near.length === NEIGHBOURS && distanceM >= near[NEIGHBOURS - 1]!.distanceM)) continue
          const at = near.findIndex(other => other.distanceM > distanceM)
          near.splice(at < 0 ? near.length : at, 0, { distanceM, z: point.z })
          if (near.length > NEIGHBOURS) near.pop()
        }
      }
    }
    let [sum, weights] = [0, 0]
    for (const { distanceM, z } of near) {
      const weight = 1 / Math.max(distanceM, 0.01)
      sum += weight * z
      weights += weight
    }
    return weights > 0 ? sum / weights : null
  }
}

function merged(points: readonly GroundPoint[]): GroundPoint[] {
  const sums = new Map<string, { x: number; y: number; z: number; count: number }>()
  for (const { x, y, z } of points) {
    const key = `${Math.floor(x / MERGE_M)},${Math.floor(y / MERGE_M)}`
    const sum = sums.get(key)
    if (!sum) sums.set(key, { x, y, z, count: 1 })
    else {
      sum.x += x
      sum.y += y
      sum.z += z
      sum.count++
    }
  }
  return [...sums.values()].map(({ x, y, z, count }) => ({ x: x / count, y: y / count, z: z / count }))
}
