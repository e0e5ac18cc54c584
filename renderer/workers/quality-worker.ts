import { assessQuality } from '#shared/quality/assess-quality.ts'
import type { QualityAnswer, QualityRequest } from './quality-messages.ts'

/** Looks through the ledger away from the interface. Cancelled by ending the worker. */
const answer = (message: QualityAnswer): void => self.postMessage(message)

self.addEventListener('message', (event: MessageEvent<QualityRequest>) => {
  try {
    const report = assessQuality(event.data, { progress: (fraction, stage) => answer({ type: 'progress', fraction, stage }), throwIfCancelled: () => undefined })
    answer({ type: 'done', report })
  } catch {
    answer({ type: 'failed' })
  }
})
