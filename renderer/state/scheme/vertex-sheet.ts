import type { Vec3 } from '#shared/twin/asset.ts'

/** Why rows cannot be an axis: the row counted from 1, and what is wrong with it. */
export interface SheetProblem {
  readonly code: 'tooFew' | 'columns' | 'figure'
  readonly row: number
}

/**
 * Vertices pasted from a sheet: x, y and level in each row, parted by tabs, semicolons, blanks or commas. A first row without figures
 * is a heading; further columns are passed over.
 */
export function verticesFromSheet(text: string): { readonly axis: readonly Vec3[] } | SheetProblem {
  const rows = text.split(/\r?\n/).map(line => line.trim()).filter(line => line !== '').map(cellsOf)
  const isHeading = rows[0] !== undefined && rows[0].every(cell => figureOf(cell) === null)
  const body = isHeading ? rows.slice(1) : rows
  const axis: Vec3[] = []
  for (const [i, cells] of body.entries()) {
    const row = i + 1 + (isHeading ? 1 : 0)
    if (cells.length < 3) return { code: 'columns', row }
    const [x, y, z] = cells.map(figureOf) as [number | null, number | null, number | null]
    if (x === null || y === null || z === null) return { code: 'figure', row }
    axis.push([x, y, z])
  }
  return axis.length < 2 ? { code: 'tooFew', row: 0 } : { axis }
}

export const verticesToSheet = (axis: readonly Vec3[], heading: readonly string[]): string => [heading.join('\t'), ...axis.map(point => point.map(figure => figure.toFixed(3)).join('\t'))].join('\n')

/** With tabs or semicolons between them, figures may have a decimal comma. */
const cellsOf = (line: string): string[] => (line.includes('\t') ? line.split('\t') : line.includes(';') ? line.split(';') : line.split(/[,\s]+/)).map(cell => cell.trim())

function figureOf(cell: string): number | null {
  const plain = cell.replace(/\u2212/g, '-').replace(/[\u2009\u00a0 ]/g, '').replace(',', '.')
  const value = plain === '' ? NaN : Number(plain)
  return Number.isFinite(value) ? value : null
}
