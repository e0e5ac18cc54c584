import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import type { PartialFindings, PartialListener } from '#shared/clearance/findings/partial-findings.ts'
import type { JobControl } from '#shared/core/job.ts'
import { shareArrays } from '#shared/core/shared-arrays.ts'
import type { PackedContext } from '#shared/twin/twin-context.ts'
import { BaselineWorker } from '../baseline-worker.ts'
import type { CheckAnswer, CheckBaseline, CheckTask } from './check-task.ts'
import { workerEntry } from '../worker-entry.ts'

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

/** How a check ended, from the worker. */
export type CheckEnding =
  | { readonly type: 'done'; readonly answer: CheckAnswer }
  | { readonly type: 'failed'; readonly message: string; readonly isOverload: boolean }

/** Runs checks in a thread that keeps the last baseline and has helpers for large networks. */
export class CheckWorker {
  readonly #worker: BaselineWorker<CheckOrder, CheckEnding, PartialFindings>

  /** @param helpers Threads beside the worker's own, for large networks. */
  constructor(helpers = availableParallelism() - 1) {
    const workerData: CheckWorkerData = { helperEntry: workerEntry('check-helper').href, helpers: Math.min(MOST_HELPERS, helpers) }
    this.#worker = new BaselineWorker(() => new Worker(workerEntry('check'), { workerData }))
  }

  /**
   * @param baseline Fetched only where the worker does not hold `key` yet.
   * @param tell Hears of findings while the check goes on, never after it was cancelled.
   * @throws CancelledError; ClearanceOverload; Error where the thread failed or died.
   */
  check(key: string, baseline: () => CheckBaseline | PackedBaseline, task: CheckTask, job: JobControl, signal: AbortSignal, tell?: PartialListener): Promise<CheckAnswer> {
    // Shared memory: neither the worker nor its helpers make a copy of a million assets.
    return this.#worker.ask({ key, message: () => ({ type: 'baseline', baseline: shareArrays(baseline()) }) }, { type: 'check', task }, answerOf, job, signal, tell)
  }

  /** Ends the thread; a running check fails. */
  close(): Promise<void> {
    return this.#worker.close()
  }
}

function answerOf(ending: CheckEnding): CheckAnswer {
  if (ending.type === 'done') return ending.answer
  throw ending.isOverload ? new ClearanceOverload() : new Error(ending.message)
}
