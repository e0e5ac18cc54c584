import { beforeEach, describe, expect, it } from 'vitest'
import { lanesSettled } from '#renderer/actions/scheme/edit-lane.ts'
import { canUndo, createScenario, executeCommand, redo, removeScenario, startDrawing, switchScenario, undo } from '#renderer/actions/scheme/scenario-actions.ts'
import { deleteSelection } from '#renderer/actions/scheme/vertex-actions.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { activeScenario, pendingEdits, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { openOn, settled } from './open-project.ts'

const ID = 'scenario-1'
const add = (id: string): ScenarioCommand => ({
  op: 'proposal.add',
  proposal: { id, name: id, kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[0, 0, -1], [10, 0, -1], [20, 0, -1]] },
})
const active = () => activeScenario(scenarioStore.getState())!
const toastKeys = () => jobsStore.getState().toasts.map(toast => toast.key)

describe('an edit of the active scheme', () => {
  it('shows at once, counts as pending, and is durable when the host has said so', async () => {
    const host = await openOn()
    const release = host.hold('scenario.execute')
    expect(executeCommand(add('P1')).ok).toBe(true)
    expect(Object.keys(active().document.proposals)).toEqual(['P1'])
    expect(pendingEdits(scenarioStore.getState())).toBe(1)
    expect(canUndo()).toBe(false)
    release()
    await lanesSettled()
    expect(active()).toMatchObject({ pending: 0, revision: 1, undoLabel: 'scenario:label.addProposal' })
    expect(host.scenarios.get(ID)!.document).toEqual(active().document)
  })

  it('is sent behind the edits before it, each with the revision it was applied to', async () => {
    const host = await openOn()
    for (const id of ['A', 'B', 'C']) executeCommand(add(id))
    expect(host.callsOf('scenario.execute')).toHaveLength(0)
    await lanesSettled()
    expect(host.callsOf('scenario.execute').map(input => (input as { baseRevision: number }).baseRevision)).toEqual([0, 1, 2])
  })

  it('that the document refuses is not sent, changes nothing and is explained', async () => {
    const host = await openOn()
    executeCommand(add('P1'))
    await lanesSettled()
    const before = active().document
    expect(executeCommand(add('P1'))).toMatchObject({ ok: false, error: { code: 'duplicate_id' } })
    expect(active().document).toBe(before)
    expect(host.callsOf('scenario.execute')).toHaveLength(1)
    expect(toastKeys()).toContain('scenario:rejection.duplicate_id')
  })

  it('that changes nothing is refused without a word', async () => {
    await openOn()
    executeCommand(add('P1'))
    expect(executeCommand({ op: 'proposal.setProperties', id: 'P1', properties: { name: 'P1' } }).ok).toBe(false)
    expect(toastKeys()).toEqual([])
  })

  it('is refused in a project that is read-only here', async () => {
    const host = await openOn({ readOnly: 'open_elsewhere' })
    expect(executeCommand(add('P1'))).toMatchObject({ ok: false, error: { code: 'read_only' } })
    await lanesSettled()
    expect(host.callsOf('scenario.execute')).toHaveLength(0)
  })
})

describe('a refusal by the host', () => {
  it('brings back the document as the host has it, drops what was queued behind it, and says how many edits are lost', async () => {
    const host = await openOn()
    executeCommand(add('kept'))
    await lanesSettled()
    host.refuse('scenario.execute', 'disk_full')
    executeCommand(add('lost'))
    executeCommand(add('lost too'))
    await lanesSettled()
    expect(Object.keys(active().document.proposals)).toEqual(['kept'])
    expect(active()).toMatchObject({ pending: 0, revision: 1 })
    expect(host.callsOf('scenario.execute')).toHaveLength(2)
    expect(jobsStore.getState().toasts).toMatchObject([{ key: 'errors:disk_full' }, { key: 'app:toast.editsNotStored', params: { count: 2 } }])
  })

  it('leaves later edits working', async () => {
    const host = await openOn()
    host.refuse('scenario.execute', 'revision_mismatch')
    executeCommand(add('lost'))
    await lanesSettled()
    executeCommand(add('next'))
    await lanesSettled()
    expect(host.scenarios.get(ID)!.document).toEqual(active().document)
    expect(Object.keys(active().document.proposals)).toEqual(['next'])
  })
})

