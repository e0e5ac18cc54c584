import i18next from 'i18next'
import type { EventPayload } from '#shared/contract/contract.ts'
import { fail, type Result } from '#shared/core/result.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { isLockedStage } from '#shared/register/scheme-stage.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { stageOf } from '../../state/scheme/scheme-stage.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { NOTHING_DRAWN, sessionStore } from '../../state/app/session-store.ts'
import { loadLatestResults, recheckIfStale } from '../check/check-actions.ts'
import { resync, rewind, show, showEditRefusal, submit, type EditRefusal } from './edit-lane.ts'
import { ask } from '../host.ts'

/** True where the open project takes edits here, and there is a host to store them. */
export const canEdit = (): boolean => {
  const { info, trouble } = projectStore.getState()
  return info !== null && info.readOnly === null && trouble !== 'host_gone'
}

/**
 * Edits the active scheme: shown at once, durable a moment later, undone with `undo`.
 * @returns the new document, or why the edit does not fit (also said to the user).
 */
export function executeCommand(command: ScenarioCommand): Result<ScenarioDocument, EditRefusal> {
  const { activeId } = scenarioStore.getState()
  const result = activeId === null || !canEdit()
    ? fail<EditRefusal>({ code: activeId === null ? 'scenario_missing' : projectStore.getState().trouble === 'host_gone' ? 'host_gone' : 'read_only', details: {} })
    : submit(activeId, command)
  if (!result.ok) showEditRefusal(result.error)
  return result
}

/** The active scheme takes edits: it was not handed in. */
const isOpenScheme = (): boolean => {
  const { activeId } = scenarioStore.getState()
  return activeId !== null && !isLockedStage(stageOf(registerStore.getState(), activeId))
}

export const canUndo = (): boolean => canEdit() && isOpenScheme() && activeScenario(scenarioStore.getState())?.undoLabel != null
export const canRedo = (): boolean => canEdit() && isOpenScheme() && activeScenario(scenarioStore.getState())?.redoLabel != null

function step(direction: 'undo' | 'redo'): void {
  const { activeId } = scenarioStore.getState()
  if (activeId !== null) rewind(activeId, direction)
}
export const undo = (): void => step('undo')
export const redo = (): void => step('redo')

/** Makes another scheme the one worked on; null looks at the baseline alone. */
export async function switchScenario(id: string | null): Promise<void> {
  scenarioStore.setState({ activeId: id })
  sessionStore.setState(({ selection }) => ({
    findingId: null, live: null, interaction: { type: 'idle' },
    findingsScope: id === null ? 'network' : 'proposals',
    selection: selection?.type === 'proposal' || selection?.type === 'excavation' ? null : selection,
  }))
  await loadLatestResults(id)
  recheckIfStale()
}

/** @returns true where the scheme was made and is now the active one. */
export async function createScenario(name: string, copyFrom: string | null): Promise<boolean> {
  const made = await ask('scenario.create', { name, copyFrom })
  if (!made) return false
  show(made.document.id, made)
  await switchScenario(made.document.id)
  return true
}

export async function removeScenario(id: string): Promise<void> {
  if (await ask('scenario.remove', { id })) await forgetScenario(id)
}

/** Takes a scheme that is no more out of the list; the first of the others becomes active in its place. */
async function forgetScenario(id: string): Promise<void> {
  scenarioStore.setState(state => ({
    byId: Object.fromEntries(Object.entries(state.byId).filter(([other]) => other !== id)),
    order: state.order.filter(other => other !== id),
  }))
  const { activeId, order } = scenarioStore.getState()
  if (activeId === id) await switchScenario(order[0] ?? null)
}

/** A rename is an edit of the scheme like any other: it is undone like any other. */
export function renameScenario(id: string, name: string): void {
  const result = submit(id, { op: 'scenario.describe', name })
  if (!result.ok) showEditRefusal(result.error)
}

/** First name of the form "Scheme 3" that is not taken. */
export function freeScenarioName(): string {
  const taken = new Set(Object.values(scenarioStore.getState().byId).map(scenario => scenario.document.name))
  for (let n = 1; ; n++) {
    const name = i18next.t('app:scenarios.defaultName', { n })
    if (!taken.has(name)) return name
  }
}

/** Starts drawing. The first line of a project needs a scheme to be in: it is made without asking. */
export async function startDrawing(): Promise<void> {
  if (!canEdit()) return
  if (scenarioStore.getState().activeId === null && !(await createScenario(freeScenarioName(), null))) return
  sessionStore.setState({ interaction: NOTHING_DRAWN, selection: null, findingId: null })
}

/** The project's schemes as the host lists them: an import or another window may have added or removed some. */
export function takeScenarioList(ids: readonly string[]): void {
  const { byId } = scenarioStore.getState()
  for (const id of ids) if (!byId[id]) void resync(id)
  for (const id of Object.keys(byId)) if (!ids.includes(id)) void forgetScenario(id)
}

/** Another window or the command line changed a scheme. Our own edits are announced too: those are known already. */
export function takeScenarioChange({ id, revision }: EventPayload<'scenario.changed'>): void {
  const known = scenarioStore.getState().byId[id]
  if (known && (known.pending > 0 || known.revision >= revision)) return
  void resync(id)
}
