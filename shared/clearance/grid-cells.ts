/** Receives each cell of a segment once. */
export type CellSink = (column: number, row: number, segment: number) => void

/** Beyond this many cells from zero, cell numbers no longer fit 32 bits: such coordinates share the outermost cells. */
const LAST_CELL = 2 ** 30

const cellOf = (value: number, cellM: number): number => Math.min(LAST_CELL, Math.max(-LAST_CELL, Math.floor(value / cellM)))

/**
 * Emits every grid cell the segment's capsule (in plan, radius `inflationM`) may touch, row by row.
 * @returns false, and nothing emitted, where that would be more than `limit` cells or the coordinates are not finite.
 */
export function segmentCells(xyz: Float64Array, v: number, inflationM: number, cellM: number, limit: number, emit: CellSink): boolean {
  const x0 = xyz[3 * v]!
  const y0 = xyz[3 * v + 1]!
  const x1 = xyz[3 * v + 3]!
  const y1 = xyz[3 * v + 4]!
  const firstRow = cellOf(Math.min(y0, y1) - inflationM, cellM)
  const lastRow = cellOf(Math.max(y0, y1) + inflationM, cellM)
  const firstColumn = cellOf(Math.min(x0, x1) - inflationM, cellM)
  const lastColumn = cellOf(Math.max(x0, x1) + inflationM, cellM)
  const rows = lastRow - firstRow + 1
  const columns = lastColumn - firstColumn + 1
  if (rows === 1 || columns === 1) {
    if (!(rows * columns <= limit)) return false
    for (let row = firstRow; row <= lastRow; row++) for (let column = firstColumn; column <= lastColumn; column++) emit(column, row, v)
    return true
  }
  // A slanted segment touches about rows + columns cells, not their product.
  const perRow = (2 * inflationM) / cellM + 2
  if (!(rows + columns + rows * perRow <= limit)) return false
  const slope = (x1 - x0) / (y1 - y0)
  for (let row = firstRow; row <= lastRow; row++) {
    // The part of the segment within reach of this row.
    const low = Math.max(Math.min(y0, y1), row * cellM - inflationM)
    const high = Math.min(Math.max(y0, y1), (row + 1) * cellM + inflationM)
    const atLow = y0 === y1 ? Math.min(x0, x1) : x0 + (low - y0) * slope
    const atHigh = y0 === y1 ? Math.max(x0, x1) : x0 + (high - y0) * slope
    const from = Math.max(firstColumn, cellOf(Math.min(atLow, atHigh) - inflationM - 1e-6, cellM))
    const to = Math.min(lastColumn, cellOf(Math.max(atLow, atHigh) + inflationM + 1e-6, cellM))
    for (let column = from; column <= to; column++) emit(column, row, v)
  }
  return true
}
