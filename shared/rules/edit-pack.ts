import type { Basis, RulePack } from './rule-pack.ts'

/** Tables of a pack that hold a limit between two classes. */
export const PAIR_TABLES = ['horizontal', 'vertical', 'distance'] as const
export type PairTable = (typeof PAIR_TABLES)[number]

/** A cell of a pair table as the editor sees it: `a` is the upper one in the table `vertical`. */
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
}

export function pairCells(pack: RulePack, table: PairTable): readonly PairCell[] {
  return table === 'vertical' ? pack.vertical.map(({ upper, lower, ...cell }) => ({ ...cell, a: upper, b: lower })) : pack[table]
}

/** Cells hold for both orders, but vertical ones that say who is above. */
const isAt = (table: PairTable, cell: PairCell, a: string, b: string): boolean =>
  (cell.a === a && cell.b === b) || ((table !== 'vertical' || cell.either === true) && cell.a === b && cell.b === a)

/** The cell between two classes: of several the largest, as the check takes it. */
export function cellAt(pack: RulePack, table: PairTable, a: string, b: string): PairCell | null {
  return pairCells(pack, table).filter(cell => isAt(table, cell, a, b)).reduce<PairCell | null>((best, cell) => (best && best.minM >= cell.minM ? best : cell), null)
}

/** A pack with another cell between two classes, or none: whatever was there is replaced. */
export function withCell(pack: RulePack, table: PairTable, a: string, b: string, cell: Omit<PairCell, 'a' | 'b'> | null): RulePack {
  const kept = pairCells(pack, table).filter(known => !isAt(table, known, a, b))
  const cells = cell === null ? kept : [...kept, { ...cell, a, b }]
  return withCells(pack, table, cells)
}

function withCells(pack: RulePack, table: PairTable, cells: readonly PairCell[]): RulePack {
  if (table === 'vertical') return { ...pack, vertical: cells.map(({ a, b, ...cell }) => withoutBlanks({ ...cell, upper: a, lower: b })) }
  return { ...pack, [table]: cells.map(cell => withoutBlanks({ ...cell, either: undefined })) }
}

/** Without what is absent; a clause there always is, though it may be empty. */
const withoutBlanks = <T extends object>(cell: T): T => Object.fromEntries(Object.entries(cell).filter(([key, value]) => value !== undefined && (value !== '' || key === 'clause'))) as T

/** The cell as one a user looked up in the printed standard. */
export const confirmedCell = (cell: Omit<PairCell, 'a' | 'b'>, by: string, at: string): Omit<PairCell, 'a' | 'b'> =>
  ({ ...cell, basis: 'confirmed', confirmed: { by, at, was: cell.basis } })

/** Where two packs differ in a pair table: the limit each has there. */
export interface CellDifference {
  readonly table: PairTable
  readonly a: string
  readonly b: string
  readonly left: PairCell | null
  readonly right: PairCell | null
}

/** Limits that differ between two packs, classes matched by id. What only cites another clause is no difference. */
export function differencesOf(left: RulePack, right: RulePack): CellDifference[] {
  return PAIR_TABLES.flatMap(table => {
    const seen = new Set<string>()
    const found: CellDifference[] = []
    for (const { a, b } of [...pairCells(left, table), ...pairCells(right, table)]) {
      const key = table === 'vertical' || a <= b ? `${a}\u0000${b}` : `${b}\u0000${a}`
      if (seen.has(key)) continue
      seen.add(key)
      const [l, r] = [cellAt(left, table, a, b), cellAt(right, table, a, b)]
      if (l?.minM !== r?.minM || l?.basis !== r?.basis) found.push({ table, a, b, left: l, right: r })
    }
    return found
  })
}