describe('undo and redo', () => {
  it('go through the host and show its document', async () => {
    await openOn()
    executeCommand(add('A'))
    executeCommand(add('B'))
    undo()
    await lanesSettled()
    expect(Object.keys(active().document.proposals)).toEqual(['A'])
    expect(active().redoLabel).toBe('scenario:label.addProposal')
    redo()
    await lanesSettled()
    expect(Object.keys(active().document.proposals)).toEqual(['A', 'B'])
    expect(active().pending).toBe(0)
  })

  it('hold back the edits made while they are under way, then apply them to what they brought', async () => {
    const host = await openOn()
    executeCommand(add('A'))
    await lanesSettled()
    const release = host.hold('scenario.undo')
    undo()
    await settled()
    executeCommand(add('B'))
    expect(Object.keys(active().document.proposals)).toEqual(['A'])
    release()
    await lanesSettled()
    await lanesSettled()
    expect(Object.keys(active().document.proposals)).toEqual(['B'])
    expect(host.scenarios.get(ID)!.document).toEqual(active().document)
  })
})

describe('a change from elsewhere', () => {
  it('is shown', async () => {
    const host = await openOn()
    host.editElsewhere(ID, add('theirs'))
    await settled()
    expect(Object.keys(active().document.proposals)).toEqual(['theirs'])
  })

  it('that is our own edit coming back fetches nothing', async () => {
    const host = await openOn()
    executeCommand(add('ours'))
    await lanesSettled()
    const before = host.callsOf('scenario.get').length
    host.emit('scenario.changed', { id: ID, document: active().document as never, revision: active().revision })
    await settled()
    expect(host.callsOf('scenario.get')).toHaveLength(before)
  })

  it('while our edit is on its way ends in one document on both sides', async () => {
    const host = await openOn()
    const release = host.hold('scenario.execute')
    executeCommand(add('ours'))
    await settled()
    host.editElsewhere(ID, add('theirs'))
    release()
    await lanesSettled()
    expect(host.scenarios.get(ID)!.document).toEqual(active().document)
    expect(Object.keys(active().document.proposals)).toEqual(['theirs'])
  })
})

describe.each([1, 2, 3, 4, 5])('two hundred random edits, undos, refusals and edits elsewhere, seed %i', seed => {
  it('leave the interface and the host with the same document and revision', async () => {
    const host = await openOn()
    const random = seededRandom(seed)
    for (let i = 0; i < 200; i++) {
      const ids = Object.keys(active().document.proposals)
      const dice = random.next()
      if (dice < 0.08) host.refuse('scenario.execute', 'disk_full')
      else if (dice < 0.12) host.editElsewhere(ID, add(`elsewhere-${i}`))
      else if (dice < 0.25) undo()
      else if (dice < 0.32) redo()
      else if (dice < 0.6 || ids.length === 0) executeCommand(add(`P${i}`))
      else if (dice < 0.9) executeCommand({ op: 'proposal.moveVertex', id: random.pick(ids), index: random.int(3), to: [random.range(0, 30), random.range(1, 9), -random.range(1, 3)] })
      else executeCommand({ op: 'proposal.remove', id: random.pick(ids) })
      if (random.chance(0.3)) await lanesSettled()
    }
    for (let i = 0; i < 5; i++) await lanesSettled()
    await settled()
    const theirs = host.scenarios.get(ID)!
    expect(active()).toMatchObject({ pending: 0, revision: theirs.revision })
    expect(active().document).toEqual(theirs.document)
  })
})

