/** Even–odd test. @param ring [x, y, …], not closed. */
export function pointInRing(ring: Float64Array, x: number, y: number): boolean {
  let isInside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside
  }
  return isInside
}

/** Whether a straight line meets a ring or lies inside it. */
export function segmentMeetsRing(ring: Float64Array, x0: number, y0: number, x1: number, y1: number): boolean {
  if (pointInRing(ring, x0, y0) || pointInRing(ring, x1, y1)) return true
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) => (qx - px) * (y - py) - (qy - py) * (x - px)
    const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
    if (side(x0, y0, x1, y1, ax, ay) * side(x0, y0, x1, y1, bx, by) < 0 && side(ax, ay, bx, by, x0, y0) * side(ax, ay, bx, by, x1, y1) < 0) return true
  }
  return false
}
