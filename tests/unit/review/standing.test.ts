import { describe, expect, it } from 'vitest'
import type { FindingState } from '#shared/register/finding-state.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import { sideHash, type SideGeometry } from '#shared/review/side-hash.ts'
import { seenOf, standingOf, type StandingContext } from '#shared/review/standing.ts'
import { statusOfWord } from '#shared/review/status-words.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'

const pipe = (y: number): SideGeometry => ({ axis: [[430_000, 4_581_000 + y, 30], [430_040, 4_581_000 + y, 30]], section: { shape: 'circle', diameterM: 0.3 } })
const finding = aFinding({ id: 'f', a: ['G'], b: ['W'], rule: 'horizontal', required: 1, found: 0.6, shortfall: 0.4 })
const pack = { id: 'p', version: '1', hash: 'h' }
const contextWith = (changes: Partial<StandingContext> = {}, y = 0): StandingContext => ({ today: '2026-06-01', pack, geometryOf: id => (id === 'G' ? pipe(y) : pipe(1)), ...changes })

const state = (changes: Partial<FindingState> = {}): FindingState => ({ scenarioId: null, findingId: 'f', status: 'active', assignee: '', due: null, tags: [], group: '', comments: [], exception: null, seen: seenOf(finding, ''), ...changes })
const accepted = state({
  status: 'accepted',
  exception: { reason: 'r', measure: 'm', person: 'p', date: '2026-01-01', expires: '2026-06-01', pack, geometry: { a: sideHash(['G'], contextWith().geometryOf), b: sideHash(['W'], contextWith().geometryOf) } },
})

describe('where a finding stands', () => {
  it('is new until somebody touches it', () => expect(standingOf(finding, null, contextWith())).toMatchObject({ status: 'new', trend: 'new' }))

  it('stays accepted through its last day, while nothing moves', () => expect(standingOf(finding, accepted, contextWith())).toMatchObject({ status: 'accepted', reopened: null }))

  it.each([
    ['a side moved by a millimetre', contextWith({}, 0.001), 'moved'],
    ['a side is gone', contextWith({ geometryOf: id => (id === 'G' ? null : pipe(1)) }), 'moved'],
    ['the pack changed', contextWith({ pack: { ...pack, hash: 'other' } }), 'pack'],
    ['its last day has passed', contextWith({ today: '2026-06-02' }), 'expired'],
  ])('opens again by itself: %s', (_, context, reopened) => expect(standingOf(finding, accepted, context)).toMatchObject({ status: 'active', reopened }))

  it('opens again where what is screened has got worse, though no side moved', () => {
    const screened = { ...finding, rule: 'manhole_flooding' as const }
    const known: FindingState = { ...accepted, exception: { ...accepted.exception!, shortfall: 0.4 }, seen: seenOf(screened, '') }
    const at = (shortfall: number, rule: typeof screened.rule | 'horizontal' = screened.rule) => standingOf({ ...screened, rule, shortfall }, known, contextWith())
    expect(at(0.4)).toMatchObject({ status: 'accepted', reopened: null })
    expect(at(0.3)).toMatchObject({ status: 'accepted', reopened: null })
    expect(at(0.5)).toMatchObject({ status: 'active', reopened: 'worse' })
    expect(at(0.5, 'horizontal').reopened).toBeNull()
  })

  it('does not mind what a local frame does to the last digits', () => expect(standingOf(finding, accepted, contextWith({}, 1e-9)).reopened).toBeNull())

  it('is found again where it was resolved', () => expect(standingOf(finding, state({ status: 'resolved' }), contextWith())).toMatchObject({ status: 'active', trend: 'again' }))

  it.each([[0.402, 'worse'], [0.398, 'better'], [0.4005, 'same']])('a shortfall of %f against 0.4 is %s', (shortfall, trend) =>
    expect(standingOf({ ...finding, shortfall }, state(), contextWith()).trend).toBe(trend))
})

describe('the key of a finding', () => {
  it('is the same in every scheme for lines in the ground, and the scheme\'s own for a proposal', () => {
    expect(findingKey(finding, 's1', () => false)).toEqual(findingKey(finding, null, () => false))
    expect(findingKey(finding, 's1', id => id === 'G').key).not.toBe(findingKey(finding, 's2', id => id === 'G').key)
  })

  it('is the scheme\'s own for what it makes worse, whatever its sides', () => {
    const flooding = { ...finding, rule: 'manhole_flooding' as const }
    expect(findingKey(flooding, 's1', () => false)).toMatchObject({ scenarioId: 's1' })
    expect(findingKey(flooding, 's1', () => false).key).not.toBe(findingKey(flooding, 's2', () => false).key)
  })

  it('fits the register however long the identity is', () => expect(findingKey({ ...finding, id: 'x'.repeat(900) }, null, () => false).key.length).toBeLessThanOrEqual(500))
})

describe('words of other programs', () => {
  it.each([['Closed', 'resolved'], ['In Progress', 'active'], ['已认可', 'accepted'], ['OPEN', 'new'], ['whatever', null]])('%s is %s', (word, status) => expect(statusOfWord(word)).toBe(status))
})
