import { figure } from '../core/figures.ts'
import type { OutcomeColumn, OutcomeFigure, OutcomeRow } from '../hazards/analysis/outcome.ts'
import type { Words } from './words.ts'

/** How an analysis is said, in the interface and on paper alike. */

/** A word of an answer: of its column first, then of all, then a type or kind of the twin; what no catalogue has stays. */
export const outcomeWord = (words: Words, column: string, value: string): string =>
  words([`analyses:word.${column}.${value}`, `analyses:word.${value}`, `findings:rule.${value}`, `kinds:nodeType.${value}`, `kinds:kind.${value}`], { defaultValue: value })

/** As the host sends it, or as a method made it. */
type Figure = { readonly [K in keyof OutcomeFigure]: OutcomeFigure[K] | undefined } & Pick<OutcomeFigure, 'id' | 'value'>

/** A figure with its unit, as the headline and the assumptions show it. */
export function figureText(words: Words, { id, value, unit, decimals, isName, title }: Figure, language: 'zh-CN' | 'en'): string {
  if (title) return title[language]
  if (value === null) return words('analyses:notKnown')
  if (typeof value === 'string') return isName ? value : outcomeWord(words, id, value)
  return [unit === 'years' ? years(value) : figure(value, decimals ?? 0), unit ? words(`analyses:unit.${unit}`) : ''].filter(part => part !== '').join(' ')
}

/** Return periods are whole years, but for the short ones. */
const years = (value: number): string => String(Number(value.toFixed(1)))

export const columnTitle = (words: Words, column: Pick<OutcomeColumn, 'id'> & { readonly figure?: number | undefined }): string => words(`analyses:column.${column.id}`, { figure: column.figure ?? '' })

/** A cell in words; empty where nothing is known. */
export function cellText(words: Words, column: Pick<OutcomeColumn, 'id' | 'type'> & { readonly unit?: string | undefined; readonly decimals?: number | undefined }, value: OutcomeRow['cells'][number]): string {
  if (value === null || value === '') return ''
  switch (column.type) {
    case 'number': return typeof value !== 'number' ? '' : column.unit === 'years' ? years(value) : figure(value, column.decimals ?? 0)
    case 'yes': return words(value === true ? 'analyses:yes' : 'analyses:no')
    case 'kind': return words(`kinds:kind.${String(value)}`)
    case 'word': return outcomeWord(words, column.id, String(value))
    case 'words': return String(value).split(' ').map(word => outcomeWord(words, column.id, word)).join(words('analyses:comma'))
    case 'id': case 'text': return value === 'outside' && column.id === 'block' ? words('analyses:outside') : String(value)
  }
}
