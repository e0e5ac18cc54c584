import type { TFunction } from 'i18next'
import type { AnalysisResult } from '../../state/findings/analysis-store.ts'
import { cellText } from '#shared/report/outcome-words.ts'

type Outcome = AnalysisResult['outcome']
export type OutcomeTable = Outcome['tables'][number]
export type OutcomeColumn = OutcomeTable['columns'][number]
export type OutcomeRow = OutcomeTable['rows'][number]

/** Rows in the order of a column: figures by size, the rest as read; what is not known comes last either way. */
export function sortedRows(t: TFunction, table: OutcomeTable, columnId: string | null, descending: boolean, language: string): readonly OutcomeRow[] {
  const index = table.columns.findIndex(({ id, figure: of }) => keyOf(id, of) === columnId)
  const column = table.columns[index]
  if (!column) return table.rows
  const collator = new Intl.Collator(language, { numeric: true })
  const isBlank = (row: OutcomeRow) => row.cells[index] === null || row.cells[index] === ''
  const compare = (a: OutcomeRow, b: OutcomeRow) => (column.type === 'number' ? Number(a.cells[index]) - Number(b.cells[index]) : collator.compare(cellText(t, column, a.cells[index]!), cellText(t, column, b.cells[index]!)))
  return [...table.rows].sort((a, b) => Number(isBlank(a)) - Number(isBlank(b)) || (isBlank(a) ? 0 : (descending ? -1 : 1) * compare(a, b)))
}

/** Columns of several return periods share an id: with the period they are apart. */
export const keyOf = (id: string, of: number | undefined): string => (of === undefined ? id : `${id}@${of}`)
