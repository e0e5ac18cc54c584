import { parentPort, workerData } from 'node:worker_threads'
import { runEpanet } from '../services/analysis/analyse-epanet.ts'
import { ModelRefused } from '../services/analysis/analyse-pressure-result.ts'
import type { PressureReport } from '../services/analysis/analyse-pressure.ts'

/** Runs one model through EPANET and ends; cancelling ends the thread. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const report = (message: PressureReport): void => port.postMessage(message)
let lastProgressAt = 0

function progress(fraction: number | null, stage: string): void {
  if (performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
  lastProgressAt = performance.now()
  report({ type: 'progress', fraction, stage })
}

try {
  report({ type: 'done', result: await runEpanet(workerData as Uint8Array, { progress, throwIfCancelled: () => undefined }) })
} catch (cause) {
  if (cause instanceof ModelRefused) report({ type: 'refused', reason: cause.reason })
  else report({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) })
}
