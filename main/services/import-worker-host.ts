import { Worker } from 'node:worker_threads'
import type { Issue } from '#shared/core/issues.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import type { ImportedRecords } from '#shared/io/source.ts'
import type { AssetRecord, NodeRecord } from '#shared/twin/asset.ts'
import { ImportRefused } from './import-files.ts'
import type { ImportTask, Inspection, TrialImport } from './import-task.ts'
import { workerEntry } from './worker-entry.ts'

/** Some of the records of an import. */
export type RecordPage =
  | { readonly part: 'assets' | 'proposals'; readonly items: readonly AssetRecord[] }
  | { readonly part: 'nodes'; readonly items: readonly NodeRecord[] }

export type ImportWorkerMessage =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | ({ readonly type: 'page' } & RecordPage)
  | { readonly type: 'done'; readonly value: Inspection | TrialImport }
  | { readonly type: 'refused'; readonly code: 'too_large' | 'unreadable'; readonly file: string; readonly issue: Issue | null; readonly reason: string }

/** Records per page: a few milliseconds to take in. */
const PAGE_RECORDS = 1000

export function* pagesOf({ assets, proposals, nodes }: ImportedRecords): Generator<RecordPage> {
  for (let at = 0; at < assets.length; at += PAGE_RECORDS) yield { part: 'assets', items: assets.slice(at, at + PAGE_RECORDS) }
  for (let at = 0; at < proposals.length; at += PAGE_RECORDS) yield { part: 'proposals', items: proposals.slice(at, at + PAGE_RECORDS) }
  for (let at = 0; at < nodes.length; at += PAGE_RECORDS) yield { part: 'nodes', items: nodes.slice(at, at + PAGE_RECORDS) }
}

/** Heap of the worker: a 300 MB file of small features needs about half of it; beyond it the import is refused, not the app. */
const MAX_HEAP_MB = 6144

/**
 * Runs an import task in a worker of its own. Cancelling ends the worker at once.
 * @throws ImportRefused, CancelledError
 */
export function importInWorker(task: Extract<ImportTask, { do: 'inspect' }>, job: JobControl, signal: AbortSignal): Promise<Inspection>
export function importInWorker(task: Extract<ImportTask, { do: 'import' }>, job: JobControl, signal: AbortSignal): Promise<TrialImport>
export function importInWorker(task: ImportTask, job: JobControl, signal: AbortSignal): Promise<Inspection | TrialImport> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError())
      return
    }
    const worker = new Worker(workerEntry('import'), { workerData: task, resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } })
    const cancel = () => end(() => reject(new CancelledError()))
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', cancel)
      worker.removeAllListeners()
      // What the ending worker still reports is of no interest, yet an unheard `error` would end the process.
      worker.on('error', () => undefined)
      void worker.terminate()
      settle()
    }
    signal.addEventListener('abort', cancel)
    const assets: AssetRecord[] = []
    const proposals: AssetRecord[] = []
    const nodes: NodeRecord[] = []
    const take = (page: RecordPage) => {
      if (page.part === 'nodes') for (const node of page.items) nodes.push(node)
      else for (const asset of page.items) (page.part === 'assets' ? assets : proposals).push(asset)
      // Whatever else the host has to do comes first.
      setImmediate(() => worker.postMessage('next'))
    }
    const complete = (value: Inspection | TrialImport): Inspection | TrialImport =>
      'records' in value && value.records ? { ...value, records: { ...value.records, assets, proposals, nodes } } : value
    worker.on('message', (message: ImportWorkerMessage) => {
      if (message.type === 'progress') job.progress(message.fraction, message.stage)
      else if (message.type === 'page') take(message)
      else if (message.type === 'done') end(() => resolve(complete(message.value)))
      else end(() => reject(new ImportRefused(message.code, message.file, message.issue, message.reason)))
    })
    worker.on('error', cause => {
      const isOutOfMemory = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      end(() => reject(isOutOfMemory ? new ImportRefused('too_large', '', null, 'memory') : cause))
    })
    worker.on('exit', () => end(() => reject(new Error('the import worker ended without an answer'))))
  })
}
