import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { scenarioCommandSchema, type ScenarioCommand, type ScenarioOp } from '#shared/scenario/command-schema.ts'
import { emptyScenario, type Excavation, type Proposal, type ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { applyToDocument, EMPTY_HISTORY, historyEntry, recordEntry, redoStep, touchedByPatches, undoStep } from '#shared/scenario/history.ts'
import { randomCommand, randomDocument } from '#tests/builders/random-scenario.ts'

const pipe: Proposal = { id: 'P1', name: 'main', kind: 'gas', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[0, 0, -2], [10, 0, -2], [20, 0, -2]] }
const pit: Excavation = { id: 'E1', name: 'pit', shape: { type: 'pit', outline: [[0, 0], [8, 0], [8, 6], [0, 6]] }, bottom: { depthM: 3 }, slopeRatio: 0.5, soil: 'sand' }
const document: ScenarioDocument = { ...emptyScenario('s', 'A'), proposals: { P1: pipe }, excavations: { E1: pit } }

function after(command: ScenarioCommand, before = document): ScenarioDocument {
  const result = executeCommand(before, command)
  if (!result.ok) throw new Error(`refused: ${result.error.code}`)
  return result.value.document
}

function refusal(command: ScenarioCommand, before = document): string {
  const copy = structuredClone(before)
  const result = executeCommand(before, command)
  expect(before).toEqual(copy)
  return result.ok ? 'accepted' : result.error.code
}

describe('each command', () => {
  it('adds a proposal under its id', () => {
    expect(after({ op: 'proposal.add', proposal: { ...pipe, id: 'P2', axis: [[0, 0, 0], [1, 0, 0]] } }).proposals['P2']?.axis).toEqual([[0, 0, 0], [1, 0, 0]])
  })
  it('removes a proposal', () => {
    expect(after({ op: 'proposal.remove', id: 'P1' }).proposals).toEqual({})
  })
  it('moves a vertex with a patch of that vertex alone', () => {
    const result = executeCommand(document, { op: 'proposal.moveVertex', id: 'P1', index: 1, to: [10, 5, -3] })
    expect(result).toMatchObject({ ok: true, value: { touched: ['P1'], labelKey: 'scenario:label.moveVertex', forward: [{ op: 'replace', path: ['proposals', 'P1', 'axis', 1], value: [10, 5, -3] }] } })
  })
  it('inserts a vertex before the index, and at the end', () => {
    expect(after({ op: 'proposal.insertVertex', id: 'P1', index: 1, at: [5, 1, -2] }).proposals['P1']?.axis).toEqual([[0, 0, -2], [5, 1, -2], [10, 0, -2], [20, 0, -2]])
    expect(after({ op: 'proposal.insertVertex', id: 'P1', index: 3, at: [30, 0, -2] }).proposals['P1']?.axis).toHaveLength(4)
  })
  it('inserts into a long axis with one patch', () => {
    const axis = Array.from({ length: 5000 }, (_, i): [number, number, number] => [i, 0, 0])
    const long = after({ op: 'proposal.setAxis', id: 'P1', axis })
    const result = executeCommand(long, { op: 'proposal.insertVertex', id: 'P1', index: 0, at: [-1, 0, 0] })
    expect(result.ok && result.value.forward).toHaveLength(1)
  })
  it('deletes a vertex', () => {
    expect(after({ op: 'proposal.deleteVertex', id: 'P1', index: 1 }).proposals['P1']?.axis).toEqual([[0, 0, -2], [20, 0, -2]])
  })
  it('sets properties, clears those given as null and leaves the others', () => {
    const next = after({ op: 'proposal.setProperties', id: 'P1', properties: { pressureClass: 'high', name: 'new', section: { shape: 'rectangle', widthM: 1, heightM: 2 } } })
    expect(next.proposals['P1']).toEqual({ ...pipe, name: 'new', pressureClass: 'high', section: { shape: 'rectangle', widthM: 1, heightM: 2 } })
    expect(after({ op: 'proposal.setProperties', id: 'P1', properties: { pressureClass: null } }, next).proposals['P1']).not.toHaveProperty('pressureClass')
  })
  it('renames the scheme and touches no proposal', () => {
    const result = executeCommand(document, { op: 'scenario.describe', name: 'B', description: 'why' })
    expect(result).toMatchObject({ ok: true, value: { document: { name: 'B', description: 'why' }, touched: [] } })
  })
  it('never holds a property that is undefined: it would be lost on the way through JSON', () => {
    const next = after({ op: 'proposal.add', proposal: { ...pipe, id: 'P2', axis: [[0, 0, 0], [1, 0, 0]], laying: undefined } })
    expect(Object.keys(next.proposals['P2']!)).not.toContain('laying')
  })
})

