import { fail, ok, type Result } from '#shared/core/result.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { executeCommand as apply } from '#shared/scenario/execute-command.ts'
import type { RejectionCode } from '#shared/scenario/rejection.ts'
import { isLockedStage } from '#shared/register/scheme-stage.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore, type ScenarioState } from '../../state/scheme/scenario-store.ts'
import { stageOf } from '../../state/scheme/scheme-stage.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { host, refusalOf, showRefusal } from '../host.ts'

/**
 * Edits of one scheme on their way to the disk. An edit shows at once and is sent in order behind those before it;
 * each names the revision it was applied to, so the host refuses what does not fit instead of merging blindly.
 * After a refusal everything not yet durable is dropped and the host's document shown again: never half of it.
 */
interface Lane {
  tail: Promise<void>
  /** Rises with every resync; what was queued before it is dropped. */
  generation: number
  /** Undo and redo answer with the host's document: edits made meanwhile wait for it. */
  rewinding: boolean
  readonly waiting: ScenarioCommand[]
}

const lanes = new Map<string, Lane>()

/** Why an edit is not taken: the document refuses it, no scheme is there to take it, or the project is not to be edited here and now. */
export interface EditRefusal {
  readonly code: RejectionCode | 'scenario_missing' | 'read_only' | 'host_gone'
  readonly details: Readonly<Record<string, string | number>>
}

/** Says why an edit was not taken. An edit that changes nothing is no news. */
export function showEditRefusal({ code, details }: EditRefusal): void {
  if (code === 'no_change') return
  const key = code === 'read_only' || code === 'host_gone' ? `errors:${code}` : code === 'scenario_missing' ? 'app:toast.scenarioMissing' : `scenario:rejection.${code}`
  showToast('warning', key, details)
}

let afterDurable: (scenarioId: string) => void = () => undefined
/** What happens once the last pending edit of a scheme is durable (it is checked again). */
export const onDurable = (listener: (scenarioId: string) => void): void => {
  afterDurable = listener
}

function laneOf(id: string): Lane {
  let lane = lanes.get(id)
  if (!lane) {
    lane = { tail: Promise.resolve(), generation: 0, rewinding: false, waiting: [] }
    lanes.set(id, lane)
  }
  return lane
}

/** Drops every lane: another project is being opened. */
export function resetLanes(): void {
  for (const lane of lanes.values()) lane.generation++
  lanes.clear()
}

/** All edits sent so far are durable or refused. */
export async function lanesSettled(): Promise<void> {
  await Promise.all([...lanes.values()].map(lane => lane.tail))
}

function patch(id: string, change: (state: ScenarioState) => Partial<ScenarioState>): void {
  scenarioStore.setState(state => {
    const scenario = state.byId[id]
    return scenario ? { byId: { ...state.byId, [id]: { ...scenario, ...change(scenario) } } } : {}
  })
}

/** Applies a command to a scheme at once and sends it. @returns the new document, or why the command does not fit. */
export function submit(id: string, command: ScenarioCommand): Result<ScenarioDocument, EditRefusal> {
  const scenario = scenarioStore.getState().byId[id]
  if (!scenario) return fail({ code: 'scenario_missing', details: {} })
  // The host would refuse it too: said before anything is shown.
  if (isLockedStage(stageOf(registerStore.getState(), id))) return fail({ code: 'stage_locked', details: {} })
  const lane = laneOf(id)
  if (lane.rewinding) {
    lane.waiting.push(command)
    return ok(scenario.document)
  }
  const applied = apply(scenario.document, command)
  if (!applied.ok) return applied
  const baseRevision = scenario.revision
  if (sessionStore.getState().lastEdited !== 'scheme') sessionStore.setState({ lastEdited: 'scheme' })
  patch(id, state => ({ document: applied.value.document, revision: state.revision + 1, pending: state.pending + 1 }))
  enqueue(lane, id, () => host().call('scenario.execute', { id, baseRevision, command }), (answer, state) => ({
    pending: state.pending - 1, undoLabel: answer.undoLabel, redoLabel: answer.redoLabel,
  }))
  return ok(applied.value.document)
}

/** Undo or redo of a scheme, behind the edits already on their way. */
export function rewind(id: string, direction: 'undo' | 'redo'): void {
  const lane = laneOf(id)
  if (lane.rewinding || !scenarioStore.getState().byId[id]) return
  lane.rewinding = true
  patch(id, state => ({ pending: state.pending + 1 }))
  enqueue(lane, id, () => host().call(`scenario.${direction}`, { id }), (answer, state) => ({ ...stateOf(answer), pending: state.pending - 1 }), () => {
    lane.rewinding = false
    for (const command of lane.waiting.splice(0)) {
      const applied = submit(id, command)
      if (!applied.ok) showEditRefusal(applied.error)
    }
  })
}

function enqueue<T>(lane: Lane, id: string, send: () => Promise<T>, settle: (answer: T, state: ScenarioState) => Partial<ScenarioState>, always = () => undefined as void): void {
  const { generation } = lane
  lane.tail = lane.tail.then(async () => {
    if (lane.generation !== generation) return
    try {
      const answer = await send()
      if (lane.generation !== generation) return
      patch(id, state => settle(answer, state))
    } catch (cause) {
      if (lane.generation !== generation) return
      await recover(lane, id, cause)
    }
    always()
    if (scenarioStore.getState().byId[id]?.pending === 0) afterDurable(id)
  })
}

/** Shows the host's document again and says how many edits did not reach the disk. */
async function recover(lane: Lane, id: string, cause: unknown): Promise<void> {
  lane.generation++
  lane.rewinding = false
  lane.waiting.length = 0
  const lost = scenarioStore.getState().byId[id]?.pending ?? 0
  const { code } = refusalOf(cause)
  if (code !== 'nothing_to_undo' && code !== 'nothing_to_redo') {
    showRefusal(cause)
    showToast('warning', 'app:toast.editsNotStored', { count: lost })
  }
  await resync(id)
}

/** Takes a scheme's document from the host as it is there. */
export async function resync(id: string): Promise<void> {
  try {
    show(id, await host().call('scenario.get', { id }))
  } catch (cause) {
    // Without an answer the last picture stays; the connection's own banner says why nothing is stored.
    patch(id, () => ({ pending: 0 }))
    if (refusalOf(cause).code !== 'host_gone') showRefusal(cause)
  }
}

/** Puts a scheme as the host gave it into the store, new or in place of what was shown. */
export function show(id: string, answer: CallOutput<'scenario.get'>): void {
  scenarioStore.setState(state => ({
    byId: { ...state.byId, [id]: { ...stateOf(answer), pending: 0 } },
    order: state.order.includes(id) ? state.order : [...state.order, id],
  }))
}

/** What crossed a transport holds no key that is there but undefined, which is all its parsed type and ours differ in. */
const stateOf = (answer: CallOutput<'scenario.get'>): Omit<ScenarioState, 'pending'> => ({ ...answer, document: answer.document as ScenarioDocument })
