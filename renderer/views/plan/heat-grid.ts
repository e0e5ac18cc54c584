import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

/** Figures by square of the plan, for a heat map. Local frame. */
export interface HeatGrid {
  readonly cellM: number
  readonly minX: number
  readonly minY: number
  readonly cols: number
  readonly rows: number
  /** One figure a square, row by row from the south; NaN where there is nothing to say. */
  readonly values: Float32Array
}

export const HEATS = ['none', 'findings', 'missing', 'depth', 'age'] as const
export type Heat = (typeof HEATS)[number]

/** Squares are at least this wide, and at most this many cover a side of the plan. */
const LEAST_CELL_M = 25
const MOST_CELLS = 220
const STEPS_M = [25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000]

function emptyGrid(box: PlanBox): HeatGrid {
  const side = Math.max(box.maxX - box.minX, box.maxY - box.minY, LEAST_CELL_M)
  const cellM = STEPS_M.find(step => side / step <= MOST_CELLS) ?? side / MOST_CELLS
  const [minX, minY] = [cellM * Math.floor(box.minX / cellM), cellM * Math.floor(box.minY / cellM)]
  const cols = Math.floor((box.maxX - minX) / cellM) + 1
  const rows = Math.floor((box.maxY - minY) / cellM) + 1
  return { cellM, minX, minY, cols, rows, values: new Float32Array(cols * rows).fill(NaN) }
}

const cellOf = ({ cellM, minX, minY, cols, rows }: HeatGrid, x: number, y: number): number => {
  const [col, row] = [Math.floor((x - minX) / cellM), Math.floor((y - minY) / cellM)]
  return col >= 0 && col < cols && row >= 0 && row < rows ? row * cols + col : -1
}

/** Findings in each square, counted where they are gravest. @param places x, y pairs. */
export function findingHeat(box: PlanBox, places: readonly (readonly [number, number])[]): HeatGrid {
  const grid = emptyGrid(box)
  for (const [x, y] of places) {
    const cell = cellOf(grid, x, y)
    if (cell >= 0) grid.values[cell] = (grid.values[cell] || 0) + 1
  }
  return grid
}

/**
 * Mean over the length of lines in each square.
 * @param figure Of an asset at a place; NaN where it has none, which then counts neither way.
 */
export function lengthHeat(box: PlanBox, columns: AssetColumns, figure: (asset: number, x: number, y: number, z: number) => number, isShown: (asset: number) => boolean): HeatGrid {
  const grid = emptyGrid(box)
  const sums = new Float64Array(grid.values.length)
  const lengths = new Float64Array(grid.values.length)
  const { xyz, vertexStart, count } = columns
  for (let asset = 0; asset < count; asset++) {
    if (!isShown(asset)) continue
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const [ax, ay, bx, by] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      const length = Math.hypot(bx - ax, by - ay)
      // A long segment counts in every square it passes.
      const parts = Math.max(1, Math.ceil(length / grid.cellM))
      for (let k = 0; k < parts; k++) {
        const t = (k + 0.5) / parts
        const [x, y] = [ax + t * (bx - ax), ay + t * (by - ay)]
        const cell = cellOf(grid, x, y)
        const value = cell < 0 ? NaN : figure(asset, x, y, xyz[3 * v + 2]! + t * (xyz[3 * v + 5]! - xyz[3 * v + 2]!))
        if (Number.isNaN(value)) continue
        sums[cell]! += (value * length) / parts
        lengths[cell]! += length / parts
      }
    }
  }
  for (let c = 0; c < sums.length; c++) if (lengths[c]! > 0) grid.values[c] = sums[c]! / lengths[c]!
  return grid
}

/** Cover of an asset at a place of its axis, metres. */
export const coverFigure = (columns: AssetColumns, groundAt: GroundSampler) => (asset: number, x: number, y: number, z: number): number => {
  const level = groundAt(x, y)
  return level === null ? NaN : level - z - columns.halfHeightM[asset]!
}

/** 1 where something of an asset is not known: owner, accuracy of position, or a kind, size or level that had to be assumed. */
export const missingFigure = ({ owner, owners, accuracyPlanM, accuracyLevelM, assumed }: AssetColumns) => (asset: number): number =>
  owners[owner[asset]!] === '' || Number.isNaN(accuracyPlanM[asset]!) || Number.isNaN(accuracyLevelM[asset]!) || assumed[asset] !== 0 ? 1 : 0
