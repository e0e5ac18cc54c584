import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import enExamples from '#assets/locales/en/issue-examples.json' with { type: 'json' }
import enRefusals from '#assets/locales/en/refusals.json' with { type: 'json' }
import zhExamples from '#assets/locales/zh-CN/issue-examples.json' with { type: 'json' }
import zhRefusals from '#assets/locales/zh-CN/refusals.json' with { type: 'json' }
import { issueExampleWords } from '#shared/report/issue-example-words.ts'

const ROOT = join(import.meta.dirname, '../../../shared/io')

async function translator(lng: 'en' | 'zh-CN'): Promise<TFunction> {
  const instance = i18next.createInstance()
  await instance.init({ lng, interpolation: { escapeValue: false }, resources: { en: { 'issue-examples': enExamples, refusals: enRefusals }, 'zh-CN': { 'issue-examples': zhExamples, refusals: zhRefusals } } })
  return instance.t
}
const [en, zh] = [await translator('en'), await translator('zh-CN')]

/** Problems that importers note (not refuse with), read from themselves. */
function problemsNoted(): string[] {
  const problems = new Set<string>()
  for (const file of readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
    for (const [, context] of readFileSync(join(ROOT, file), 'utf8').matchAll(/log\.add\([^\n]*?\{([^}\n]*problem:[^}\n]*)\}/g)) {
      for (const [, problem] of context!.matchAll(/'([a-z]+_[a-z_0-9]+)'/g)) problems.add(problem!)
    }
  }
  return [...problems].sort()
}

describe('the example of an issue row', () => {
  it('is said in words, in both languages: place, what was found', () => {
    expect(issueExampleWords(en, 'RQ9-RQ10 (lines#23) coverM=0.6 ground=ends')).toBe('RQ9-RQ10 (lines#23): cover taken as 0.6 m, ground from the ends')
    expect(issueExampleWords(zh, 'RQ9-RQ10 (lines#23) coverM=0.6 ground=ends')).toBe('RQ9-RQ10 (lines#23)：覆土取 0.6 m，地面取自两端')
    expect(issueExampleWords(zh, 'JS4–JS3 (线#81) problem=line_twice')).toContain('均已保留')
  })
  it('keeps blanks within values, places without figures, and figures without words', () => {
    expect(issueExampleWords(en, 'roads said=Gauss Kruger zone 3 strange=7')).toBe('roads: it says Gauss Kruger zone 3, strange=7')
    expect(issueExampleWords(en, 'ws_arcs#12')).toBe('ws_arcs#12')
    expect(issueExampleWords(en, '')).toBe('')
  })
  it('has words for every problem the importers note', () => {
    const problems = problemsNoted()
    expect(problems.length).toBeGreaterThan(15)
    for (const problem of problems) for (const words of [en, zh]) expect(issueExampleWords(words, `x problem=${problem}`), problem).not.toContain(problem)
  })
  it('has the same figures in both languages, each with its value', () => {
    expect(Object.keys(zhExamples.figure)).toEqual(Object.keys(enExamples.figure))
    expect(Object.keys(zhExamples.problem)).toEqual(Object.keys(enExamples.problem))
    for (const text of [...Object.values(enExamples.figure), ...Object.values(zhExamples.figure)]) expect(text).toContain('{{value}}')
  })
})
