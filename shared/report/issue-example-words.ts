import type { Words } from './words.ts'

/** A figure or word of an example: ` coverM=0.6`. A value may hold blanks; the next ` name=` ends it. */
const FIGURE = /(?:^|\s)([A-Za-z]\w*)=((?:(?!\s[A-Za-z]\w*=).)*)/gs

/**
 * The example of an issue row (shared/core/issues.ts) in words: the place as it stands, then what was found there. A figure
 * without words of its own stays as it is.
 */
export function issueExampleWords(words: Words, example: string): string {
  const first = /(?:^|\s)[A-Za-z]\w*=/.exec(example)
  const ref = (first ? example.slice(0, first.index) : example).trim()
  const figures = figureWords(words, [...example.slice(ref.length).matchAll(FIGURE)].map(([, name, value]) => [name!, value!.trim()]))
  if (figures === '' || ref === '') return figures || ref
  return words('issue-examples:both', { ref, found: figures })
}

/** Figures of an issue in words, one after the other; '' where they say nothing beside its text. A figure without words stays as it is. */
export function figureWords(words: Words, figures: readonly (readonly [name: string, value: string | number])[]): string {
  const texts = figures.map(([name, value]) => {
    const text = String(value)
    if (name === 'problem') return words(`issue-examples:problem.${text}`, { defaultValue: '' }) || words(`refusals:${text}`, { defaultValue: '' }) || text
    const meant = words(`issue-examples:value.${name}.${text}`, { defaultValue: text })
    return words(`issue-examples:figure.${name}`, { value: meant, defaultValue: `${name}=${text}` })
  })
  return texts.filter(text => text !== '').join(words('issue-examples:comma'))
}
