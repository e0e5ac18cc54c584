import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { showToast, startJob } from '../../state/app/jobs-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { ask, host, showRefusal } from '../host.ts'
import { changeTwin, type Signed } from '../ledger/ledger-actions.ts'
import { longCall } from '../long-call.ts'

export type InspectedFile = CallOutput<'import.inspect'>['files'][number]
export type InspectedLayer = InspectedFile['layers'][number]
export type ImportRequest = CallInput<'import.dryRun'>
export type ImportOutcome = CallOutput<'import.dryRun'>

/** Small enough for progress to move and for a cancel to be felt, large enough not to be all overhead. */
const CHUNK_BYTES = 4 * 1024 * 1024

/** Files through the host's own picker; tickets of what was chosen, empty where the user thought better of it. */
export async function pickImportTickets(): Promise<string[]> {
  const picked = await ask('files.pick', { purpose: 'import' })
  return picked?.files.map(file => file.ticket) ?? []
}

/** Hands files of the page (dropped or chosen in the browser) to the host, piece by piece; null where it was refused or cancelled. */
export async function uploadFiles(files: readonly File[]): Promise<string[] | null> {
  const controller = new AbortController()
  const job = startJob('import-wizard:job.upload', () => controller.abort())
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0)
  let sentBytes = 0
  const tickets: string[] = []
  try {
    for (const file of files) {
      tickets.push(await uploadFile(file, bytes => job.update((sentBytes + bytes) / Math.max(1, totalBytes), null), controller.signal))
      sentBytes += file.size
    }
    return tickets
  } catch (cause) {
    showRefusal(cause)
    return null
  } finally {
    job.end()
  }
}

async function uploadFile(file: File, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  let upload: string | null = null
  let offset = 0
  for (;;) {
    const bytes = new Uint8Array(await file.slice(offset, offset + CHUNK_BYTES).arrayBuffer())
    const answer: CallOutput<'files.upload'> = await host().call('files.upload', { upload, name: file.name, offset, totalBytes: file.size, bytes }, { signal })
    if (answer.file) return answer.file.ticket
    upload = answer.upload
    offset += bytes.length
    onSent(offset)
  }
}

export const inspectFiles = (tickets: string[]): Promise<CallOutput<'import.inspect'> | null> =>
  longCall('import.inspect', { tickets }, 'import-wizard:job.inspect')

/** What an import would give, with nothing written. */
export const tryImport = (request: ImportRequest): Promise<ImportOutcome | null> => longCall('import.dryRun', request, 'import-wizard:job.dryRun')

/** Imports in one step: all of it or nothing. The host tells every view that the twin changed. */
export async function commitImport(request: ImportRequest): Promise<ImportOutcome | null> {
  const outcome = await longCall('import.commit', { ...request, who: sessionStore.getState().person }, 'import-wizard:job.commit')
  if (outcome) showToast('success', 'import-wizard:done', { assets: outcome.assets.total, nodes: outcome.nodes })
  return outcome
}

export async function searchCrs(text: string): Promise<readonly { readonly code: string; readonly name: string }[]> {
  return (await ask('crs.search', { text }))?.matches ?? []
}

/** Holds a survey against the twin, or against a scheme that was built; shown for somebody to say what is taken. */
export async function compareSurvey(request: ImportRequest, scenarioId: string | null, options: SurveyOptions): Promise<boolean> {
  const survey = await longCall('survey.compare', { request, scenarioId, options }, 'survey:job.compare')
  if (survey) sessionStore.setState({ dialog: { type: 'survey', survey, asBuilt: scenarioId, options } })
  return survey !== null
}

/** Takes entries of a comparison as one recorded step. */
export const acceptSurvey = (comparison: string, entries: Uint32Array, withNodes: boolean, signed: Signed): Promise<boolean> =>
  changeTwin(() => longCall('survey.accept', { comparison, entries, withNodes, signed }, 'survey:job.accept'))
