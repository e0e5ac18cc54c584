import { withoutBlanks } from './edit-pack.ts'
import type { Basis, RulePack } from './rule-pack.ts'

/** Tables that read as a list: one class and what it keeps to. */
export const LISTED_TABLES = ['cover', 'structures', 'crossingAngle', 'slope', 'levelJump', 'velocity', 'bend', 'turn'] as const
export type ListedTable = (typeof LISTED_TABLES)[number]

/** Figures of a table in the order people read them, with their units. */
export const LISTED_FIGURES = {
  cover: [['minM', 'm'], ['maxM', 'm']], structures: [['minM', 'm']], crossingAngle: [['minDeg', '°']], slope: [['min', '‰'], ['max', '‰']], levelJump: [['maxRiseM', 'm'], ['maxDropM', 'm']],
  velocity: [['minMps', 'm/s'], ['maxMps', 'm/s'], ['roughness', ''], ['innerShare', '']], bend: [['minRadiusM', 'm'], ['minDiameters', '×']], turn: [['minDeg', '°']],
} as const satisfies Record<ListedTable, readonly (readonly [string, string])[]>

/** A cell of such a table. `figures` in the units of `LISTED_FIGURES` (slopes per thousand); what the cell leaves open is absent. */
export interface ListedCell {
  readonly class: string
  /** What the class keeps it to: a use of the ground, a site word, another class, node types; empty for the line itself. */
  readonly to: readonly string[]
  readonly figures: Readonly<Partial<Record<string, number>>>
  readonly clause: string
  readonly basis: Basis
  readonly note?: string | undefined
  readonly confirmed?: RulePack['horizontal'][number]['confirmed']
}

const scaleOf = (unit: string): number => (unit === '‰' ? 1000 : 1)

/** Cells of a table in the order of the pack. */
export function listedCells(pack: RulePack, table: ListedTable): readonly ListedCell[] {
  return pack[table].map(cell => {
    const values = cell as Readonly<Record<string, unknown>>
    const figures = LISTED_FIGURES[table].flatMap(([key, unit]) => (typeof values[key] === 'number' ? [[key, round(values[key] * scaleOf(unit))] as const] : []))
    const { clause, basis, note, confirmed } = cell
    return { class: cell.class, to: [values['surface'], values['feature'], values['with'], values['nodeType'], values['nodeKind']].flat().filter(word => typeof word === 'string'), figures: Object.fromEntries(figures), clause, basis, note, confirmed }
  })
}

/** Per thousand and back without the tail of a binary fraction. */
const round = (value: number): number => Number(value.toPrecision(12))

/** A pack with another cell at a place of a table, its class and what it is kept to as they were; null takes the cell out. */
export function withListedCell(pack: RulePack, table: ListedTable, at: number, cell: Omit<ListedCell, 'class' | 'to'> | null): RulePack {
  if (cell === null) return { ...pack, [table]: pack[table].filter((_, k) => k !== at) }
  const { figures, clause, basis, note, confirmed } = cell
  const scaled = Object.fromEntries(LISTED_FIGURES[table].map(([key, unit]) => [key, figures[key] === undefined ? undefined : round(figures[key] / scaleOf(unit))]))
  return { ...pack, [table]: pack[table].map((known, k) => (k === at ? withoutBlanks({ ...known, ...scaled, clause, basis, note, confirmed }) : known)) }
}

/** A limit that only one of two packs has in a listed table, or that differs. */
export interface ListedDifference {
  readonly table: ListedTable
  readonly class: string
  readonly to: readonly string[]
  readonly left: ListedCell | null
  readonly right: ListedCell | null
}

/** Listed limits that differ between two packs, matched by class and what they are kept to. Another clause is no difference. */
export function listedDifferences(left: RulePack, right: RulePack): ListedDifference[] {
  return LISTED_TABLES.flatMap(table => {
    const sides = [left, right].map(pack => new Map(listedCells(pack, table).map(cell => [JSON.stringify([cell.class, cell.to]), cell])))
    return [...new Set(sides.flatMap(side => [...side.keys()]))].flatMap(key => {
      const [l, r] = sides.map(side => side.get(key) ?? null) as [ListedCell | null, ListedCell | null]
      const isSame = l !== null && r !== null && l.basis === r.basis && JSON.stringify(l.figures) === JSON.stringify(r.figures)
      const { class: classId, to } = (l ?? r)!
      return isSame ? [] : [{ table, class: classId, to, left: l, right: r }]
    })
  })
}

/** The cell as one a user looked up in the printed standard. */
export const confirmedListed = (cell: ListedCell, by: string, at: string): ListedCell => ({ ...cell, basis: 'confirmed', confirmed: { by, at, was: cell.basis } })
