import { describe, expect, it } from 'vitest'
import en from '#assets/locales/en/cli-bcf.json' with { type: 'json' }
import zh from '#assets/locales/zh-CN/cli-bcf.json' with { type: 'json' }
import { BCF_NOTICES, BCF_REFUSALS } from '#shared/io/bcf/refused.ts'

describe.each([['en', en], ['zh-CN', zh]])('%s', (_language, { refused, notice }) => {
  it('has a text for every refusal and notice, and for nothing else', () => {
    expect(Object.keys(refused).sort()).toEqual([...BCF_REFUSALS].sort())
    expect(Object.keys(notice).sort()).toEqual([...BCF_NOTICES].sort())
  })
})
