import type { CallOutput, EventPayload } from '#shared/contract/contract.ts'
import { freshness } from '../../state/findings/freshness.ts'
import { findingsStore, resultKey, resultOf, type CheckResult, type CheckScope } from '../../state/findings/findings-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { ask, host, refusalOf, showRefusal } from '../host.ts'
import { longCall } from '../long-call.ts'

/** Edits often come in bursts; one check answers for all of them. */
const QUIET_MS = 150

let timer: ReturnType<typeof setTimeout> | null = null
let schemeRun: AbortController | null = null
type LongScope = Exclude<CheckScope, 'proposals'>
const longRuns = new Map<LongScope, AbortController>()

/**
 * Takes a result in; the newest answer of each scheme and scope is the one shown. What crossed a transport holds no key
 * that is there but undefined, which is all its parsed type and ours differ in.
 */
function keep(answer: CallOutput<'check.run'>): void {
  const result = answer as CheckResult
  const key = resultKey(result.label.scenarioId, result.scope)
  findingsStore.setState(state => ({ results: { ...state.results, [key]: result } }))
  if (!result.partial) performance.mark('underplan:findings-known')
  const { findingId, findingsScope } = sessionStore.getState()
  const isShown = result.scope === findingsScope && result.label.scenarioId === scenarioStore.getState().activeId
  // The open finding was solved by the edit: its frame would point at nothing.
  if (isShown && findingId !== null && !result.findings.some(finding => finding.id === findingId)) sessionStore.setState({ findingId: null })
}

/** Takes in what a running check has found so far; what nobody waits for any more, or was computed from something else, is left. */
export function takePartialFindings(part: EventPayload<'check.found'>): void {
  const { label: { scenarioId, pack }, scope } = part
  if (scope === 'proposals' || !longRuns.has(scope) || !findingsStore.getState().running.has(resultKey(scenarioId, scope)) || pack.id !== projectStore.getState().info?.packId) return
  keep(part)
}

function markRunning(key: string, isRunning: boolean): void {
  findingsStore.setState(state => {
    const running = new Set(state.running)
    if (isRunning) running.add(key)
    else running.delete(key)
    return { running }
  })
}

/** Checks the active scheme's proposals once edits pause; an earlier run that is still going is superseded. */
export function scheduleSchemeCheck(delayMs = QUIET_MS): void {
  if (timer) clearTimeout(timer)
  timer = setTimeout(() => void checkScheme(), delayMs)
}

/** Checks what the active scheme proposes against everything, now. */
export async function checkScheme(): Promise<void> {
  if (timer) clearTimeout(timer)
  timer = null
  const { info } = projectStore.getState()
  const scenarioId = scenarioStore.getState().activeId
  schemeRun?.abort()
  if (!info || scenarioId === null) return
  const run = (schemeRun = new AbortController())
  const key = resultKey(scenarioId, 'proposals')
  markRunning(key, true)
  try {
    const result = await host().call('check.run', { scenarioId, scope: 'proposals', packId: info.packId }, { signal: run.signal })
    if (schemeRun === run) keep(result)
  } catch (cause) {
    if (schemeRun === run && refusalOf(cause).code !== 'cancelled') showRefusal(cause)
  } finally {
    if (schemeRun === run) {
      schemeRun = null
      markRunning(key, false)
    } else if (scenarioStore.getState().activeId !== scenarioId) markRunning(key, false)
  }
}

/** Checks a scheme that is not worked on, so that the list of schemes says how each stands. Says nothing where it fails. */
export async function checkAside(scenarioId: string): Promise<void> {
  const { info } = projectStore.getState()
  const scenario = scenarioStore.getState().byId[scenarioId]
  if (!info || !scenario || freshness(resultOf(findingsStore.getState(), scenarioId, 'proposals'), projectStore.getState(), scenario) === 'fresh') return
  try {
    const result = await host().call('check.run', { scenarioId, scope: 'proposals', packId: info.packId })
    if (projectStore.getState().info?.twinHash === info.twinHash) keep(result)
  } catch {
    // It stays unchecked in the list, and is checked aloud once it is opened.
  }
}

