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
  const figures = [...example.slice(ref.length).matchAll(FIGURE)].map(([raw, name, value]) => {
    const text = value!.trim()
    if (name === 'problem') return words(`issue-examples:problem.${text}`, { defaultValue: '' }) || words(`refusals:${text}`, { defaultValue: '' }) || text
    const meant = words(`issue-examples:value.${name}.${text}`, { defaultValue: text })
    return words(`issue-examples:figure.${name}`, { value: meant, defaultValue: raw.trim() })
  }).filter(text => text !== '')
  if (ref === '') return figures.join(words('issue-examples:comma'))
  return figures.length === 0 ? ref : words('issue-examples:both', { ref, found: figures.join(words('issue-examples:comma')) })
}
