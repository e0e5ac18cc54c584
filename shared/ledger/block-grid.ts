import { isInRing } from '../quality/block-lookup.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Block } from '../twin/surface-feature.ts'

/** More cells than this are no blocks that anybody can answer for one by one. */
export const MOST_GRID_CELLS = 1000

/**
 * Square blocks on round coordinates, one for every cell that a line runs through and no block holds the middle of.
 * Named by column letter from the west and row number from the north, as on a map.
 * @param cellM side, metres. @param blocks those that are there, project CRS.
 * @returns rings in the project CRS; null where there would be more than `MOST_GRID_CELLS`.
 */
export function gridBlocks({ xyz, vertexStart, count, origin }: Pick<AssetColumns, 'xyz' | 'vertexStart' | 'count' | 'origin'>, cellM: number, blocks: readonly Block[]): Omit<Block, 'id'>[] | null {
  const cells = new Set<string>()
  for (let asset = 0; asset < count; asset++) {
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      passThrough(xyz[3 * v]! + origin[0], xyz[3 * v + 1]! + origin[1], xyz[3 * v + 3]! + origin[0], xyz[3 * v + 4]! + origin[1], cellM, cells)
      if (cells.size > MOST_GRID_CELLS) return null
    }
  }
  const places = [...cells].map(cell => cell.split(' ').map(Number) as [number, number]).sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const [west, north] = [places.reduce((low, [i]) => Math.min(low, i), Infinity), places.reduce((high, [, j]) => Math.max(high, j), -Infinity)]
  const taken = new Set(blocks.map(({ name }) => name))
  return places.flatMap(([i, j]) => {
    const [x0, y0, x1, y1] = [i * cellM, j * cellM, (i + 1) * cellM, (j + 1) * cellM]
    const name = `${columnLetters(i - west)}${north - j + 1}`
    if (taken.has(name) || blocks.some(({ ring }) => isInRing(ring, (x0 + x1) / 2, (y0 + y1) / 2))) return []
    return [{ name, responsible: '', ring: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] as const }]
  })
}

/** Every cell a segment runs through: those of its ends and of the points where it meets the grid's lines. */
function passThrough(ax: number, ay: number, bx: number, by: number, cellM: number, cells: Set<string>): void {
  const shares = [0, 1]
  for (const [a, b] of [[ax, bx], [ay, by]] as const) {
    for (let line = Math.ceil(Math.min(a, b) / cellM); line * cellM <= Math.max(a, b) && shares.length < 4 * MOST_GRID_CELLS; line++) if (a !== b) shares.push((line * cellM - a) / (b - a))
  }
  shares.sort((p, q) => p - q)
  for (let k = 0; k + 1 < shares.length; k++) {
    const t = (shares[k]! + shares[k + 1]!) / 2
    cells.add(`${Math.floor((ax + t * (bx - ax)) / cellM)} ${Math.floor((ay + t * (by - ay)) / cellM)}`)
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
const columnLetters = (n: number): string => (n < 26 ? '' : columnLetters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26))
