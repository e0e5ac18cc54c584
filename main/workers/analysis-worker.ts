import { parentPort } from 'node:worker_threads'
import { AnalysisRefused, type AnalysisBaseline } from '#shared/hazards/analysis/subject.ts'
import { ModelRefused } from '../services/analysis/analyse-pressure-result.ts'
import type { BaselineReport } from '../services/baseline-worker.ts'
import { runAnalysisTask, runLifelineTask, type AnalysisEnding, type AnalysisOrder } from '../services/analysis/analysis-task.ts'

/** Runs analyses away from the host's thread. Keeps the last baseline; cancelling ends the thread. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const report = (message: BaselineReport<AnalysisEnding>): void => port.postMessage(message)
let kept: AnalysisBaseline | null = null
let lastProgressAt = 0
let lastStage = ''

port.on('message', (order: AnalysisOrder) => {
  if (order.type === 'baseline') kept = order.baseline
  else void run(order)
})

async function run(order: Exclude<AnalysisOrder, { type: 'baseline' }>): Promise<void> {
  try {
    if (!kept) throw new Error('no baseline')
    const job = { progress, throwIfCancelled: () => undefined }
    report({ type: 'done', answer: order.type === 'lifeline' ? runLifelineTask(kept, order.task, job) : await runAnalysisTask(kept, order.task, job) })
  } catch (cause) {
    if (cause instanceof AnalysisRefused) report({ type: 'refused', code: cause.code, details: cause.details })
    else if (cause instanceof ModelRefused) report({ type: 'refused', code: 'model_refused', details: { reason: cause.reason } })
    else report({ type: 'failed', message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
}

function progress(fraction: number | null, stage: string): void {
  if (stage === lastStage && performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
  lastProgressAt = performance.now()
  lastStage = stage
  report({ type: 'progress', fraction, stage })
}
