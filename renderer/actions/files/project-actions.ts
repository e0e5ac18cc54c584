import type { CallOutput } from '#shared/contract/contract.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { unpackContext, type PackedContext, type TwinContext } from '#shared/twin/twin-context.ts'
import { prepareSceneModel } from '../../scene/scene-model.ts'
import { hostStore } from '../../state/app/host-store.ts'
import { jobsStore, showToast, startJob } from '../../state/app/jobs-store.ts'
import { EMPTY_LEDGER, ledgerStore } from '../../state/twin/ledger-store.ts'
import { qualityStore } from '../../state/twin/quality-store.ts'
import { NO_PACK_EDITING, packEditorStore } from '../../state/findings/pack-editor-store.ts'
import { pictureStore } from '../../state/view/picture-store.ts'
import { projectStore, resetProject } from '../../state/twin/project-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore, type Selection, type WriteIntent } from '../../state/app/session-store.ts'
import { resetAnalyses } from '../check/analysis-actions.ts'
import { showLifelineSettings } from '../check/lifeline-actions.ts'
import { checkAside, loadLatestResults, recheckAside, recheckIfStale, resetChecks } from '../check/check-actions.ts'
import { refreshAttributes } from '../viewing/colour-actions.ts'
import { lanesSettled, resetLanes, show } from '../scheme/edit-lane.ts'
import { learnRecent } from '../host-actions.ts'
import { ask, host, showRefusal } from '../host.ts'
import { loadTwinEdits } from '../ledger/ledger-actions.ts'
import { longCall } from '../long-call.ts'
import { regroupQuality } from '../ledger/quality-actions.ts'
import { loadRecords } from '../ledger/register-actions.ts'
import { showEverything } from '../viewing/view-actions.ts'

type Opened = CallOutput<'project.open'>

/** Runs a call that opens a project and shows what it opened; a refusal leaves what was open as it was. */
async function openWith(call: () => Promise<Opened | null>): Promise<boolean> {
  await lanesSettled()
  const before = projectStore.getState().status
  projectStore.setState({ status: 'opening' })
  const opened = await call()
  if (!opened) {
    projectStore.setState({ status: before })
    return false
  }
  return showProject(opened)
}

export const openSample = (): Promise<boolean> => openWith(() => longCall('project.openSample', {}, 'app:job.openSample'))
export const openTicket = (ticket: string): Promise<boolean> => openWith(() => longCall('project.open', { ticket }, 'app:job.open'))

/** Writes the copy, or the new project, to where the user said. @param overwrite the user was asked whether to replace what is there. */
export async function writeProject(intent: WriteIntent, ticket: string, overwrite: boolean): Promise<void> {
  const isWritten = await openWith(() => (intent === 'copy' ? longCall('project.saveAs', { ticket, overwrite }, 'app:job.saveAs') : ask('project.create', { ticket, overwrite })))
  if (isWritten && intent === 'createToImport') sessionStore.setState({ dialog: { type: 'import' } })
}

/** What the host has open already, or was started with. @returns false where it is neither; why a file cannot be opened is said. */
export async function showCurrentProject(): Promise<boolean> {
  const answer = await ask('project.current', {})
  if (answer?.toOpen) return openTicket(answer.toOpen).then(() => true)
  if (!answer?.opened) return false
  projectStore.setState({ status: 'opening' })
  return showProject(answer.opened)
}

/** Memory that every worker of the page shares, where the page may have such. */
const share = <T>(value: T): T => (globalThis.crossOriginIsolated ? shareArrays(value) : value)

/** The twin with its scene derived: what is left to showing it is drawing. */
async function readyWith(fetched: CallOutput<'twin.columns'> | AssetColumns, context: TwinContext) {
  const columns = fetched === projectStore.getState().columns ? fetched : share(fetched as AssetColumns)
  await prepareSceneModel(columns, context)
  performance.mark('underplan:scene-prepared')
  return { columns, context }
}

/** Fetches everything a project is and puts it into the stores in one step, so that no view sees half of it. */
async function showProject({ project, recovery, migratedFrom }: Opened): Promise<boolean> {
  const job = startJob('app:job.show', null)
  try {
    job.update(0, 'app:job.stage.lines')
    // Answers come in the order of the questions: what is small first, so that the panels get ready while the lines are on their way.
    const small = Promise.all([
      host().call('rules.get', { id: project.packId }),
      Promise.all(project.scenarios.map(({ id }) => host().call('scenario.get', { id }))),
      loadRecords(),
    ])
    const large = Promise.all([
      host().call('twin.columns', {}).then(lines => (job.update(1 / 3, 'app:job.stage.surroundings'), lines)),
      host().call('twin.context', {}),
    ])
    void small.then(() => projectStore.getState().status === 'opening' && projectStore.setState({ status: 'arriving' }), () => undefined)
    const [[columns, context], [pack, states]] = await Promise.all([large, small])
    performance.mark('underplan:twin-fetched')
    job.update(2 / 3, 'app:job.stage.picture')
    const twin = await readyWith(columns, unpackContext(share(context as PackedContext)))
    resetChecks()
    packEditorStore.setState(NO_PACK_EDITING)
    resetAnalyses()
    showLifelineSettings()
    resetLanes()
    sessionStore.setState({ selection: null, hover: null, interaction: { type: 'idle' }, live: null, findingId: null, pointer: null, dialog: null })
    const order = project.scenarios.map(({ id }) => id)
    const activeId = order[0] ?? null
    scenarioStore.setState({ activeId, order, byId: {} })
    states.forEach(state => show(state.document.id, state))
    sessionStore.setState({ findingsScope: activeId === null ? 'network' : 'proposals' })
    showEverything()
    pictureStore.setState({ stands: false })
    projectStore.setState({ status: 'open', info: project, ...twin, pack, recovery, migratedFrom, trouble: null })
    refreshAttributes()
    void loadAllResults(order)
    ledgerStore.setState(EMPTY_LEDGER)
    // What was found out about another project's ledger says nothing of this one.
    qualityStore.setState({ result: null })
    void loadTwinEdits()
    void learnRecent()
    return true
  } catch (cause) {
    showRefusal(cause)
    resetProject()
    return false
  } finally {
    job.end()
  }
}