/** Checks the whole network together with the active scheme: long, with progress and cancel. */
export const checkNetwork = (): Promise<void> => checkLong('network', 'app:job.checkNetwork')

/** Screens what the active scheme makes worse of the four hazards. */
export const checkLifeline = (): Promise<void> => checkLong('lifeline', 'app:job.checkLifeline')

/** Runs a saved job, with the active scheme in the ground. */
export const checkJob = (id: string): Promise<void> => checkLong(`job:${id}`, 'ledger:job.check')

/** Checks the schemes that are not worked on against what the project is now, one after the other; what changes meanwhile begins anew. */
export async function recheckAside(): Promise<void> {
  const { activeId, order } = scenarioStore.getState()
  const { info, pack } = projectStore.getState()
  for (const id of order) {
    const now = projectStore.getState()
    if (now.info?.twinHash !== info?.twinHash || now.pack !== pack) return
    if (id !== activeId) await checkAside(id)
  }
}

/** Makes a check of this scope again. */
export function checkAgain(scope: CheckScope): Promise<void> {
  if (scope === 'proposals') return checkScheme()
  if (scope === 'network') return checkNetwork()
  return scope === 'lifeline' ? checkLifeline() : checkJob(scope.slice('job:'.length))
}

async function checkLong(scope: LongScope, title: string): Promise<void> {
  const { info } = projectStore.getState()
  if (!info) return
  longRuns.get(scope)?.abort()
  const run = new AbortController()
  longRuns.set(scope, run)
  const scenarioId = scenarioStore.getState().activeId
  const key = resultKey(scenarioId, scope)
  const before = resultOf(findingsStore.getState(), scenarioId, scope)
  sessionStore.setState({ findingsScope: scope })
  markRunning(key, true)
  const result = await longCall('check.run', { scenarioId, scope, packId: info.packId }, title, run)
  if (longRuns.get(scope) !== run) return
  longRuns.delete(scope)
  markRunning(key, false)
  if (result) keep(result)
  else if (before) keepUnlessOutdated(before)
}

/** After a check that was stopped: a whole result that still holds is worth more than a part of a newer one. */
function keepUnlessOutdated(before: CheckResult): void {
  const { byId } = scenarioStore.getState()
  const { scenarioId } = before.label
  if (freshness(before, projectStore.getState(), scenarioId === null ? null : (byId[scenarioId] ?? null)) === 'fresh') {
    findingsStore.setState(state => ({ results: { ...state.results, [resultKey(scenarioId, before.scope)]: before } }))
  }
}

/** Shows what was found last time for a scheme (null: the baseline), without computing anything. */
export async function loadLatestResults(scenarioId: string | null): Promise<void> {
  const jobs = Object.keys(registerStore.getState().checkJobs).map((id): CheckScope => `job:${id}`)
  const scopes: readonly CheckScope[] = [...(scenarioId === null ? (['network'] as const) : (['proposals', 'network', 'lifeline'] as const)), ...jobs]
  for (const scope of scopes) {
    const answer = await ask('check.latest', { scenarioId, scope })
    if (answer?.result) keep(answer.result)
  }
}

/** Runs the scheme's check where the result shown was computed from something else than what is open. */
export function recheckIfStale(): void {
  const { activeId, byId } = scenarioStore.getState()
  const scenario = activeId === null ? null : byId[activeId]
  if (!scenario || activeId === null) return
  const current = resultOf(findingsStore.getState(), activeId, 'proposals')
  if (freshness(current, projectStore.getState(), scenario) !== 'fresh') scheduleSchemeCheck(0)
}

/** Forgets every result and stops every run: another project is being opened. */
export function resetChecks(): void {
  if (timer) clearTimeout(timer)
  timer = null
  schemeRun?.abort()
  for (const run of longRuns.values()) run.abort()
  longRuns.clear()
  schemeRun = null
  findingsStore.setState({ results: {}, running: new Set() })
}
