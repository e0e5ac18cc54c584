import { assessQuality } from '#shared/quality/assess-quality.ts'
import { unpackContext } from '#shared/twin/twin-context.ts'
import type { QualityAnswer, QualityRequest } from './quality-messages.ts'

/** Looks through the ledger away from the interface. Cancelled by ending the worker. */
const answer = (message: QualityAnswer): void => self.postMessage(message)

self.addEventListener('message', (event: MessageEvent<QualityRequest>) => {
  try {
    const { context, ...rest } = event.data
    const { nodes, ground, surfaceFeatures, blocks } = unpackContext(context)
    const report = assessQuality({ ...rest, nodes, ground, surfaceFeatures, blocks }, { progress: (fraction, stage) => answer({ type: 'progress', fraction, stage }), throwIfCancelled: () => undefined })
    answer({ type: 'done', report })
  } catch {
    answer({ type: 'failed' })
  }
})
