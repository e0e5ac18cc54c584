import i18next from 'i18next'
import { regroupedByBlocks } from '#shared/quality/assess-quality.ts'
import type { Completeness, QualityReport } from '#shared/quality/quality-report.ts'
import type { CompletenessPoint } from '#shared/register/completeness.ts'
import { FLOW_DIRECTION, surveyedWay } from '#shared/twin/flow-direction.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { assetIds } from '../../state/twin/asset-facts.ts'
import { showToast, startJob } from '../../state/app/jobs-store.ts'
import { editWords } from '../../state/scheme/edit-words.ts'
import { ledgerStore, nextUndo } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { qualityStore } from '../../state/twin/quality-store.ts'
import { orderCamera } from '../../state/view/view-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import type { QualityAnswer, QualityRequest } from '../../workers/quality-messages.ts'
import { longCall } from '../long-call.ts'
import { changeRecords } from './register-actions.ts'
import { canEdit } from '../scheme/scenario-actions.ts'
import { select } from '../viewing/selection-actions.ts'

const TITLE = 'quality:job'

/** Looks through the whole ledger: what every line lacks, and what cannot be right. Shown in the panel "Data quality". */
export async function assessLedger(): Promise<void> {
  const { columns, context } = projectStore.getState()
  if (!columns || !context || qualityStore.getState().isRunning) return
  qualityStore.setState({ isRunning: true })
  try {
    const [material, year, flow] = [await longCall('twin.attributeColumn', { role: 'material' }, TITLE), await longCall('twin.attributeColumn', { role: 'year' }, TITLE), await longCall('twin.attributeColumn', { role: 'flow' }, TITLE)]
    if (!material || !year || !flow) return
    // Code 0 says nothing; code k stands for the value before it.
    const surveyedWays = Int8Array.from(flow.codes, code => (code === 0 ? 0 : surveyedWay({ [FLOW_DIRECTION]: flow.values[code - 1] ?? null })))
    const report = await inWorker({ columns, context: packContext(context), material: material.codes, year: year.codes, surveyedWays })
    // The twin may have changed meanwhile: what was found out is of the one before.
    if (!report || projectStore.getState().columns !== columns) return
    qualityStore.setState({ result: { report, columns }, openFlaw: null })
    await keepCompleteness(report)
  } finally {
    qualityStore.setState({ isRunning: false })
  }
}

/** What was found out holds where other blocks were drawn: only its lines are grouped anew. */
export function regroupQuality(): void {
  const { columns, context } = projectStore.getState()
  const { result } = qualityStore.getState()
  if (columns && context && result?.columns === columns) qualityStore.setState({ result: { columns, report: regroupedByBlocks(result.report, columns, context.blocks) } })
}

/** Keeps how complete this state of the twin is, once: a point of the trend. */
async function keepCompleteness(report: QualityReport): Promise<void> {
  const { info, columns, context } = projectStore.getState()
  if (!info || !columns || !context || !canEdit() || registerStore.getState().completeness[info.twinHash]) return
  const part = (name: string, { count, score, flaws }: Completeness) => ({ name, count, score, flaws })
  const last = nextUndo(ledgerStore.getState())
  await changeRecords([{
    collection: 'completeness', id: info.twinHash,
    body: {
      at: new Date().toISOString(), after: last ? editWords(last, i18next.t).slice(0, 500) : '', count: report.whole.count, score: report.whole.score, flaws: report.whole.flaws,
      owners: report.byOwner.flatMap((group, i) => (group.count > 0 ? [part(columns.owners[i]!.slice(0, 200), group)] : [])),
      blocks: report.byBlock.flatMap((group, i) => (group.count > 0 && context.blocks[i] ? [part(context.blocks[i].id, group)] : [])),
    } satisfies CompletenessPoint,
  }])
}

/** Half the side of what is shown around a flaw, metres. */
const AROUND_M = 8

/** Looks at a flaw: its line is selected, the views go there, the list and the map mark it. */
export function openFlaw(flaw: number): void {
  const { result } = qualityStore.getState()
  if (!result) return
  const { report: { flaws }, columns } = result
  const [x, y, z] = [flaws.xyz[3 * flaw]!, flaws.xyz[3 * flaw + 1]!, flaws.xyz[3 * flaw + 2]!]
  qualityStore.setState({ openFlaw: flaw })
  select({ type: 'asset', id: assetIds(columns)[flaws.asset[flaw]!]! })
  orderCamera({ type: 'box', min: [x - AROUND_M, y - AROUND_M, z - AROUND_M], max: [x + AROUND_M, y + AROUND_M, z + AROUND_M] })
}

/** @returns null where it was cancelled, or failed (and said so). */
function inWorker(request: QualityRequest): Promise<QualityReport | null> {
  return new Promise(resolve => {
    const worker = new Worker(new URL('../../workers/quality-worker.ts', import.meta.url), { type: 'module', name: 'quality' })
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
