import type { Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface } from '#shared/twin/ground.ts'
import { meshOfGrid, steps, type TerrainMesh } from './terrain-mesh.ts'

/**
 * Of a large city the ground is drawn thinned, points tens of metres apart: good from afar, but close up a hill would cut
 * through the lines below it. Where one looks a patch of the ground itself takes the thinned sheet's place.
 */

/** A rectangle of the grid, on points that the thinned sheet has too. */
export interface GridWindow {
  readonly col0: number
  readonly row0: number
  readonly col1: number
  readonly row1: number
}

/** Sheets thinned by less are near enough to the ground. */
const LEAST_STEP = 4

/**
 * The window to draw for a place looked at: null where the sheet is the ground; the current one while the place stays well within it.
 * @param at Local frame.
 */
export function patchWindow(grid: GridSurface, step: number, at: readonly [number, number], sideM: number, current: GridWindow | null): GridWindow | null {
  if (step < LEAST_STEP) return null
  const [col, row] = [(at[0] - grid.x0) / grid.cellSizeM, (at[1] - grid.y0) / grid.cellSizeM]
  const half = Math.max(1, Math.round(sideM / grid.cellSizeM / step / 2))
  if (current && isWellWithin(current, col, row, (half * step) / 2)) return current
  const [col0, col1] = stretch(Math.round(col / step), half, Math.floor((grid.cols - 1) / step))
  const [row0, row1] = stretch(Math.round(row / step), half, Math.floor((grid.rows - 1) / step))
  const wanted = { col0: col0 * step, row0: row0 * step, col1: col1 * step, row1: row1 * step }
  return current && Object.entries(wanted).every(([key, value]) => current[key as keyof GridWindow] === value) ? current : wanted
}

const isWellWithin = ({ col0, row0, col1, row1 }: GridWindow, col: number, row: number, margin: number): boolean =>
  col > col0 + margin && col < col1 - margin && row > row0 + margin && row < row1 - margin

/** `half` to either side of a middle, moved to lie within 0 … last. */
function stretch(middle: number, half: number, last: number): [number, number] {
  const from = Math.max(0, Math.min(middle - half, last - 2 * half))
  return [from, Math.min(last, from + 2 * half)]
}

/** The ground within a window at its own detail; towards the rim it turns into the thinned sheet, so that the two meet without a gap. */
export function patchMesh(grid: GridSurface, step: number, { col0, row0, col1, row1 }: GridWindow, origin: Vec3, mostPointsPerSide: number): TerrainMesh {
  const own = Math.max(1, Math.ceil((Math.max(col1 - col0, row1 - row0) + 1) / mostPointsPerSide))
  const z = (col: number, row: number) => grid.z[row * grid.cols + col]!
  const levelAt = (col: number, row: number) => {
    const inward = Math.min(col - col0, col1 - col, row - row0, row1 - row) / step
    if (inward >= 1) return z(col, row)
    const sheet = thinnedLevel(z, step, col, row, col1, row1)
    return Number.isNaN(sheet) ? z(col, row) : inward * z(col, row) + (1 - inward) * sheet
  }
  return meshOfGrid(grid, steps(col0, col1, own), steps(row0, row1, own), origin, levelAt)
}

/** Level between the points of the thinned sheet. */
function thinnedLevel(z: (col: number, row: number) => number, step: number, col: number, row: number, lastCol: number, lastRow: number): number {
  const [c, r] = [Math.min(col - (col % step), lastCol - step), Math.min(row - (row % step), lastRow - step)]
  const [u, v] = [(col - c) / step, (row - r) / step]
  return (z(c, r) * (1 - u) + z(c + step, r) * u) * (1 - v) + (z(c, r + step) * (1 - u) + z(c + step, r + step) * u) * v
}
