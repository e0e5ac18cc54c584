import { parentPort, workerData } from 'node:worker_threads'
import { ImportRefused } from '../services/import-files.ts'
import { runImportTask, type ImportTask } from '../services/import-task.ts'
import { pagesOf, type ImportWorkerMessage } from '../services/import-worker-host.ts'

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
  // Records go page by page as the host asks for them: taking a whole network in at once would stop its thread.
  const trial = 'records' in value ? value : null
  const pages = trial?.records ? pagesOf(trial.records) : null
  const rest = trial?.records ? { ...trial, records: { ...trial.records, assets: [], nodes: [], proposals: [] } } : value
  const sendNext = () => {
    const page = pages?.next()
    send(page && !page.done ? { type: 'page', ...page.value } : { type: 'done', value: rest })
  }
  port.on('message', sendNext)
  sendNext()
} catch (cause) {
  if (!(cause instanceof ImportRefused)) throw cause
  const { code, file, issue, reason } = cause
  send({ type: 'refused', code, file, issue, reason })
}
