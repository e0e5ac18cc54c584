import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/contract.ts'
import { COMMON_ERRORS, type RequestSpec } from '#shared/contract/define.ts'

const codes = new Set<string>([...COMMON_ERRORS, ...Object.values(contract as Record<string, RequestSpec>).flatMap(spec => spec.errors)])

describe.each(['en', 'zh-CN'])('texts of the errors in %s', language => {
  const texts = JSON.parse(readFileSync(join(import.meta.dirname, '../../../assets/locales', language, 'errors.json'), 'utf8')) as Record<string, string>

  it('are there for every code a call may answer, and for none that is not', () => {
    expect(Object.keys(texts).toSorted()).toEqual([...codes].toSorted())
  })

  it('say more than the code does: what happened and what to do', () => {
    const shortAnswers = ['nothing_to_undo', 'nothing_to_redo', 'cancelled']
    const sentences = (text: string) => text.split(/[.。;；:：](?:\s|$|(?=\p{Script=Han}))/u).filter(part => part.trim() !== '').length
    const tooShort = Object.entries(texts).filter(([code, text]) => !shortAnswers.includes(code) && sentences(text) < 2)
    expect(tooShort).toEqual([])
  })
})