/** What was found last time in every scheme, the active one first; checked again where that no longer holds. */
async function loadAllResults(order: readonly string[]): Promise<void> {
  await loadLatestResults(order[0] ?? null)
  recheckIfStale()
  for (const id of order.slice(1)) {
    await loadLatestResults(id)
    await checkAside(id)
  }
}

/** Makes a named revision; every edit was durable before. */
export async function saveRevision(name: string): Promise<boolean> {
  await lanesSettled()
  const info = await ask('project.save', { name })
  if (!info) return false
  projectStore.setState({ info })
  showToast('success', 'app:toast.saved', { name })
  return true
}

export async function closeProject(): Promise<void> {
  await lanesSettled()
  if (!(await ask('project.close', {}))) return
  void learnRecent()
  resetChecks()
  resetLanes()
  resetProject()
  scenarioStore.setState({ activeId: null, byId: {}, order: [] })
  sessionStore.setState({ selection: null, hover: null, interaction: { type: 'idle' }, live: null, findingId: null, pointer: null, dialog: null })
}

/**
 * The baseline was changed (an import, an edit): what of it is another one is fetched again, lines or surroundings;
 * results of before show as stale at once. What was selected stays so where it is still there.
 */
export function reloadTwin(changed: ChangedTwin): Promise<void> {
  // One after the other: what the first fetches is what the next one keeps.
  reloading = reloading.catch(() => undefined).then(() => readAnew(changed))
  return reloading
}

interface ChangedTwin {
  readonly columns: boolean
  readonly context: boolean
}
let reloading: Promise<void> = Promise.resolve()

async function readAnew(changed: ChangedTwin): Promise<void> {
  const state = projectStore.getState()
  const known = { columns: changed.columns ? null : state.columns, context: changed.context ? null : state.context }
  const [columns, context] = await Promise.all([known.columns ?? ask('twin.columns', {}), known.context ? null : ask('twin.context', {})])
  if (!columns || (!known.context && !context)) return
  const twin = await readyWith(columns, known.context ?? unpackContext(share(context as PackedContext)))
  sessionStore.setState(({ selection, alsoSelected }) => {
    const isThere = (ref: Selection) => ref.type !== 'asset' || assetIndexOf(twin.columns, ref.id) !== null
    return { findingId: null, selection: selection && isThere(selection) ? selection : null, alsoSelected: alsoSelected.filter(isThere) }
  })
  projectStore.setState(twin)
  if (changed.columns) refreshAttributes()
  else regroupQuality()
  void loadTwinEdits()
  recheckIfStale()
  void recheckAside()
}

/** Judges by another rule pack from now on. */
export async function choosePack(id: string): Promise<void> {
  const info = await ask('rules.use', { id })
  const pack = info && (await ask('rules.get', { id }))
  if (!info || !pack) return
  projectStore.setState({ info, pack })
  recheckIfStale()
  void recheckAside()
}

const hasNativePicker = (): boolean => hostStore.getState().info?.capabilities.nativePicker === true

/** Opens the host's own file dialog where it has one, else ours over the host's folders. */
export async function pickProjectToOpen(): Promise<void> {
  if (!hasNativePicker()) return sessionStore.setState({ dialog: { type: 'open' } })
  const picked = await ask('files.pick', { purpose: 'open_project' })
  const file = picked?.files[0]
  if (file) await openTicket(file.ticket)
}

/** Asks where a copy, or a new project, goes. */
export async function pickProjectToWrite(intent: WriteIntent, suggestedName: string): Promise<void> {
  if (!hasNativePicker()) return sessionStore.setState({ dialog: { type: 'saveAs', intent } })
  const picked = await ask('files.pick', { purpose: 'save_project', suggestedName })
  const file = picked?.files[0]
  // A desktop's own dialog has asked before it gave the name of a file that is there.
  if (file) await writeProject(intent, file.ticket, true)
}

/** True while a file is being opened, copied or imported: a second one has to wait. */
export const isBusy = (): boolean => ['opening', 'arriving'].includes(projectStore.getState().status) || jobsStore.getState().jobs.some(job => job.titleKey !== 'app:job.checkNetwork' && job.titleKey !== 'ledger:job.check')
