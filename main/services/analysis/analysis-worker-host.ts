import { Worker } from 'node:worker_threads'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { JobControl } from '#shared/core/job.ts'
import { AnalysisRefused, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { ModelRefused } from './analyse-pressure-result.ts'
import type { AnalysisAnswer, AnalysisEnding, AnalysisOrder, AnalysisTask, LifelineTask } from './analysis-task.ts'
import { BaselineWorker, type KeyedBaseline } from '../baseline-worker.ts'
import { workerEntry } from '../worker-entry.ts'

/** Runs analyses in a thread that keeps the last baseline. */
export class AnalysisWorker {
  // The engine's library writes its warnings to the console; they are in the answer.
  readonly #worker = new BaselineWorker<AnalysisOrder, AnalysisEnding>(() => new Worker(workerEntry('analysis'), { stderr: true, stdout: true }))

  /**
   * @param baseline Fetched only where the worker does not hold `key` yet.
   * @throws AnalysisRefused; ModelRefused; CancelledError; Error where the thread failed or died.
   */
  run(key: string, baseline: () => AnalysisBaseline, task: AnalysisTask, job: JobControl, signal: AbortSignal): Promise<AnalysisAnswer> {
    return this.#worker.ask(keyed(key, baseline), { type: 'run', task }, ending => answerOf(ending) as AnalysisAnswer, job, signal)
  }

  /** What a scheme makes worse of the four hazards. @throws as `run`. */
  lifeline(key: string, baseline: () => AnalysisBaseline, task: LifelineTask, job: JobControl, signal: AbortSignal): Promise<readonly Finding[]> {
    return this.#worker.ask(keyed(key, baseline), { type: 'lifeline', task }, ending => answerOf(ending) as readonly Finding[], job, signal)
  }
}

const keyed = (key: string, baseline: () => AnalysisBaseline): KeyedBaseline<AnalysisOrder> => ({ key, message: () => ({ type: 'baseline', baseline: baseline() }) })

function answerOf(ending: AnalysisEnding): AnalysisAnswer | readonly Finding[] {
  if (ending.type === 'done') return ending.answer
  if (ending.type === 'failed') throw new Error(ending.message)
  throw ending.code === 'model_refused' ? new ModelRefused(String(ending.details['reason'])) : new AnalysisRefused(ending.code, ending.details)
}
