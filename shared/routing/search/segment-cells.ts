import type { PreparedClearance } from '../../clearance/prepare.ts'
import type { PlanBox } from '../../geometry/plan-box.ts'

/** Segments by the squares of plan they reach into; answers are first vertices, and hold until the next question. */
export interface SegmentCells {
  /** Those that reach into the squares of a box. */
  near(minX: number, minY: number, maxX: number, maxY: number): readonly number[]
  /** Those that reach into the squares a straight piece runs through: what crosses it is among them. */
  passed(x0: number, y0: number, x1: number, y1: number): readonly number[]
}

const CELL_M = 5
/** Of larger areas the squares are larger. */
const MOST_CELLS = 4e6
/** Segments farther outside the box reach nothing in it. */
const OUTSIDE_M = 50
const ROUNDING_M = 1e-6

/** @param box What of the plan is asked about, local frame. @param reachOf How far an asset's segments reach. */
export function segmentCells({ network }: PreparedClearance, box: PlanBox, reachOf: (asset: number) => number): SegmentCells {
  const { xyz, vertexStart, isActive, assetCount } = network
  const cellM = Math.max(CELL_M, Math.sqrt(((box.maxX - box.minX) * (box.maxY - box.minY)) / MOST_CELLS))
  // Of what lies outside the box the columns and rows run from a later one to an earlier one: none.
  const fromColumn = (x: number): number => Math.floor(Math.max(x, box.minX) / cellM)
  const toColumn = (x: number): number => Math.floor(Math.min(x, box.maxX) / cellM)
  const fromRow = (y: number): number => Math.floor(Math.max(y, box.minY) / cellM)
  const toRow = (y: number): number => Math.floor(Math.min(y, box.maxY) / cellM)
  const [firstColumn, firstRow] = [fromColumn(box.minX), fromRow(box.minY)]
  const rows = Math.max(0, toRow(box.maxY) - firstRow + 1)
  const count = Math.max(0, toColumn(box.maxX) - firstColumn + 1) * rows
  const cells: number[][] = Array.from({ length: count })
  for (let asset = 0; asset < assetCount; asset++) {
    if (isActive[asset] === 0) continue
    let reach = -1
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const k = 3 * v
      if (xyz[k]! < box.minX - OUTSIDE_M && xyz[k + 3]! < box.minX - OUTSIDE_M) continue
      if (xyz[k]! > box.maxX + OUTSIDE_M && xyz[k + 3]! > box.maxX + OUTSIDE_M) continue
      if (xyz[k + 1]! < box.minY - OUTSIDE_M && xyz[k + 4]! < box.minY - OUTSIDE_M) continue
      if (xyz[k + 1]! > box.maxY + OUTSIDE_M && xyz[k + 4]! > box.maxY + OUTSIDE_M) continue
      if (reach < 0) reach = reachOf(asset)
      const [minX, maxX] = [Math.min(xyz[k]!, xyz[k + 3]!) - reach, Math.max(xyz[k]!, xyz[k + 3]!) + reach]
      const [minY, maxY] = [Math.min(xyz[k + 1]!, xyz[k + 4]!) - reach, Math.max(xyz[k + 1]!, xyz[k + 4]!) + reach]
      for (let i = fromColumn(minX); i <= toColumn(maxX); i++) {
        for (let j = fromRow(minY); j <= toRow(maxY); j++) (cells[(i - firstColumn) * rows + j - firstRow] ??= []).push(v)
      }
    }
  }
  /** The question a segment was found by last: each is told once. */
  const told = new Uint32Array(xyz.length / 3)
  let question = 0
  const found: number[] = []
  const begin = (): void => {
    question++
    found.length = 0
  }
  const gather = (i: number, j: number): void => {
    const cell = cells[(i - firstColumn) * rows + j - firstRow]
    if (!cell) return
    for (let n = 0; n < cell.length; n++) {
      const v = cell[n]!
      if (told[v] === question) continue
      told[v] = question
      found.push(v)
    }
  }
  return {
    near(minX, minY, maxX, maxY) {
      begin()
      const [lastColumn, lastRow] = [toColumn(maxX), toRow(maxY)]
      for (let i = fromColumn(minX); i <= lastColumn; i++) for (let j = fromRow(minY); j <= lastRow; j++) gather(i, j)
      return found
    },
    passed(x0, y0, x1, y1) {
      begin()
      const [minX, maxX] = [Math.min(x0, x1), Math.max(x0, x1)]
      const lastColumn = toColumn(maxX)
      for (let i = fromColumn(minX); i <= lastColumn; i++) {
        // The piece within this column of squares.
        const [from, to] = [Math.max(minX, i * cellM), Math.min(maxX, (i + 1) * cellM)]
        const at = (x: number): number => (maxX - minX < ROUNDING_M ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0))
        const [ya, yb] = maxX - minX < ROUNDING_M ? [y0, y1] : [at(from), at(to)]
        const lastRow = toRow(Math.max(ya, yb) + ROUNDING_M)
        for (let j = fromRow(Math.min(ya, yb) - ROUNDING_M); j <= lastRow; j++) gather(i, j)
      }
      return found
    },
  }
}
