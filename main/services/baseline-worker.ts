import type { Worker } from 'node:worker_threads'
import { CancelledError, type JobControl } from '#shared/core/job.ts'

/** What a thread says of an order: how far it is, what it has so far, or how it ended. */
export type BaselineReport<Ending, Part = never> =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'part'; readonly part: Part }
  | Ending

/** A baseline of one key, sent only where the thread does not hold it yet. */
export interface KeyedBaseline<Message> {
  readonly key: string
  message(): Message
}

/**
 * A worker thread that keeps the last baseline and answers orders about it, one at a time. Cancelling ends the thread at
 * once; the next order starts a new one, as it does after a thread that died.
 */
export class BaselineWorker<Message, Ending, Part = never> {
  #worker: Worker | null = null
  #baselineKey: string | null = null
  #last: Promise<unknown> = Promise.resolve()
  readonly #make: () => Worker

  constructor(make: () => Worker) {
    this.#make = make
  }

  /**
   * @param read The answer in an ending; throws what an ending says failed.
   * @param tell Hears of what the thread has so far, until it is done or cancelled.
   * @throws CancelledError; what `read` throws; Error where the thread failed or died.
   */
  ask<A>(baseline: KeyedBaseline<Message>, order: Message, read: (ending: Ending) => A, job: JobControl, signal: AbortSignal, tell?: (part: Part) => void): Promise<A> {
    const turn = this.#last.then(() => this.#ask(baseline, order, read, job, signal, tell))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Ends the thread; a running order fails. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #ask<A>(baseline: KeyedBaseline<Message>, order: Message, read: (ending: Ending) => A, job: JobControl, signal: AbortSignal, tell?: (part: Part) => void): Promise<A> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new CancelledError())
        return
      }
      const worker = this.#start()
      const settle = (then: () => void): void => {
        signal.removeEventListener('abort', cancel)
        worker.off('message', hear)
        worker.off('error', giveUp)
        worker.off('exit', died)
        worker.unref()
        then()
      }
      const giveUp = (cause: Error): void => {
        this.#forget(worker)
        settle(() => reject(cause))
      }
      const cancel = (): void => giveUp(new CancelledError())
      const died = (): void => giveUp(new Error('the worker ended without an answer'))
      const hear = (report: BaselineReport<Ending, Part>): void => {
        if (isProgress(report)) {
          job.progress(report.fraction, report.stage)
          return
        }
        if (isPart(report)) {
          tell?.(report.part)
          return
        }
        settle(() => {
          try {
            resolve(read(report as Ending))
          } catch (failure) {
            reject(failure instanceof Error ? failure : new Error(String(failure)))
          }
        })
      }
      signal.addEventListener('abort', cancel)
      worker.on('message', hear)
      worker.on('error', giveUp)
      worker.on('exit', died)
      // While an order runs, the process stays for it.
      worker.ref()
      if (this.#baselineKey !== baseline.key) {
        this.#baselineKey = baseline.key
        worker.postMessage(baseline.message())
      }
      worker.postMessage(order)
    })
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = this.#make()
    this.#worker = worker
    this.#baselineKey = null
    // A thread that dies between orders is replaced at the next one; unheard, its error would end the process.
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

const isOfType = (report: unknown, type: string): boolean => typeof report === 'object' && report !== null && 'type' in report && report.type === type
const isProgress = <Ending, Part>(report: BaselineReport<Ending, Part>): report is Extract<BaselineReport<never>, { type: 'progress' }> => isOfType(report, 'progress')
const isPart = <Ending, Part>(report: Ending | { readonly type: 'part'; readonly part: Part }): report is { readonly type: 'part'; readonly part: Part } => isOfType(report, 'part')
