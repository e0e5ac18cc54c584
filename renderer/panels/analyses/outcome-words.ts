import type { TFunction } from 'i18next'
import type { AnalysisResult } from '../../state/analysis-store.ts'
import { figure } from '../../i18n/format.ts'

type Outcome = AnalysisResult['outcome']
export type OutcomeTable = Outcome['tables'][number]
export type OutcomeColumn = OutcomeTable['columns'][number]
export type OutcomeRow = OutcomeTable['rows'][number]
export type OutcomeFigure = Outcome['figures'][number]
export type Cell = OutcomeRow['cells'][number]

/** A word of an answer: of its column first, then of all, then a rule, a type or kind of the twin; what no catalogue has stays. */
export const outcomeWord = (t: TFunction, column: string, value: string): string =>
  t([`analyses:word.${column}.${value}`, `analyses:word.${value}`, `findings:rule.${value}`, `kinds:nodeType.${value}`, `kinds:kind.${value}`], { defaultValue: value })

/** A figure with its unit, as the headline and the assumptions show it. */
export function figureText(t: TFunction, { id, value, unit, decimals, isName }: OutcomeFigure): string {
  if (value === null) return t('analyses:notKnown')
  if (typeof value === 'string') return isName ? value : outcomeWord(t, id, value)
  return [unit === 'years' ? years(value) : figure(value, decimals ?? 0), unit ? t(`analyses:unit.${unit}`) : ''].filter(part => part !== '').join(' ')
}

/** Return periods are whole years, but for the short ones. */
const years = (value: number): string => String(Number(value.toFixed(1)))

export const columnTitle = (t: TFunction, column: OutcomeColumn): string => t(`analyses:column.${column.id}`, { figure: column.figure ?? '' })

/** A cell in words; empty where nothing is known. */
export function cellText(t: TFunction, column: OutcomeColumn, value: Cell): string {
  if (value === null || value === '') return ''
  switch (column.type) {
    case 'number': return typeof value !== 'number' ? '' : column.unit === 'years' ? years(value) : figure(value, column.decimals ?? 0)
    case 'yes': return t(value === true ? 'analyses:yes' : 'analyses:no')
    case 'kind': return t(`kinds:kind.${String(value)}`)
    case 'word': return outcomeWord(t, column.id, String(value))
    case 'words': return String(value).split(' ').map(word => outcomeWord(t, column.id, word)).join(t('analyses:comma'))
    case 'id': case 'text': return value === 'outside' && column.id === 'block' ? t('analyses:outside') : String(value)
  }
}

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