describe('schemes', () => {
  beforeEach(() => openOn({ scenarios: ['One', 'Two'] }))

  it('the first is active after opening; a new one becomes active', async () => {
    expect(active().document.name).toBe('One')
    expect(await createScenario('Three', null)).toBe(true)
    expect(active().document.name).toBe('Three')
    expect(scenarioStore.getState().order).toHaveLength(3)
  })

  it('a name that is taken is refused and changes nothing', async () => {
    expect(await createScenario('Two', null)).toBe(false)
    expect(toastKeys()).toEqual(['errors:name_taken'])
    expect(scenarioStore.getState().order).toHaveLength(2)
  })

  it('a copy holds the same lines and goes its own way', async () => {
    executeCommand(add('P1'))
    await lanesSettled()
    await createScenario('Copy', ID)
    executeCommand({ op: 'proposal.remove', id: 'P1' })
    await lanesSettled()
    expect(Object.keys(active().document.proposals)).toEqual([])
    expect(Object.keys(scenarioStore.getState().byId[ID]!.document.proposals)).toEqual(['P1'])
  })

  it('switching drops a selected proposal, the drawing and the open finding', async () => {
    sessionStore.setState({ selection: { type: 'proposal', id: 'P1', vertex: null }, findingId: 'f', interaction: { type: 'drawing', vertices: [], between: [], cursor: null } })
    await switchScenario('scenario-2')
    expect(sessionStore.getState()).toMatchObject({ selection: null, findingId: null, interaction: { type: 'idle' } })
  })

  it('deleting the active one activates another', async () => {
    await removeScenario(ID)
    expect(active().document.name).toBe('Two')
    await removeScenario('scenario-2')
    expect(scenarioStore.getState().activeId).toBeNull()
    expect(sessionStore.getState().findingsScope).toBe('network')
  })
})

describe('drawing and deleting', () => {
  it('drawing in a project without schemes makes one first', async () => {
    await openOn({ scenarios: [] })
    expect(scenarioStore.getState().activeId).toBeNull()
    await startDrawing()
    expect(scenarioStore.getState().order).toHaveLength(1)
    expect(sessionStore.getState().interaction.type).toBe('drawing')
  })

  it('deletes the selected vertex, then the line', async () => {
    await openOn()
    executeCommand(add('P1'))
    sessionStore.setState({ selection: { type: 'proposal', id: 'P1', vertex: 1 } })
    deleteSelection()
    expect(active().document.proposals['P1']!.axis).toHaveLength(2)
    deleteSelection()
    expect(active().document.proposals['P1']).toBeUndefined()
    expect(sessionStore.getState().selection).toBeNull()
  })
})

describe('a lost connection', () => {
  it('is shown, and everything is read again when it is back', async () => {
    const host = await openOn()
    host.setConnection('closed')
    expect(projectStore.getState().trouble).toBe('host_gone')
    expect(executeCommand(add('unstorable'))).toMatchObject({ ok: false, error: { code: 'host_gone' } })
    host.editElsewhere(ID, add('meanwhile'))
    host.setConnection('open')
    await settled()
    expect(projectStore.getState().trouble).toBeNull()
    expect(Object.keys(active().document.proposals)).toEqual(['meanwhile'])
  })
})

describe('the list of schemes', () => {
  it('follows the host: what an import added is shown, what is gone is forgotten, and another becomes active', async () => {
    const host = await openOn({ scenarios: ['One', 'Two'] })
    host.scenarios.set('imported', { document: { id: 'imported', name: 'imported', description: '', proposals: {}, excavations: {}, removals: {} }, revision: 3, history: { done: [], undone: [] } })
    host.scenarios.delete(ID)
    const scenarios = [...host.scenarios.values()].map(({ document, revision }) => ({ id: document.id, name: document.name, proposals: 0, excavations: 0, removals: 0, edits: revision, revision, colour: null, basedOn: null }))
    host.emit('project.changed', { ...host.info, scenarios })
    await settled()
    expect(scenarioStore.getState().order).toEqual(['scenario-2', 'imported'])
    expect(scenarioStore.getState().byId['imported']!.revision).toBe(3)
    expect(scenarioStore.getState().activeId).toBe('scenario-2')
  })
})
