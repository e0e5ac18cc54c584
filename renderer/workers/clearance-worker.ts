import { effectiveNetwork } from '#shared/clearance/effective-network.ts'
import { prepareClearance, transferablesOf } from '#shared/clearance/prepare.ts'
import type { ClearanceAnswer, ClearanceRequest } from './clearance-messages.ts'

/** Prepares the network for live checks away from the interface: index, joints and runs of baseline and proposals. */
let twin: Extract<ClearanceRequest, { type: 'load' }> | null = null

const answer = (message: ClearanceAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

self.addEventListener('message', (event: MessageEvent<ClearanceRequest>) => {
  const request = event.data
  if (request.type === 'load') {
    twin = request
    return
  }
  if (!twin) return
  try {
    const started = performance.now()
    const { columns, pack, ground, surfaceFeatures, nodes } = twin
    const prepared = prepareClearance({ assets: effectiveNetwork(columns, request.proposals, request.removed), pack, ground, surfaceFeatures, nodes })
    answer({ type: 'prepared', serial: request.serial, prepared, buildMs: performance.now() - started }, transferablesOf(prepared).filter(buffer => buffer instanceof ArrayBuffer))
  } catch {
    // A network the engine refuses leaves drawing possible, without figures; the check itself says what is wrong.
    answer({ type: 'failed', serial: request.serial })
  }
})
