import { Worker } from 'node:worker_threads'
import type { Issue } from '#shared/core/issues.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import type { ImportedRecords } from '#shared/io/source.ts'
import type { AssetRecord, NodeRecord } from '#shared/twin/asset.ts'
import { ImportRefused } from './import-files.ts'
import type { ImportTask, Inspection, TrialImport } from './import-task.ts'
import { workerEntry } from '../worker-entry.ts'

/** Some of the records of an import. */
export type RecordPage =
  | { readonly part: 'assets' | 'proposals'; readonly items: readonly AssetRecord[] }
  | { readonly part: 'nodes'; readonly items: readonly NodeRecord[] }

export type ImportWorkerMessage =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | ({ readonly type: 'page' } & RecordPage)
  | { readonly type: 'done'; readonly value: Inspection | TrialImport }
  | { readonly type: 'refused'; readonly code: 'too_large' | 'unreadable'; readonly file: string; readonly issue: Issue | null; readonly reason: string }

/** To the worker: a task, or the wish for its next page of records. */
export type ImportWorkerOrder = ImportTask | 'next'

/** Records per page: a few milliseconds to take in. */
const PAGE_RECORDS = 1000

export function* pagesOf({ assets, proposals, nodes }: ImportedRecords): Generator<RecordPage> {
  for (let at = 0; at < assets.length; at += PAGE_RECORDS) yield { part: 'assets', items: assets.slice(at, at + PAGE_RECORDS) }
  for (let at = 0; at < proposals.length; at += PAGE_RECORDS) yield { part: 'proposals', items: proposals.slice(at, at + PAGE_RECORDS) }
  for (let at = 0; at < nodes.length; at += PAGE_RECORDS) yield { part: 'nodes', items: nodes.slice(at, at + PAGE_RECORDS) }
}

/** Heap of the worker: a 300 MB file of small features needs about half of it; beyond it the import is refused, not the app. */
const MAX_HEAP_MB = 6144

/** A worker that nobody asked anything for so long gives its memory back, milliseconds. */
const KEEP_IDLE_MS = 300_000

/** The worker of the last task, with what it read, while nobody uses it. */
let idle: { readonly worker: Worker; readonly timer: NodeJS.Timeout; readonly drop: () => void } | null = null

function takeWorker(): Worker {
  const kept = idle
  idle = null
  if (!kept) return new Worker(workerEntry('import'), { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } })
  clearTimeout(kept.timer)
  kept.worker.off('error', kept.drop).off('exit', kept.drop).ref()
  return kept.worker
}

function keepWorker(worker: Worker): void {
  if (idle) return endWorker(worker)
  const drop = () => {
    if (idle?.worker === worker) idle = null
    endWorker(worker)
  }
  idle = { worker, timer: setTimeout(drop, KEEP_IDLE_MS).unref(), drop }
  worker.on('error', drop).on('exit', drop).unref()
}

function endWorker(worker: Worker): void {
  // What the ending worker still reports is of no interest, yet an unheard `error` would end the process.
  worker.on('error', () => undefined)
  void worker.terminate()
}

/**
 * Runs an import task in a worker. One that only looked or tried keeps what it read for the next task on the same files;
 * after the import itself, or a failure, it is ended. Cancelling ends the worker at once.
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
    const worker = takeWorker()
    const cancel = () => end(() => reject(new CancelledError()))
    const end = (settle: () => void, isKept = false) => {
      signal.removeEventListener('abort', cancel)
      worker.off('message', hear).off('error', fail).off('exit', stop)
      if (isKept) keepWorker(worker)
      else endWorker(worker)
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
      setImmediate(() => worker.postMessage('next' satisfies ImportWorkerOrder))
    }
    const complete = (value: Inspection | TrialImport): Inspection | TrialImport =>
      'records' in value && value.records ? { ...value, records: { ...value.records, assets, proposals, nodes } } : value
    const hear = (message: ImportWorkerMessage) => {
      if (message.type === 'progress') job.progress(message.fraction, message.stage)
      else if (message.type === 'page') take(message)
      else if (message.type === 'done') end(() => resolve(complete(message.value)), task.do === 'inspect' || !task.withRecords)
      else end(() => reject(new ImportRefused(message.code, message.file, message.issue, message.reason)))
    }
    const fail = (cause: Error) => {
      const isOutOfMemory = 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
      end(() => reject(isOutOfMemory ? new ImportRefused('too_large', '', null, 'memory') : cause))
    }
    const stop = () => end(() => reject(new Error('the import worker ended without an answer')))
    worker.on('message', hear).on('error', fail).on('exit', stop)
    worker.postMessage(task satisfies ImportWorkerOrder)
  })
}
