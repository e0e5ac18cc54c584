import type { AssetColumns } from './asset-columns.ts'
import type { GridSurface } from './ground.ts'
import { ASSET_STATUSES } from './kinds.ts'

/** Cells along the longer side: fine enough for a street, coarse enough to fill at once. */
const CELLS_ALONG = 192
const SMALLEST_CELL_M = 5
const REMOVED = ASSET_STATUSES.indexOf('removed')

/**
 * A stand-in for a ground surface the twin lacks: `coverM` above the highest crown near each place, smooth in between.
 * Good for laying out a first alignment among what is there; never for a cover rule, and to be called assumed wherever it shows.
 * @param coverM Cover assumed over the highest line, metres.
 * @returns Local frame; null where there are no lines to go by.
 */
export function assumedGround(columns: AssetColumns, coverM: number): GridSurface | null {
  const extent = planExtent(columns)
  if (!extent) return null
  const { minX, minY, maxX, maxY } = extent
  const cellSizeM = Math.max(SMALLEST_CELL_M, Math.max(maxX - minX, maxY - minY) / CELLS_ALONG)
  // One cell of margin all round, so that the edge of the network is not the edge of the ground.
  const cols = Math.ceil((maxX - minX) / cellSizeM) + 3
  const rows = Math.ceil((maxY - minY) / cellSizeM) + 3
  const [x0, y0] = [minX - cellSizeM, minY - cellSizeM]
  const z = new Float64Array(cols * rows).fill(NaN)
  eachSample(columns, cellSizeM, (x, y, crownZ) => {
    const i = Math.round((y - y0) / cellSizeM) * cols + Math.round((x - x0) / cellSizeM)
    if (!(z[i]! >= crownZ + coverM)) z[i] = crownZ + coverM
  })
  return { type: 'grid', name: 'assumed', cols, rows, cellSizeM, x0, y0, z: filled(z, cols, rows) }
}

function planExtent({ xyz }: AssetColumns): { minX: number; minY: number; maxX: number; maxY: number } | null {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let v = 0; v < xyz.length; v += 3) {
    minX = Math.min(minX, xyz[v]!)
    maxX = Math.max(maxX, xyz[v]!)
    minY = Math.min(minY, xyz[v + 1]!)
    maxY = Math.max(maxY, xyz[v + 1]!)
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null
}

function eachSample({ count, vertexStart, xyz, halfHeightM, status }: AssetColumns, stepM: number, visit: (x: number, y: number, crownZ: number) => void): void {
  for (let asset = 0; asset < count; asset++) {
    if (status[asset] === REMOVED) continue
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const [x, y, z] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
      const [dx, dy, dz] = [xyz[3 * v + 3]! - x, xyz[3 * v + 4]! - y, xyz[3 * v + 5]! - z]
      const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / stepM))
      for (let k = 0; k <= steps; k++) visit(x + (k / steps) * dx, y + (k / steps) * dy, z + (k / steps) * dz + halfHeightM[asset]!)
    }
  }
}

/** Fills unknown cells from coarser and coarser means of the known ones (push–pull): near cells count most, no cell stays empty. */
function filled(z: Float64Array, cols: number, rows: number): Float64Array {
  if (!z.some(Number.isNaN) || (cols === 1 && rows === 1)) return z
  const [halfCols, halfRows] = [Math.ceil(cols / 2), Math.ceil(rows / 2)]
  const coarse = new Float64Array(halfCols * halfRows)
  for (let r = 0; r < halfRows; r++) {
    for (let c = 0; c < halfCols; c++) {
      let [sum, known] = [0, 0]
      for (const [i, j] of [[2 * c, 2 * r], [2 * c + 1, 2 * r], [2 * c, 2 * r + 1], [2 * c + 1, 2 * r + 1]] as const) {
        if (i >= cols || j >= rows || Number.isNaN(z[j * cols + i]!)) continue
        sum += z[j * cols + i]!
        known++
      }
      coarse[r * halfCols + c] = known > 0 ? sum / known : NaN
    }
  }
  const wide = filled(coarse, halfCols, halfRows)
  return z.map((level, i) => (Number.isNaN(level) ? between(wide, halfCols, halfRows, (i % cols) / 2 - 0.25, Math.floor(i / cols) / 2 - 0.25) : level))
}

function between(z: Float64Array, cols: number, rows: number, u: number, v: number): number {
  const [x, y] = [Math.min(Math.max(u, 0), cols - 1), Math.min(Math.max(v, 0), rows - 1)]
  const [i, j] = [Math.floor(x), Math.floor(y)]
  const [i1, j1] = [Math.min(i + 1, cols - 1), Math.min(j + 1, rows - 1)]
  const [fx, fy] = [x - i, y - j]
  return (z[j * cols + i]! * (1 - fx) + z[j * cols + i1]! * fx) * (1 - fy) + (z[j1 * cols + i]! * (1 - fx) + z[j1 * cols + i1]! * fx) * fy
}
