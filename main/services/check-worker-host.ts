import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { ClearanceOverload } from '#shared/clearance/overload.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import type { PackedContext } from '#shared/twin/twin-context.ts'
import type { CheckAnswer, CheckBaseline, CheckTask } from './check-task.ts'
import { workerEntry } from './worker-entry.ts'

/** A baseline whose surroundings are packed still: the worker makes records of them, not the host's thread. */
export interface PackedBaseline extends Pick<CheckBaseline, 'key' | 'columns'> {
  readonly context: PackedContext
}

/** To the worker: a baseline to keep, then checks of it. */
export type CheckOrder = { readonly type: 'baseline'; readonly baseline: CheckBaseline | PackedBaseline } | { readonly type: 'check'; readonly task: CheckTask }

/** What the worker starts with: where its helpers are, and how many it may have. */
export interface CheckWorkerData {
  readonly helperEntry: string
  readonly helpers: number
}

/** More threads than this wait for memory, not for each other. */
const MOST_HELPERS = 7

/** From the worker. */
export type CheckReport =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly answer: CheckAnswer }
  | { readonly type: 'failed'; readonly message: string; readonly isOverload: boolean }

/**
 * Runs checks in a worker thread that keeps the last baseline and has helpers for large networks, one check at a time. Cancelling ends the thread at once;
 * the next check starts a new one, as it does after a thread that died.
 */
export class CheckWorker {
  #worker: Worker | null = null
  #baselineKey: string | null = null
  #last: Promise<unknown> = Promise.resolve()
  readonly #helpers: number

  /** @param helpers Threads beside the worker's own, for large networks. */
  constructor(helpers = availableParallelism() - 1) {
    this.#helpers = helpers
  }

  /**
   * @param baseline Fetched only where the worker does not hold `key` yet.
   * @throws CancelledError; ClearanceOverload; Error where the thread failed or died.
   */
  check(key: string, baseline: () => CheckBaseline | PackedBaseline, task: CheckTask, job: JobControl, signal: AbortSignal): Promise<CheckAnswer> {
    const turn = this.#last.then(() => this.#run(key, baseline, task, job, signal))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Ends the thread; a running check fails as cancelled. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #run(key: string, baseline: () => CheckBaseline | PackedBaseline, task: CheckTask, job: JobControl, signal: AbortSignal): Promise<CheckAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new CancelledError())
        return
      }
      const worker = this.#start()
      const settle = (then: () => void): void => {
        signal.removeEventListener('abort', cancel)
        worker.off('message', hear)
        worker.off('error', fail)
        worker.off('exit', died)
        worker.unref()
        then()
      }
      const giveUp = (cause: Error): void => {
        this.#forget(worker)
        settle(() => reject(cause))
      }
      const cancel = (): void => giveUp(new CancelledError())
      const fail = (cause: Error): void => giveUp(cause)
      const died = (): void => giveUp(new Error('the check worker ended without an answer'))
      const hear = (report: CheckReport): void => {
        if (report.type === 'progress') job.progress(report.fraction, report.stage)
        else if (report.type === 'done') settle(() => resolve(report.answer))
        else settle(() => reject(report.isOverload ? new ClearanceOverload() : new Error(report.message)))
      }
      signal.addEventListener('abort', cancel)
      worker.on('message', hear)
      worker.on('error', fail)
      worker.on('exit', died)
      // While a check runs, the process stays for it.
      worker.ref()
      if (this.#baselineKey !== key) {
        this.#baselineKey = key
        // Shared memory: neither the worker nor its helpers make a copy of a million assets.
        this.#send(worker, { type: 'baseline', baseline: shareArrays(baseline()) })
      }
      this.#send(worker, { type: 'check', task })
    })
  }

  #send(worker: Worker, order: CheckOrder): void {
    worker.postMessage(order)
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const workerData: CheckWorkerData = { helperEntry: workerEntry('check-helper').href, helpers: Math.min(MOST_HELPERS, this.#helpers) }
    const worker = new Worker(workerEntry('check'), { workerData })
    this.#worker = worker
    this.#baselineKey = null
    // A thread that dies between checks is replaced at the next one; unheard, its error would end the process.
    worker.on('error', () => this.#forget(worker))
    worker.on('exit', () => this.#forget(worker))
    return worker
  }

  #forget(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#baselineKey = null
    void worker.terminate()
  }
}
