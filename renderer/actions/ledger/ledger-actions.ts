import type { CallOutput } from '#shared/contract/contract.ts'
import type { AssetFields, HeldLevel } from '#shared/ledger/asset-fields.ts'
import type { AssetQuery } from '#shared/ledger/asset-query.ts'
import type { QualityFix } from '#shared/ledger/quality-fix.ts'
import type { AssetEvent } from '#shared/ledger/twin-edit.ts'
import { ledgerStore, nextRedo, nextUndo } from '../../state/twin/ledger-store.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { ask } from '../host.ts'
import { longCall } from '../long-call.ts'
import { canEdit } from '../scheme/scenario-actions.ts'

/** Who changes the twin, and why. */
export interface Signed {
  readonly who: string
  readonly why: string
}

/** Fields to set on assets, by their place in the columns that are shown. */
interface FieldEdit {
  readonly assets: Uint32Array
  readonly fields: AssetFields
  readonly held: HeldLevel
}

/** Narrows the ledger; what is asked for elsewhere (a block, an owner) brings it to the front. */
export function showInLedger(query: AssetQuery): void {
  ledgerStore.setState({ query })
  sessionStore.setState(({ wantedPanel: last }) => ({ wantedPanel: { id: 'ledger', serial: (last?.serial ?? 0) + 1 } }))
}

/** Reads the recorded changes of the twin anew. */
export async function loadTwinEdits(): Promise<void> {
  const answer = await ask('ledger.edits', {})
  if (answer) ledgerStore.setState({ edits: answer.edits })
}

/** How many assets an edit would change; null where the host cannot tell, or was asked something else meanwhile. */
export async function previewEdit({ assets, fields, held }: FieldEdit, signal: AbortSignal): Promise<number | null> {
  const { info } = projectStore.getState()
  if (!info) return null
  const answer = await ask('ledger.preview', { twinHash: info.twinHash, assets, fields, held }, { signal })
  return answer && !signal.aborted ? answer.changes : null
}

export const editAssets = (edit: FieldEdit, signed: Signed): Promise<boolean> =>
  changeTwin(twinHash => longCall('ledger.edit', { twinHash, ...edit, signed }, 'ledger:job.edit'))

export const mendFlaws = (fixes: readonly QualityFix[], signed: Signed): Promise<boolean> =>
  changeTwin(twinHash => longCall('ledger.fix', { twinHash, fixes: [...fixes], signed }, 'ledger:job.fix'))

const isChangeable = (): boolean => canEdit() && !ledgerStore.getState().isChanging
export const canUndoTwin = (): boolean => isChangeable() && nextUndo(ledgerStore.getState()) !== null
export const canRedoTwin = (): boolean => isChangeable() && nextRedo(ledgerStore.getState()) !== null

export const undoTwin = (): Promise<boolean> => changeTwin(() => longCall('ledger.undo', {}, 'ledger:job.undo'), 'ledger:toast.undone')
export const redoTwin = (): Promise<boolean> => changeTwin(() => longCall('ledger.redo', {}, 'ledger:job.redo'), 'ledger:toast.redone')

/** One change of the twin at a time, said once it is durable. The host tells every view that the twin changed. @returns whether it was made. */
export async function changeTwin(change: (twinHash: string) => Promise<CallOutput<'ledger.edit'> | null>, saidKey = 'ledger:toast.changed'): Promise<boolean> {
  const { info } = projectStore.getState()
  if (!info || ledgerStore.getState().isChanging) return false
  ledgerStore.setState({ isChanging: true })
  try {
    const answer = await change(info.twinHash)
    if (!answer) return false
    if (!answer.edit) {
      showToast('info', 'ledger:toast.nothing')
      return false
    }
    sessionStore.setState({ lastEdited: 'twin' })
    const { changed, added, removed } = answer.edit.counts
    showToast('success', saidKey, { count: changed + added + removed })
    await loadTwinEdits()
    return true
  } finally {
    ledgerStore.setState({ isChanging: false })
  }
}

/** What happened to an asset; null where the host cannot tell. */
export const historyOfAsset = async (assetId: string): Promise<readonly AssetEvent[] | null> => (await ask('ledger.history', { assetId }))?.events ?? null
