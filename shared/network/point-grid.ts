/** Points in plan by hashed cell: any extent, one far slip costs nothing. */
export interface PointGrid {
  readonly cellM: number
  readonly mask: number
  /** Length mask + 2: bucket k holds entries[start[k] … start[k + 1]). */
  readonly start: Uint32Array
  readonly entries: Uint32Array
}

function bucketOf(column: number, row: number, mask: number): number {
  const mixed = Math.imul(column, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & mask
}

/** @param xyz [x, y, z, …]; a point whose x is NaN is left out. */
export function buildPointGrid(xyz: Float64Array, cellM: number): PointGrid {
  const count = xyz.length / 3
  const mask = 2 ** Math.max(8, Math.ceil(Math.log2(count + 1))) - 1
  const start = new Uint32Array(mask + 2)
  const bucket = (p: number): number => bucketOf(Math.floor(xyz[3 * p]! / cellM), Math.floor(xyz[3 * p + 1]! / cellM), mask)
  for (let p = 0; p < count; p++) if (!Number.isNaN(xyz[3 * p]!)) start[bucket(p) + 1]!++
  for (let k = 0; k <= mask; k++) start[k + 1]! += start[k]!
  const entries = new Uint32Array(start[mask + 1]!)
  const next = start.slice(0, mask + 1)
  for (let p = 0; p < count; p++) if (!Number.isNaN(xyz[3 * p]!)) entries[next[bucket(p)]!++] = p
  return { cellM, mask, start, entries }
}

/**
 * Points near a segment in plan: at least those within `reachM` of it, and others of the same cells (also, by hash, of
 * far ones); a point may come twice.
 */
export function forEachPointNear(grid: PointGrid, x0: number, y0: number, x1: number, y1: number, reachM: number, visit: (point: number) => void): void {
  const { cellM, mask, start, entries } = grid
  const all = (): void => {
    for (let e = 0; e < entries.length; e++) visit(entries[e]!)
  }
  const [low, high] = x0 <= x1 ? [x0, x1] : [x1, x0]
  const [c0, c1] = [Math.floor((low - reachM) / cellM), Math.floor((high + reachM) / cellM)]
  if (c1 - c0 > entries.length) return all()
  const slope = x1 === x0 ? 0 : (y1 - y0) / (x1 - x0)
  let budget = entries.length + 64
  for (let c = c0; c <= c1; c++) {
    // The part of the segment over this column, a reach wider on every side.
    let [ya, yb] = [y0, y1]
    if (x1 !== x0) {
      ya = y0 + slope * (Math.min(high, Math.max(low, c * cellM - reachM)) - x0)
      yb = y0 + slope * (Math.min(high, Math.max(low, (c + 1) * cellM + reachM)) - x0)
    }
    const [r0, r1] = [Math.floor((Math.min(ya, yb) - reachM) / cellM), Math.floor((Math.max(ya, yb) + reachM) / cellM)]
    budget -= r1 - r0 + 1
    if (budget < 0) return all()
    for (let r = r0; r <= r1; r++) {
      const bucket = bucketOf(c, r, mask)
      for (let e = start[bucket]!; e < start[bucket + 1]!; e++) visit(entries[e]!)
    }
  }
}
