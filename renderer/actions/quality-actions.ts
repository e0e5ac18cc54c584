import type { QualityReport } from '#shared/quality/quality-report.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { showToast, startJob } from '../state/jobs-store.ts'
import { projectStore } from '../state/project-store.ts'
import { qualityStore } from '../state/quality-store.ts'
import type { QualityAnswer, QualityRequest } from '../workers/quality-messages.ts'
import { longCall } from './long-call.ts'

const TITLE = 'quality:job'

/** Looks through the whole ledger: what every line lacks, and what cannot be right. Shown in the panel "Data quality". */
export async function assessLedger(): Promise<void> {
  const { columns, context } = projectStore.getState()
  if (!columns || !context || qualityStore.getState().isRunning) return
  qualityStore.setState({ isRunning: true })
  try {
    const [material, year] = [await longCall('twin.attributeColumn', { role: 'material' }, TITLE), await longCall('twin.attributeColumn', { role: 'year' }, TITLE)]
    if (!material || !year) return
    const report = await inWorker({ columns, context: packContext(context), material: material.codes, year: year.codes })
    // The twin may have changed meanwhile: what was found out is of the one before.
    if (report && projectStore.getState().columns === columns) qualityStore.setState({ result: { report, columns } })
  } finally {
    qualityStore.setState({ isRunning: false })
  }
}

/** @returns null where it was cancelled, or failed (and said so). */
function inWorker(request: QualityRequest): Promise<QualityReport | null> {
  return new Promise(resolve => {
    const worker = new Worker(new URL('../workers/quality-worker.ts', import.meta.url), { type: 'module', name: 'quality' })
    const job = startJob(TITLE, () => settle(null))
    const settle = (report: QualityReport | null) => {
      worker.terminate()
      job.end()
      resolve(report)
    }
    const fail = () => {
      showToast('error', 'quality:failed')
      settle(null)
    }
    worker.addEventListener('error', fail)
    worker.addEventListener('message', ({ data }: MessageEvent<QualityAnswer>) => {
      if (data.type === 'progress') job.update(data.fraction, data.stage)
      else if (data.type === 'done') settle(data.report)
      else fail()
    })
    worker.postMessage(request)
  })
}
