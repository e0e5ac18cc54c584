import { Worker } from 'node:worker_threads'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import { ModelRefused, type PressureResult } from './analyse-pressure-result.ts'
import { workerEntry } from '../worker-entry.ts'

/** From the worker. */
export type PressureReport =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly result: PressureResult }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'failed'; readonly message: string }

/**
 * Runs a model through EPANET in a thread of its own: a large network takes minutes within one call of the engine, which
 * only ending the thread can stop.
 * @throws ModelRefused; CancelledError; Error where the thread failed or died.
 */
export function computePressures(inp: Uint8Array, job: JobControl, signal: AbortSignal): Promise<PressureResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CancelledError())
      return
    }
    // The engine's library writes its warnings to the console; they are in the answer.
    const worker = new Worker(workerEntry('pressure'), { workerData: inp, stderr: true, stdout: true })
    const settle = (then: () => void): void => {
      signal.removeEventListener('abort', cancel)
      worker.removeAllListeners()
      // Whatever the thread says from here on, nobody waits for it.
      worker.on('error', () => undefined)
      void worker.terminate()
      then()
    }
    const cancel = (): void => settle(() => reject(new CancelledError()))
    signal.addEventListener('abort', cancel)
    worker.on('message', (report: PressureReport) => {
      if (report.type === 'progress') job.progress(report.fraction, report.stage)
      else if (report.type === 'done') settle(() => resolve(report.result))
      else if (report.type === 'refused') settle(() => reject(new ModelRefused(report.reason)))
      else settle(() => reject(new Error(report.message)))
    })
    worker.on('error', cause => settle(() => reject(cause)))
    worker.on('exit', () => settle(() => reject(new Error('the pressure worker ended without an answer'))))
  })
}