describe('excavations, removals and branches', () => {
  const bore: Excavation = { id: 'B1', name: '', shape: { type: 'bore', axis: [[0, 0, -5], [50, 0, -9]], diameterM: 0.8 }, bottom: null, slopeRatio: 0 }
  it('adds, changes, clears and removes an excavation', () => {
    expect(after({ op: 'excavation.add', excavation: bore }).excavations['B1']).toEqual(bore)
    const next = after({ op: 'excavation.set', id: 'E1', properties: { bottom: { levelM: 210 }, soil: null, stage: { order: 2 } } })
    expect(next.excavations['E1']).toEqual({ id: 'E1', name: 'pit', shape: pit.shape, slopeRatio: 0.5, bottom: { levelM: 210 }, stage: { order: 2 } })
    expect(Object.keys(next.excavations['E1']!)).not.toContain('soil')
    expect(after({ op: 'excavation.remove', id: 'E1' }).excavations).toEqual({})
  })
  it('a new shape is one patch of that shape alone', () => {
    const shape = { type: 'pit' as const, outline: [[0, 0], [9, 0], [8, 6], [0, 6]] as const }
    expect(executeCommand(document, { op: 'excavation.set', id: 'E1', properties: { shape, name: 'pit' } })).toMatchObject({
      ok: true, value: { touched: ['E1'], labelKey: 'scenario:label.setExcavation', forward: [{ op: 'replace', path: ['excavations', 'E1', 'shape'] }] },
    })
  })
  it('a pit becomes a bore only together with its bottom', () => {
    expect(refusal({ op: 'excavation.set', id: 'E1', properties: { shape: bore.shape } })).toBe('bottom_of_bore')
    expect(after({ op: 'excavation.set', id: 'E1', properties: { shape: bore.shape, bottom: null } }).excavations['E1']?.bottom).toBeNull()
  })
  it('takes an asset out with a reason, and puts it back', () => {
    const next = after({ op: 'removal.add', id: 'W1', reason: 'replaced' })
    expect(next.removals).toEqual({ W1: { reason: 'replaced' } })
    expect(refusal({ op: 'removal.add', id: 'W1', reason: '' }, next)).toBe('duplicate_removal')
    expect(after({ op: 'removal.remove', id: 'W1' }, next).removals).toEqual({})
  })
  it('says where a scheme branched off and what colour it has, and forgets both', () => {
    const next = after({ op: 'scenario.describe', colour: '#aa5500', basedOn: { id: 's0', revision: 4 } })
    expect(next).toMatchObject({ colour: '#aa5500', basedOn: { id: 's0', revision: 4 } })
    expect(after({ op: 'scenario.describe', colour: null, basedOn: null }, next)).toEqual(document)
  })
})

