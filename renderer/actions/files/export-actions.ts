import type { CallInput } from '#shared/contract/contract.ts'
import i18next from 'i18next'
import { showToast } from '../../state/app/jobs-store.ts'
import { download } from './download.ts'
import { longCall } from '../long-call.ts'

/** Has the twin written as a file and gives it to the user to keep; what the format cannot carry is said. */
export async function exportData(choice: CallInput<'export.make'>): Promise<void> {
  const made = await longCall('export.make', choice, 'app:job.export')
  if (!made) return
  download(made.bytes, made.name, 'application/octet-stream')
  const losses = made.losses.map(loss => i18next.t(`cli-formats:loss.${loss}`)).join(' ')
  showToast(losses === '' ? 'success' : 'warning', losses === '' ? 'export:made' : 'export:madeWithLosses', { name: made.name, losses })
}
