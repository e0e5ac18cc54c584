import { describe, expect, it } from 'vitest'
import { mergeCommands, mergePlan, type MergeChoice } from '#shared/review/merge-schemes.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import { emptyScenario, type Excavation, type Proposal, type ScenarioDocument } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const line = (id: string, name: string, ...axis: Vec3[]): Proposal => ({ id, name, kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis })
const pit = (id: string, x: number): Excavation => ({ id, name: '', shape: { type: 'pit', outline: [[x, 0], [x + 4, 0], [x + 4, 4]] }, bottom: { depthM: 3 }, slopeRatio: 0 })
const scheme = (id: string, proposals: readonly Proposal[], excavations: readonly Excavation[] = [], removals: readonly string[] = []): ScenarioDocument => ({
  ...emptyScenario(id, id), proposals: Object.fromEntries(proposals.map(each => [each.id, each])), excavations: Object.fromEntries(excavations.map(each => [each.id, each])), removals: Object.fromEntries(removals.map(each => [each, { reason: 'r' }])),
})
const base = scheme('A', [line('proposal-1', 'Main', [0, 0, 0], [9, 0, 0]), line('proposal-2', 'Branch', [0, 5, 0], [9, 5, 0]), line('same', 'S', [0, 7, 0], [9, 7, 0])], [pit('pit-1', 0)], ['X'])
const other = scheme('B', [line('proposal-1', 'Main', [0, 0, 0], [9, 0, -1]), line('proposal-2', 'Elsewhere', [50, 5, 0], [99, 5, 0]), line('same', 'S', [0, 7, 0], [9, 7, 0]), line('new', 'N', [0, 8, 0], [9, 8, 0])], [pit('pit-1', 30)], ['X', 'Y'])

const merged = (choices: Readonly<Record<string, MergeChoice>>): ScenarioDocument => {
  const done = executeCommand(base, scenarioCommandSchema.parse({ op: 'group', label: 'merge', commands: mergeCommands(base, other, choices) }))
  if (!done.ok) throw new Error(done.error.code)
  return done.value.document
}

describe('two schemes as one', () => {
  it('tell what is missing, and what both have differently: changed things are one, things that share no place two', () => {
    const { missing, removals, conflicts } = mergePlan(base, other)
    expect([missing.map(({ id }) => id), removals]).toEqual([['new'], ['Y']])
    expect(conflicts.map(({ id, usual }) => [id, usual])).toEqual([['pit-1', 'both'], ['proposal-1', 'keep'], ['proposal-2', 'both']])
  })

  it('lose nothing by the usual choices', () => {
    const { proposals, excavations, removals } = merged({})
    expect(proposals['proposal-1']).toEqual(base.proposals['proposal-1'])
    expect(proposals['proposal-3']).toEqual({ ...other.proposals['proposal-2']!, id: 'proposal-3' })
    expect(Object.keys(proposals)).toEqual(['proposal-1', 'proposal-2', 'same', 'new', 'proposal-3'])
    expect(excavations['pit-2']).toMatchObject({ shape: other.excavations['pit-1']!.shape })
    expect(Object.keys(removals)).toEqual(['X', 'Y'])
  })

  it('take the other\'s, or have both under a free name, where that is chosen', () => {
    expect(merged({ 'proposal-1': 'take' }).proposals['proposal-1']).toEqual(other.proposals['proposal-1'])
    expect(merged({ 'proposal-1': 'both' }).proposals).toMatchObject({ 'proposal-1': { axis: [[0, 0, 0], [9, 0, 0]] }, 'proposal-3': { name: 'Main (2)', axis: [[0, 0, 0], [9, 0, -1]] } })
    expect(merged({ 'pit-1': 'take', 'proposal-2': 'keep' }).excavations).toEqual({ 'pit-1': other.excavations['pit-1'] })
  })
})
