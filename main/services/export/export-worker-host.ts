import { Worker } from 'node:worker_threads'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import type { ExportChoices, ExportMade } from './export-task.ts'
import { workerEntry } from '../worker-entry.ts'

/** To the worker: the project, which it opens for itself to read, and what is wanted of it. */
export interface ExportOrder {
  readonly path: string
  readonly choices: ExportChoices
}

export type ExportWorkerMessage =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly made: ExportMade }
  | { readonly type: 'failed'; readonly message: string }

/** The records of a million lines and the file made of them fit well below; beyond it the export is refused, not the app. */
const MAX_HEAP_MB = 8192

/** The project is too large for the memory a worker may have. */
export class ExportTooLarge extends Error {}

/**
 * Writes a project as a file in a thread of its own, from what is on the disk: every acknowledged edit is. Cancelling ends the
 * thread at once.
 * @throws ExportTooLarge; CancelledError; Error where the thread failed.
 */
export function exportInWorker(order: ExportOrder, job: JobControl, signal: AbortSignal): Promise<ExportMade> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError())
      return
    }
    const worker = new Worker(workerEntry('export'), { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } })
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', cancel)
      // What the ending worker still reports is of no interest, yet an unheard `error` would end the process.
      worker.removeAllListeners().on('error', () => undefined)
      void worker.terminate()
      settle()
    }
    const cancel = () => end(() => reject(new CancelledError()))
    signal.addEventListener('abort', cancel)
    worker.on('message', (message: ExportWorkerMessage) => {
      if (message.type === 'progress') job.progress(message.fraction, message.stage)
      else if (message.type === 'done') end(() => resolve(message.made))
      else end(() => reject(new Error(message.message)))
    })
    worker.on('error', cause => end(() => reject('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ExportTooLarge() : cause)))
    worker.on('exit', () => end(() => reject(new Error('the export worker ended without an answer'))))
    worker.postMessage(order)
  })
}
