import { describe, expect, it } from 'vitest'
import { removalsOf } from '#renderer/state/scheme/removals.ts'
import { emptyScenario, type Proposal, type ScenarioDocument } from '#shared/scenario/document.ts'

const diversion: Proposal = { id: 'proposal-1', name: 'Diversion', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis: [[0, 0, 0], [1, 0, 0]], replaces: ['RQ-1', 'RQ-2'] }
const document: ScenarioDocument = { ...emptyScenario('s', 'S'), proposals: { 'proposal-1': diversion }, removals: { 'JS-1': { reason: 'out of use' } } }

describe('what a scheme takes out of the ground', () => {
  it('is what it removes and what a diversion replaces, each with its cause', () => {
    expect([...removalsOf(document)]).toEqual([
      ['JS-1', { reason: 'out of use', replacedBy: null }], ['RQ-1', { reason: '', replacedBy: 'proposal-1' }], ['RQ-2', { reason: '', replacedBy: 'proposal-1' }],
    ])
    expect(removalsOf(document)).toBe(removalsOf(document))
  })

  it('is nothing without a scheme', () => expect(removalsOf(null).size).toBe(0))
})