describe('refusals change nothing', () => {
  it.each<[string, ScenarioCommand]>([
    ['unknown_proposal', { op: 'proposal.remove', id: 'nobody' }],
    ['unknown_proposal', { op: 'proposal.remove', id: 'toString' }],
    ['duplicate_id', { op: 'proposal.add', proposal: { ...pipe, axis: [[0, 0, 0], [1, 0, 0]] } }],
    ['invalid_id', { op: 'proposal.add', proposal: { ...pipe, id: '__proto__', axis: [[0, 0, 0], [1, 0, 0]] } }],
    ['invalid_id', { op: 'proposal.add', proposal: { ...pipe, id: 'constructor', axis: [[0, 0, 0], [1, 0, 0]] } }],
    ['index_out_of_range', { op: 'proposal.moveVertex', id: 'P1', index: 3, to: [0, 0, 0] }],
    ['index_out_of_range', { op: 'proposal.insertVertex', id: 'P1', index: 4, at: [0, 0, 0] }],
    ['index_out_of_range', { op: 'proposal.deleteVertex', id: 'P1', index: 3 }],
    ['zero_length_part', { op: 'proposal.moveVertex', id: 'P1', index: 1, to: [0, 0, -2] }],
    ['zero_length_part', { op: 'proposal.insertVertex', id: 'P1', index: 1, at: [10, 0.0005, -2] }],
    ['zero_length_part', { op: 'proposal.add', proposal: { ...pipe, id: 'P2', axis: [[1, 1, 1], [1, 1, 1]] } }],
    ['no_change', { op: 'proposal.moveVertex', id: 'P1', index: 1, to: [10, 0, -2] }],
    ['no_change', { op: 'proposal.setAxis', id: 'P1', axis: [[0, 0, -2], [10, 0, -2], [20, 0, -2]] }],
    ['no_change', { op: 'proposal.setProperties', id: 'P1', properties: { section: { diameterM: 0.3, shape: 'circle' }, laying: null } }],
    ['no_change', { op: 'scenario.describe', name: 'A' }],
    ['no_change', { op: 'scenario.describe', colour: null }],
    ['no_change', { op: 'excavation.set', id: 'E1', properties: { bottom: { depthM: 3 }, bench: null } }],
    ['duplicate_id', { op: 'excavation.add', excavation: { ...pit, id: 'P1' } }],
    ['duplicate_id', { op: 'proposal.add', proposal: { ...pipe, id: 'E1', axis: [[0, 0, 0], [1, 0, 0]] } }],
    ['invalid_id', { op: 'excavation.add', excavation: { ...pit, id: 'prototype' } }],
    ['invalid_id', { op: 'removal.add', id: '__proto__', reason: '' }],
    ['unknown_excavation', { op: 'excavation.remove', id: 'P1' }],
    ['unknown_removal', { op: 'removal.remove', id: 'W1' }],
    ['unknown_soil', { op: 'excavation.set', id: 'E1', properties: { soil: 'cheese' } }],
    ['bottom_missing', { op: 'excavation.set', id: 'E1', properties: { bottom: null } }],
    ['stage_ends_early', { op: 'excavation.set', id: 'E1', properties: { stage: { order: 1, from: '2027-05-02', to: '2027-05-01' } } }],
    ['outline_self_crossing', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'pit', outline: [[0, 0], [4, 4], [4, 0], [0, 4]] } } }],
    ['outline_zero_area', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'pit', outline: [[0, 0], [4, 0], [9, 0]] } } }],
    ['outline_too_few_points', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'pit', outline: [[0, 0], [4, 0]] } } }],
    ['outline_repeated_point', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'pit', outline: [[0, 0], [4, 0], [4, 0], [0, 4]] } } }],
    ['outline_too_many_points', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'pit', outline: Array.from({ length: 2001 }, (_, i) => [Math.cos(i / 319), Math.sin(i / 319)] as const) } } }],
    ['trench_self_crossing', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'trench', line: [[0, 0], [9, 0], [9, 5], [5, -5]], widthM: 1 } } }],
    ['trench_self_crossing', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'trench', line: [[0, 0], [9, 0], [1, 0.5]], widthM: 2 } } }],
    ['excavation_zero_length_part', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'trench', line: [[0, 0], [0.0004, 0], [1, 0.5]], widthM: 2 } } }],
    ['excavation_too_few_points', { op: 'excavation.set', id: 'E1', properties: { shape: { type: 'bore', axis: [[0, 0, 0]], diameterM: 1 }, bottom: null } }],
  ])('%s: %j', (code, command) => {
    expect(refusal(command)).toBe(code)
  })
  it('too_few_vertices: the second last vertex stays', () => {
    expect(refusal({ op: 'proposal.deleteVertex', id: 'P1', index: 0 }, after({ op: 'proposal.deleteVertex', id: 'P1', index: 0 }))).toBe('too_few_vertices')
  })
  it('too_many_vertices: no axis grows beyond what the schema takes', () => {
    const axis = Array.from({ length: 10_000 }, (_, i): [number, number, number] => [i, 0, 0])
    expect(refusal({ op: 'proposal.insertVertex', id: 'P1', index: 0, at: [-5, 0, 0] }, after({ op: 'proposal.setAxis', id: 'P1', axis }))).toBe('too_many_vertices')
  })
  it('a vertical part is no zero-length part', () => {
    expect(refusal({ op: 'proposal.moveVertex', id: 'P1', index: 1, to: [0, 0, -3] })).toBe('accepted')
  })
})

