import type { IssueCode } from '../core/issues.ts'
import { figureWords } from './issue-example-words.ts'
import type { Words } from './words.ts'

/** Why a file was refused, as an importer says it (shared/core/issues.ts). */
export interface Refusal {
  readonly code: IssueCode
  readonly context?: Readonly<Record<string, string | number>>
}

/** Where in the file: said in words only where the sentence does not. */
const PLACES = ['line', 'byte'] as const

/**
 * Why a file was refused, in a sentence or two: what is wrong with it, where, what to do. What the general text of the
 * issue says is left to those problems that have no words of their own.
 */
export function refusalWords(words: Words, { code, context = {} }: Refusal): string {
  const { problem, ...figures } = context
  const own = typeof problem === 'string' ? words(`refusals:${problem}`, { ...figures, defaultValue: '' }) : ''
  const known = PLACES.find(name => context[name] !== undefined)
  const place = known === undefined || own.includes(String(context[known])) ? '' : words(`refusals:place.${known}`, { at: context[known] })
  if (own !== '') return own + place
  const rest = figureWords(words, Object.entries(context))
  return words(`issues:${code}`) + (rest === '' ? '' : ` (${rest})`)
}
