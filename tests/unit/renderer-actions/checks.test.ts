import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { checkNetwork, checkScheme } from '#renderer/actions/check/check-actions.ts'
import { lanesSettled } from '#renderer/actions/scheme/edit-lane.ts'
import { openFinding, setShownOrder, stepFinding } from '#renderer/actions/check/finding-actions.ts'
import { executeCommand } from '#renderer/actions/scheme/scenario-actions.ts'
import { choosePack } from '#renderer/actions/files/project-actions.ts'
import { findingsStore, resultOf } from '#renderer/state/findings/findings-store.ts'
import { freshness } from '#renderer/state/findings/freshness.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import { A_PACK } from '#tests/builders/fake-host.ts'
import { aFinding } from '#tests/builders/finding-builder.ts'
import { IDS } from '#tests/builders/twin-builder.ts'
import { openOn } from './open-project.ts'

const ID = 'scenario-1'
const add = (id: string): ScenarioCommand => ({
  op: 'proposal.add',
  proposal: { id, name: '', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[0, 1, -1], [10, 1, -1]] },
})
const result = (scope: 'proposals' | 'network' = 'proposals') => resultOf(findingsStore.getState(), scenarioStore.getState().activeId, scope)
const state = () => freshness(result(), projectStore.getState(), activeScenario(scenarioStore.getState()))
/** One finding per proposal of the scheme. */
const perProposal = (document: { proposals: object } | null): Finding[] => Object.keys(document?.proposals ?? {}).map(id => aFinding({ id: `f-${id}`, a: [id] }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const quiet = async () => {
  await lanesSettled()
  await vi.runAllTimersAsync()
}

describe('the check of a scheme', () => {
  it('runs once for a burst of edits, when the last is durable', async () => {
    const host = await openOn({ findings: perProposal })
    await quiet()
    const before = host.callsOf('check.run').length
    for (const id of ['A', 'B', 'C']) executeCommand(add(id))
    await quiet()
    expect(host.callsOf('check.run')).toHaveLength(before + 1)
    expect(result()!.findings).toHaveLength(3)
    expect(state()).toBe('fresh')
  })

  it('that is still running is superseded by the next: its answer is never shown', async () => {
    const host = await openOn({ findings: perProposal })
    await quiet()
    const release = host.hold('check.run')
    executeCommand(add('A'))
    await quiet()
    executeCommand(add('B'))
    await quiet()
    release()
    await quiet()
    expect(result()!.findings.map(finding => finding.id)).toEqual(['f-A', 'f-B'])
    expect(findingsStore.getState().running.size).toBe(0)
    expect(jobsStore.getState().toasts).toEqual([])
  })

  it('closes the open finding once an edit has solved it', async () => {
    await openOn({ findings: perProposal })
    executeCommand(add('A'))
    await quiet()
    openFinding('f-A')
    executeCommand({ op: 'proposal.remove', id: 'A' })
    await quiet()
    expect(sessionStore.getState().findingId).toBeNull()
  })

  it('is run again after another pack was chosen', async () => {
    const other = { ...A_PACK, id: 'other' }
    const host = await openOn({ packs: [A_PACK, other] })
    await quiet()
    await choosePack('other')
    await quiet()
    expect(host.callsOf('check.run').at(-1)).toMatchObject({ packId: 'other' })
    expect(state()).toBe('fresh')
  })

  it('that fails is said, and leaves the older result marked as stale', async () => {
    const host = await openOn()
    await quiet()
    host.refuse('check.run', 'pack_missing')
    executeCommand(add('A'))
    await quiet()
    expect(jobsStore.getState().toasts.map(toast => toast.key)).toEqual(['errors:pack_missing'])
    expect(state()).toBe('scheme_changed')
  })
})

describe('freshness', () => {
  it('tells what has changed since: the scheme, the twin, or the pack', async () => {
    const host = await openOn()
    await checkScheme()
    expect(state()).toBe('fresh')
    const hold = host.hold('check.run')
    executeCommand(add('A'))
    expect(state()).toBe('scheme_changed')
    hold()
    await quiet()
    const info = projectStore.getState().info!
    projectStore.setState({ info: { ...info, twinHash: 'twin-2' } })
    expect(state()).toBe('twin_changed')
    projectStore.setState({ info, pack: { pack: A_PACK, hash: 'edited' } })
    expect(state()).toBe('pack_changed')
  })
})

describe('the check of the whole network', () => {
  it('shows as a job, can be cancelled, and then leaves no result and no error', async () => {
    const host = await openOn()
    await quiet()
    const release = host.hold('check.run')
    const run = checkNetwork()
    await vi.advanceTimersByTimeAsync(0)
    const [job] = jobsStore.getState().jobs
    expect(job!.titleKey).toBe('app:job.checkNetwork')
    job!.cancel!()
    release()
    await run
    expect(jobsStore.getState()).toMatchObject({ jobs: [], toasts: [] })
    expect(result('network')).toBeNull()
    expect(findingsStore.getState().running.size).toBe(0)
  })

  it('shows what it has found so far as a part, and a cancelled one stays a part', async () => {
    const host = await openOn()
    await quiet()
    const release = host.hold('check.run')
    const run = checkNetwork()
    await vi.advanceTimersByTimeAsync(0)
    const part = (scenarioId: string | null, id: string) => ({
      label: { twinHash: host.info.twinHash, scenarioId, scenarioRevision: activeScenario(scenarioStore.getState())?.revision ?? 0, pack: { id: host.info.packId, version: '1', hash: `hash of ${host.info.packId}` }, engine: 'fake' },
      scope: 'network' as const, findings: [aFinding({ id })] as never, pairCount: 1, durationMs: 1, checkedAt: '2026-01-01T00:00:00Z', partial: true,
    })
    const { activeId } = scenarioStore.getState()
    host.emit('check.found', part(activeId, 'first'))
    expect(result('network')).toMatchObject({ partial: true, findings: [{ id: 'first' }] })
    // Of a scheme nobody checks: left alone.
    host.emit('check.found', part('another', 'of another'))
    expect(Object.keys(findingsStore.getState().results).some(key => key.includes('another'))).toBe(false)
    jobsStore.getState().jobs[0]!.cancel!()
    release()
    await run
    expect(freshness(result('network'), projectStore.getState(), activeScenario(scenarioStore.getState()))).toBe('incomplete')
    // What comes after it was stopped is not taken.
    host.emit('check.found', part(activeId, 'late'))
    expect(result('network')!.findings).toMatchObject([{ id: 'first' }])
  })

  it('a part gives way to the whole, and a whole result that still holds comes back when a newer check is stopped', async () => {
    const host = await openOn({ findings: () => [aFinding({ id: 'whole' })] })
    await quiet()
    await checkNetwork()
    const whole = result('network')!
    const release = host.hold('check.run')
    const run = checkNetwork()
    await vi.advanceTimersByTimeAsync(0)
    host.emit('check.found', { ...whole, findings: [aFinding({ id: 'part' })] as never, partial: true })
    expect(result('network')).toMatchObject({ partial: true })
    jobsStore.getState().jobs[0]!.cancel!()
    release()
    await run
    expect(result('network')).toEqual(whole)
  })

  it('turns the findings table to the network', async () => {
    await openOn({ findings: () => [aFinding({ id: 'n1', a: [IDS.G1], b: [IDS.W1] })] })
    await checkNetwork()
    expect(sessionStore.getState().findingsScope).toBe('network')
    expect(result('network')!.findings).toHaveLength(1)
  })
})

describe('opening findings', () => {
  const three = ['n1', 'n2', 'n3'].map((id, i) => aFinding({
    id, a: [IDS.G1], b: [IDS.W1], at: { a: [20, i, -1], b: [20, i, -2] },
  }))
  beforeEach(async () => {
    await openOn({ findings: () => three })
    await checkNetwork()
    setShownOrder([])
  })

  it('orders the camera to half-way between the nearest points, along the first side, in the local frame', () => {
    const { origin } = projectStore.getState().info!
    openFinding('n2')
    expect(sessionStore.getState().findingId).toBe('n2')
    const { order } = viewStore.getState().camera!
    expect(order).toMatchObject({ type: 'spot', at: [20 - origin[0], 1 - origin[1], -1.5 - origin[2]], alongA: [0, 1, 0] })
  })

  it('next and previous go round, in the order the table shows', () => {
    setShownOrder(['n3', 'n1', 'n2'])
    const visited: (string | null)[] = []
    for (let i = 0; i < 4; i++) {
      stepFinding(1)
      visited.push(sessionStore.getState().findingId)
    }
    stepFinding(-1)
    visited.push(sessionStore.getState().findingId)
    expect(visited).toEqual(['n3', 'n1', 'n2', 'n3', 'n2'])
  })

  it('an id that is not listed opens nothing', () => {
    openFinding('gone')
    expect(sessionStore.getState().findingId).toBeNull()
  })
})

it('every scheme is checked on opening, and the results of one are not shown for another', async () => {
  await openOn({ scenarios: ['One', 'Two'], findings: perProposal })
  executeCommand(add('A'))
  await quiet()
  expect(resultOf(findingsStore.getState(), ID, 'proposals')!.findings).toHaveLength(1)
  expect(resultOf(findingsStore.getState(), 'scenario-2', 'proposals')!.findings).toEqual([])
})
