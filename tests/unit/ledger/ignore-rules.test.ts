import { describe, expect, it } from 'vitest'
import { hiddenBy, isInForce, type IgnoreRule } from '#shared/ledger/selection-set.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'

const rule = (fields: Partial<IgnoreRule> = {}): IgnoreRule => ({
  reason: '旧管废弃', person: '', date: '2026-11-27', expires: null, a: { type: 'query', id: 'old' }, b: { type: 'all' }, rules: [], alsoMandatory: true, isActive: true, ...fields,
})
const testOf = (set: IgnoreRule['a']) => (set.type === 'all' ? () => true : (id: string) => id.startsWith('old'))
const hidden = (fields: Partial<IgnoreRule>, ...findings: Parameters<typeof aFinding>[0][]) => hiddenBy(rule(fields), findings.map(finding => aFinding(finding)), testOf)

describe('an ignore rule', () => {
  it('hides what lies between its sets, whichever side is which', () => {
    expect(hidden({}, { a: ['old 1'], b: ['new'] }, { a: ['new'], b: ['old 1', 'old 2'] }, { a: ['new'], b: ['newer'] })).toEqual([true, true, false])
  })
  it('hides a run only where all of it is meant', () => {
    expect(hidden({}, { a: ['old 1', 'new'], b: ['newer'] })).toEqual([false])
  })
  it('hides what a line has with the ground where its set is against everything', () => {
    const covers: Parameters<typeof aFinding>[0][] = [{ a: ['old'], b: [], rule: 'cover' }, { a: ['new'], b: [], rule: 'cover' }]
    expect(hidden({}, ...covers)).toEqual([true, false])
    expect(hidden({ a: { type: 'all' }, b: { type: 'query', id: 'old' } }, ...covers)).toEqual([true, false])
    expect(hidden({ b: { type: 'query', id: 'other' } }, ...covers)).toEqual([false, false])
  })
  it('keeps to its rules, and to advisory limits unless told', () => {
    expect(hidden({ rules: ['horizontal'] }, { a: ['old'], b: ['new'], rule: 'horizontal' }, { a: ['old'], b: ['new'], rule: 'hard' })).toEqual([true, false])
    expect(hidden({ alsoMandatory: false }, { a: ['old'], b: ['new'], mandatory: true }, { a: ['old'], b: ['new'], mandatory: false })).toEqual([false, true])
  })
  it('holds through its last day while it is on', () => {
    expect([isInForce(rule({ expires: '2026-11-27' }), '2026-11-27'), isInForce(rule({ expires: '2026-11-26' }), '2026-11-27'), isInForce(rule({ isActive: false }), '2026-11-27')]).toEqual([true, false, false])
  })
})