describe('on random documents', () => {
  const ops = scenarioCommandSchema.options.map(option => option.shape.op.value) satisfies ScenarioOp[]

  it.each(ops.flatMap(op => [1, 2, 3].map(seed => [op, seed] as const)))('%s: apply, undo and redo are each other\'s inverse, by patches that survive JSON (seed %i)', (op, seed) => {
    const random = seededRandom(seed * 7919)
    let accepted = 0
    for (let round = 0; round < 200; round++) {
      const before = randomDocument(random)
      const copy = structuredClone(before)
      const command = scenarioCommandSchema.parse(randomCommand(random, before, op))
      const result = executeCommand(before, command)
      expect(before).toEqual(copy)
      if (!result.ok) continue
      accepted++
      const { document: next, forward, inverse, touched } = result.value
      expect(next).not.toEqual(before)
      const stored = JSON.parse(JSON.stringify({ forward, inverse })) as typeof result.value
      expect(applyToDocument(before, stored.forward)).toEqual(next)
      expect(applyToDocument(next, stored.inverse)).toEqual(before)
      expect(touchedByPatches(forward)).toEqual(touched)
      const history = recordEntry(EMPTY_HISTORY, historyEntry(1, command, result.value))
      const undone = undoStep(next, history)!
      expect(undone.document).toEqual(before)
      expect(redoStep(undone.document, undone.history)!.document).toEqual(next)
    }
    expect(accepted).toBeGreaterThan(80)
  })

  it.each([11, 12, 13])('a long run of edits, undos and redos ends where replaying its patches ends (seed %i)', seed => {
    const random = seededRandom(seed)
    let current = randomDocument(random)
    let replayed = structuredClone(current)
    let history = EMPTY_HISTORY
    const states = [current]
    for (let i = 0; i < 400; i++) {
      const step = random.chance(0.25) ? undoStep(current, history) : random.chance(0.2) ? redoStep(current, history) : null
      if (step) {
        ;({ document: current, history } = step)
        replayed = applyToDocument(replayed, step.patches)
      } else {
        const command = scenarioCommandSchema.parse(randomCommand(random, current, random.pick(ops)))
        const result = executeCommand(current, command)
        if (!result.ok) continue
        current = result.value.document
        history = recordEntry(history, historyEntry(i, command, result.value))
        replayed = applyToDocument(replayed, result.value.forward)
      }
      states.push(current)
      expect(replayed).toEqual(current)
    }
    for (let step = undoStep(current, history); step; step = undoStep(step.document, step.history)) current = step.document
    expect(current).toEqual(states[0])
  })
})
