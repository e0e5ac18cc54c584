import { describe, expect, it } from 'vitest'
import type { FindingState } from '#shared/register/finding-state.ts'
import { goneFindings } from '#shared/review/gone.ts'
import { seenOf } from '#shared/review/standing.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'

const state = (scenarioId: string | null, fields: Partial<FindingState> = {}, shortfall = 0.1): { readonly body: FindingState } => ({
  body: { scenarioId, findingId: 'f', status: 'active', assignee: '', due: null, tags: [], group: '', comments: [], exception: null, seen: seenOf(aFinding({ shortfall }), '2026-11-27T00:00:00Z'), ...fields },
})
const keys = (...args: Parameters<typeof goneFindings>) => goneFindings(...args).map(({ key }) => key)

describe('findings that are gone', () => {
  const records = { 'A/1': state('A'), 'A/2': state('A', {}, 0.4), 'B/1': state('B'), '/base': state(null), 'A/done': state('A', { status: 'resolved' }), 'A/accepted': state('A', { status: 'accepted' }, 0.2) }

  it('are those of the scheme that were worked on, are not resolved and were not found, the heaviest first', () => {
    expect(keys(records, new Set(['A/1']), 'A', 'proposals')).toEqual(['A/2', 'A/accepted'])
  })

  it('between assets of the baseline only a check of the whole network can tell', () => {
    expect(keys(records, new Set(['A/1', 'A/2', 'A/accepted']), 'A', 'proposals')).toEqual([])
    expect(keys(records, new Set(['A/1', 'A/2', 'A/accepted']), 'A', 'network')).toEqual(['/base'])
    expect(keys(records, new Set(['/base']), null, 'network')).toEqual([])
  })

  it('of the lifeline only the lifeline can tell, and it tells of nothing else', () => {
    const screened = { ...records, 'A/gas': state('A', { seen: seenOf(aFinding({ rule: 'gas_space' }), '') }) }
    expect(keys(screened, new Set(['A/1']), 'A', 'proposals')).not.toContain('A/gas')
    expect(keys(screened, new Set(), 'A', 'network')).not.toContain('A/gas')
    expect(keys(screened, new Set(), 'A', 'lifeline')).toEqual(['A/gas'])
    expect(keys(screened, new Set(['A/gas']), 'A', 'lifeline')).toEqual([])
  })
})
