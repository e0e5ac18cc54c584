import { parentPort, workerData } from 'node:worker_threads'
import { ClearanceOverload } from '#shared/clearance/grid/overload.ts'
import type { PartialFindings } from '#shared/clearance/findings/partial-findings.ts'
import { runCheckTaskOn, type CheckBaseline } from '../services/check/check-task.ts'
import { CheckThreads } from '../services/check/check-threads.ts'
import { unpackContext } from '#shared/twin/twin-context.ts'
import type { BaselineReport } from '../services/baseline-worker.ts'
import type { CheckEnding, CheckOrder, CheckWorkerData, PackedBaseline } from '../services/check/check-worker-host.ts'

/** Checks networks away from the host's thread, large ones with helpers. Keeps the last baseline; cancelling ends the thread and with it the helpers. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const report = (message: BaselineReport<CheckEnding, PartialFindings>): void => port.postMessage(message)
const { helperEntry, helpers } = workerData as CheckWorkerData
const threads = new CheckThreads(new URL(helperEntry), helpers)
let kept: CheckBaseline | null = null
let lastProgressAt = 0
let lastStage = ''

port.on('message', (order: CheckOrder) => {
  if (order.type === 'baseline') {
    kept = 'context' in order.baseline ? unpacked(order.baseline) : order.baseline
    return
  }
  void answer(order)
})

function unpacked({ key, columns, context }: PackedBaseline): CheckBaseline {
  const { ground, surfaceFeatures, nodes } = unpackContext(context)
  return { key, columns, ground, surfaceFeatures, nodes }
}

async function answer({ task }: Extract<CheckOrder, { type: 'check' }>): Promise<void> {
  try {
    if (!kept) throw new Error('no baseline')
    report({ type: 'done', answer: await runCheckTaskOn(threads, kept, task, { progress, throwIfCancelled: () => undefined }, part => report({ type: 'part', part })) })
  } catch (cause) {
    report({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause), isOverload: cause instanceof ClearanceOverload })
  }
}

function progress(fraction: number | null, stage: string): void {
  if (stage === lastStage && performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
  lastProgressAt = performance.now()
  lastStage = stage
  report({ type: 'progress', fraction, stage })
}
