import type { Basis, RulePack } from './rule-pack.ts'
import type { SiteWord } from './site-words.ts'

/** Tables of a pack that hold a limit between two classes. */
export const PAIR_TABLES = ['horizontal', 'vertical', 'distance'] as const
export type PairTable = (typeof PAIR_TABLES)[number]

/** Tables that read as a matrix: of classes against each other, or against what stands on the ground. */
export const MATRIX_TABLES = [...PAIR_TABLES, 'surroundings'] as const
export type MatrixTable = (typeof MATRIX_TABLES)[number]

/** A cell of a matrix as the editor sees it: `a` is the upper one in the table `vertical`; `b` is a site word in `surroundings`. */
export interface PairCell {
  readonly a: string
  readonly b: string
  readonly minM: number
  readonly clause: string
  readonly basis: Basis
  readonly note?: string | undefined
  /** Vertical: whichever is above. */
  readonly either?: boolean | undefined
  readonly confirmed?: RulePack['horizontal'][number]['confirmed']
  /** Surroundings: not for lines whose crown is deeper. */
  readonly maxDepthM?: number | undefined
  /** The pack the cell is from, where several are combined. */
  readonly pack?: string | undefined
}

export function matrixCells(pack: RulePack, table: MatrixTable): readonly PairCell[] {
  if (table === 'surroundings') return pack.surroundings.map(({ class: a, feature: b, ...cell }) => ({ ...cell, a, b }))
  return table === 'vertical' ? pack.vertical.map(({ upper, lower, ...cell }) => ({ ...cell, a: upper, b: lower })) : pack[table]
}

/** Cells between classes hold for both orders, but vertical ones that say who is above. */
const isAt = (table: MatrixTable, cell: PairCell, a: string, b: string): boolean =>
  (cell.a === a && cell.b === b) || (table !== 'surroundings' && (table !== 'vertical' || cell.either === true) && cell.a === b && cell.b === a)

/** The cell between two classes: of several the largest, as the check takes it. */
export function cellAt(pack: RulePack, table: MatrixTable, a: string, b: string): PairCell | null {
  return matrixCells(pack, table).filter(cell => isAt(table, cell, a, b)).reduce<PairCell | null>((best, cell) => (best && best.minM >= cell.minM ? best : cell), null)
}

/** A pack with another cell between two classes, or none: whatever was there is replaced. */
export function withCell(pack: RulePack, table: MatrixTable, a: string, b: string, cell: Omit<PairCell, 'a' | 'b'> | null): RulePack {
  const kept = matrixCells(pack, table).filter(known => !isAt(table, known, a, b))
  const cells = cell === null ? kept : [...kept, { ...cell, a, b }]
  return withCells(pack, table, cells)
}

function withCells(pack: RulePack, table: MatrixTable, cells: readonly PairCell[]): RulePack {
  if (table === 'surroundings') return { ...pack, surroundings: cells.map(({ a, b, ...cell }) => withoutBlanks({ ...cell, either: undefined, class: a, feature: b as SiteWord })) }
  if (table === 'vertical') return { ...pack, vertical: cells.map(({ a, b, ...cell }) => withoutBlanks({ ...cell, upper: a, lower: b })) }
  return { ...pack, [table]: cells.map(cell => withoutBlanks({ ...cell, either: undefined })) }
}

/** Without what is absent; a clause there always is, though it may be empty. */
export const withoutBlanks = <T extends object>(cell: T): T => Object.fromEntries(Object.entries(cell).filter(([key, value]) => value !== undefined && (value !== '' || key === 'clause'))) as T

/** The cell as one a user looked up in the printed standard. */
export const confirmedCell = (cell: Omit<PairCell, 'a' | 'b'>, by: string, at: string): Omit<PairCell, 'a' | 'b'> =>
  ({ ...cell, basis: 'confirmed', confirmed: { by, at, was: cell.basis } })

/** Where two packs differ in a matrix: the limit each has there. */
export interface CellDifference {
  readonly table: MatrixTable
  readonly a: string
  readonly b: string
  readonly left: PairCell | null
  readonly right: PairCell | null
}

/** Limits that differ between two packs, classes matched by id. What only cites another clause is no difference. */
export function differencesOf(left: RulePack, right: RulePack): CellDifference[] {
  return MATRIX_TABLES.flatMap(table => {
    const seen = new Set<string>()
    const found: CellDifference[] = []
    for (const { a, b } of [...matrixCells(left, table), ...matrixCells(right, table)]) {
      const key = table === 'vertical' || table === 'surroundings' || a <= b ? `${a}\u0000${b}` : `${b}\u0000${a}`
      if (seen.has(key)) continue
      seen.add(key)
      const [l, r] = [cellAt(left, table, a, b), cellAt(right, table, a, b)]
      if (l?.minM !== r?.minM || l?.basis !== r?.basis || l?.maxDepthM !== r?.maxDepthM) found.push({ table, a, b, left: l, right: r })
    }
    return found
  })
}
