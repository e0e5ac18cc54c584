import { parentPort, workerData } from 'node:worker_threads'
import { ImportRefused } from '../services/import-files.ts'
import { runImportTask, type ImportTask } from '../services/import-task.ts'
import type { ImportWorkerMessage } from '../services/import-worker-host.ts'

/** Reads and maps files away from the host's thread. One task per worker; cancelling ends the worker. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const send = (message: ImportWorkerMessage) => port.postMessage(message)
let lastProgressAt = 0

try {
  const value = runImportTask(workerData as ImportTask, {
    progress: (fraction, stage) => {
      if (performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
      lastProgressAt = performance.now()
      send({ type: 'progress', fraction, stage })
    },
    throwIfCancelled: () => undefined,
  })
  send({ type: 'done', value })
} catch (cause) {
  if (!(cause instanceof ImportRefused)) throw cause
  const { code, file, issue, reason } = cause
  send({ type: 'refused', code, file, issue, reason })
}
