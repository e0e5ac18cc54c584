import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import enIssues from '#assets/locales/en/issues.json' with { type: 'json' }
import enRefusals from '#assets/locales/en/refusals.json' with { type: 'json' }
import zhIssues from '#assets/locales/zh-CN/issues.json' with { type: 'json' }
import zhRefusals from '#assets/locales/zh-CN/refusals.json' with { type: 'json' }
import { refusalWords } from '#shared/report/refusal-words.ts'

const ROOT = join(import.meta.dirname, '../../..')

async function translator(lng: 'en' | 'zh-CN'): Promise<TFunction> {
  const instance = i18next.createInstance()
  await instance.init({ lng, interpolation: { escapeValue: false }, resources: { en: { issues: enIssues, refusals: enRefusals }, 'zh-CN': { issues: zhIssues, refusals: zhRefusals } } })
  return instance.t
}
const [en, zh] = [await translator('en'), await translator('zh-CN')]

/** Problems that sources are refused with, read from the importers themselves. */
function problemsThrown(): string[] {
  const problems = new Set<string>()
  for (const folder of ['shared/io', 'main/services']) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue
      for (const [, problem] of readFileSync(join(ROOT, folder, file), 'utf8').matchAll(/new SourceRefused\([^)]*?problem: '([a-z_]+)'/g)) problems.add(problem!)
    }
  }
  return [...problems].sort()
}

describe('why a file was refused', () => {
  it('is said in words for every problem an importer refuses a file with, in both languages', () => {
    const problems = problemsThrown()
    expect(problems.length).toBeGreaterThan(30)
    for (const problem of problems) for (const words of [en, zh]) expect(words(`refusals:${problem}`, { defaultValue: '' }), problem).not.toBe('')
  })

  it('says what, where and what to do', () => {
    expect(refusalWords(en, { code: 'schema_invalid', context: { problem: 'truncated', byte: 310_000_000 } })).toBe('It ends in the middle: it was cut off. Copy or export it again. Byte 310000000.')
    expect(refusalWords(zh, { code: 'schema_invalid', context: { problem: 'syntax', byte: 0, line: 1 } })).toBe('格式错误：所示位置的内容不合语法，请从来源重新导出。（第 1 行）')
    expect(refusalWords(en, { code: 'schema_invalid', context: { problem: 'unknown_section', section: 'XYZ', line: 7 } })).toBe('It has a section that the format does not know (XYZ, line 7).')
  })

  it('falls back on the general words of the issue, figures included', () => {
    expect(refusalWords(en, { code: 'encoding', context: { encoding: 'shift-jis' } })).toBe(`${enIssues.encoding} (encoding=shift-jis)`)
    expect(refusalWords(en, { code: 'part_missing' })).toBe(enIssues.part_missing)
  })
})
