import type { PaperRequest } from '#shared/contract/paper-shapes.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { download } from './download.ts'
import { longCall } from '../long-call.ts'

type Choice = Pick<PaperRequest, 'paper' | 'form'> & Partial<Pick<PaperRequest, 'findingIds' | 'meeting' | 'language' | 'sheets'>>

const TYPES: Readonly<Record<PaperRequest['form'], string>> = {
  html: 'text/html', pdf: 'application/pdf', csv: 'text/csv', zip: 'application/zip', bcfzip: 'application/octet-stream', bcf: 'application/octet-stream', dxf: 'image/vnd.dxf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Has a paper made of what is open and gives it to the user to keep. */
export async function makePaper(choice: Choice): Promise<boolean> {
  const made = await longCall('papers.make', {
    findingIds: null, meeting: null, language: viewStore.getState().language, ...choice,
    scenarioId: scenarioStore.getState().activeId, scope: sessionStore.getState().findingsScope,
  }, 'app:job.makePaper')
  if (!made) return false
  download(made.bytes, made.name, TYPES[choice.form])
  showToast(made.lacksPdf ? 'warning' : 'success', made.lacksPdf ? 'review:paperLacksPdf' : 'review:paperMade', { name: made.name })
  return true
}
