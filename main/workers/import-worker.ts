import { parentPort } from 'node:worker_threads'
import { ImportRefused } from '../services/import/import-files.ts'
import { runImportTask, type ImportTask } from '../services/import/import-task.ts'
import { KeptReadings } from '../services/import/kept-readings.ts'
import { pagesOf, type ImportWorkerMessage, type ImportWorkerOrder } from '../services/import/import-worker-host.ts'

/** Reads and maps files away from the host's thread, one task after the other; what it read is kept for the next. Cancelling ends the worker. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
const send = (message: ImportWorkerMessage) => port.postMessage(message)
const readings = new KeptReadings()
let lastProgressAt = 0
let sendNext: () => void = () => undefined

port.on('message', (order: ImportWorkerOrder) => {
  if (order === 'next') sendNext()
  else run(order)
})

function run(task: ImportTask): void {
  try {
    answer(task)
  } catch (cause) {
    if (!(cause instanceof ImportRefused)) throw cause
    const { code, file, issue, reason } = cause
    send({ type: 'refused', code, file, issue, reason })
  }
}

function answer(task: ImportTask): void {
  const value = runImportTask(task, {
    progress: (fraction, stage) => {
      if (performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
      lastProgressAt = performance.now()
      send({ type: 'progress', fraction, stage })
    },
    throwIfCancelled: () => undefined,
  }, readings)
  // Records go page by page as the host asks for them: taking a whole network in at once would stop its thread.
  const trial = 'records' in value ? value : null
  const pages = trial?.records ? pagesOf(trial.records) : null
  const rest = trial?.records ? { ...trial, records: { ...trial.records, assets: [], nodes: [], proposals: [] } } : value
  sendNext = () => {
    const page = pages?.next()
    send(page && !page.done ? { type: 'page', ...page.value } : { type: 'done', value: rest })
  }
  sendNext()
}
