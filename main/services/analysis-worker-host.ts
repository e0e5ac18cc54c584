import { Worker } from 'node:worker_threads'
import type { Finding } from '#shared/clearance/finding.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import { AnalysisRefused, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { ModelRefused } from './analyse-pressure-result.ts'
import type { AnalysisAnswer, AnalysisOrder, AnalysisReport, AnalysisTask, LifelineTask } from './analysis-task.ts'
import { workerEntry } from './worker-entry.ts'

/**
 * Runs analyses in a worker thread that keeps the last baseline, one at a time. Cancelling ends the thread at once; the
 * next analysis starts a new one, as it does after a thread that died.
 */
export class AnalysisWorker {
  #worker: Worker | null = null
  #baselineKey: string | null = null
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param baseline Fetched only where the worker does not hold `key` yet.
   * @throws AnalysisRefused; ModelRefused; CancelledError; Error where the thread failed or died.
   */
  run(key: string, baseline: () => AnalysisBaseline, task: AnalysisTask, job: JobControl, signal: AbortSignal): Promise<AnalysisAnswer> {
    return this.#inTurn(() => this.#run<AnalysisAnswer>(key, baseline, { type: 'run', task }, job, signal))
  }

  /** What a scheme makes worse of the four hazards. @throws as `run`. */
  lifeline(key: string, baseline: () => AnalysisBaseline, task: LifelineTask, job: JobControl, signal: AbortSignal): Promise<readonly Finding[]> {
    return this.#inTurn(() => this.#run<readonly Finding[]>(key, baseline, { type: 'lifeline', task }, job, signal))
  }

  #inTurn<A>(run: () => Promise<A>): Promise<A> {
    const turn = this.#last.then(run)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  #run<A extends AnalysisAnswer | readonly Finding[]>(key: string, baseline: () => AnalysisBaseline, order: AnalysisOrder, job: JobControl, signal: AbortSignal): Promise<A> {
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
      const died = (): void => giveUp(new Error('the analysis worker ended without an answer'))
      const hear = (report: AnalysisReport): void => {
        if (report.type === 'progress') job.progress(report.fraction, report.stage)
        else settle(() => (report.type === 'done' ? resolve(report.answer as A) : reject(failureOf(report))))
      }
      signal.addEventListener('abort', cancel)
      worker.on('message', hear)
      worker.on('error', fail)
      worker.on('exit', died)
      worker.ref()
      if (this.#baselineKey !== key) {
        this.#baselineKey = key
        send(worker, { type: 'baseline', baseline: baseline() })
      }
      send(worker, order)
    })
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    // The engine's library writes its warnings to the console; they are in the answer.
    const worker = new Worker(workerEntry('analysis'), { stderr: true, stdout: true })
    this.#worker = worker
    this.#baselineKey = null
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

const send = (worker: Worker, order: AnalysisOrder): void => worker.postMessage(order)

function failureOf(report: Extract<AnalysisReport, { type: 'refused' | 'failed' }>): Error {
  if (report.type === 'failed') return new Error(report.message)
  return report.code === 'model_refused' ? new ModelRefused(String(report.details['reason'])) : new AnalysisRefused(report.code, report.details)
}
