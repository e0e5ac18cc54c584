import { parentPort } from 'node:worker_threads'
import { runCheckTask, type CheckBaseline } from '../services/check-task.ts'
import type { CheckOrder, CheckReport } from '../services/check-worker-host.ts'

/** Checks networks away from the host's thread. Keeps the last baseline; cancelling ends the thread. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const report = (message: CheckReport): void => port.postMessage(message)
let kept: CheckBaseline | null = null
let lastProgressAt = 0
let lastStage = ''

port.on('message', (order: CheckOrder) => {
  if (order.type === 'baseline') {
    kept = order.baseline
    return
  }
  try {
    if (!kept) throw new Error('no baseline')
    report({ type: 'done', answer: runCheckTask(kept, order.task, { progress, throwIfCancelled: () => undefined }) })
  } catch (cause) {
    report({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) })
  }
})

function progress(fraction: number | null, stage: string): void {
  if (stage === lastStage && performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
  lastProgressAt = performance.now()
  lastStage = stage
  report({ type: 'progress', fraction, stage })
}
