import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ISSUE_CODES } from '#shared/core/issues.ts'

const catalogue = (language: string, name: string) =>
  JSON.parse(readFileSync(new URL(`../../../assets/locales/${language}/${name}.json`, import.meta.url), 'utf8')) as Record<string, unknown>

describe.each(['en', 'zh-CN'])('texts in %s', language => {
  it('say for every issue code what it means and what to do', () => {
    const texts = catalogue(language, 'issues')
    expect(Object.keys(texts).sort()).toEqual([...ISSUE_CODES].sort())
    for (const text of Object.values(texts)) expect(String(text).length).toBeGreaterThan(10)
  })
})

const keysOf = (value: unknown, prefix = ''): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${prefix}.${key}`)) : [prefix]
const placeholders = (value: unknown): string[] => JSON.stringify(value).match(/\{\{\w+\}\}/g)?.sort() ?? []

it.each(['issues', 'import', 'cli-import'])('%s has the same keys and placeholders in both languages', name => {
  expect(keysOf(catalogue('zh-CN', name))).toEqual(keysOf(catalogue('en', name)))
  expect(placeholders(catalogue('zh-CN', name))).toEqual(placeholders(catalogue('en', name)))
})
