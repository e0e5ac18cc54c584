import { parentPort } from 'node:worker_threads'
import { makeExport } from '../services/export/export-task.ts'
import type { ExportOrder, ExportWorkerMessage } from '../services/export/export-worker-host.ts'
import { ProjectFile } from '../services/project-file.ts'

/** Writes one project as a file, away from the host's thread. Cancelling ends the worker. */
const PROGRESS_EVERY_MS = 100
const port = parentPort!
let lastProgressAt = 0

port.on('message', (order: ExportOrder) => void run(order))

async function run({ path, choices }: ExportOrder): Promise<void> {
  try {
    const { project } = await ProjectFile.open(path, { readOnly: true })
    const made = await makeExport(project, choices, { progress, throwIfCancelled: () => undefined })
    await project.close()
    port.postMessage({ type: 'done', made } satisfies ExportWorkerMessage, [made.bytes.buffer as ArrayBuffer])
  } catch (cause) {
    port.postMessage({ type: 'failed', message: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) } satisfies ExportWorkerMessage)
  }
}

function progress(fraction: number | null, stage: string): void {
  if (performance.now() - lastProgressAt < PROGRESS_EVERY_MS) return
  lastProgressAt = performance.now()
  port.postMessage({ type: 'progress', fraction, stage } satisfies ExportWorkerMessage)
}
