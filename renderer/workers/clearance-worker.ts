import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import { lineSite } from '#shared/clearance/line-rules/line-tester.ts'
import { ROUTE_ROOM, withRoom } from '#shared/clearance/network/network.ts'
import { boxesMeet, pointsBox } from '#shared/geometry/plan-box.ts'
import { prepareClearance, transferablesOf } from '#shared/clearance/prepare.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { unpackContext, type TwinContext } from '#shared/twin/twin-context.ts'
import type { ClearanceAnswer, ClearanceRequest } from './clearance-messages.ts'

/** Prepares the network for live checks away from the interface: index, joints and runs of baseline and proposals. */
let twin: { readonly columns: AssetColumns; readonly pack: RulePack; readonly context: TwinContext } | null = null

const answer = (message: ClearanceAnswer, transfer: Transferable[] = []): void => self.postMessage(message, { transfer })

self.addEventListener('message', (event: MessageEvent<ClearanceRequest>) => {
  const request = event.data
  if (request.type === 'load') {
    twin = { columns: request.columns, pack: request.pack, context: unpackContext(request.context) }
    return
  }
  if (!twin) return
  const { columns, pack, context: { ground, surfaceFeatures, nodes } } = twin
  if (request.type === 'around') {
    const { box } = request
    const [x, y] = columns.origin
    const inProject = { minX: box.minX + x, minY: box.minY + y, maxX: box.maxX + x, maxY: box.maxY + y }
    const site = lineSite({ columns, pack }, { surfaceFeatures: surfaceFeatures.filter(({ points }) => boxesMeet(pointsBox(points), inProject)), nodes: nodes.filter(({ at }) => boxesMeet(pointsBox([at]), inProject)) })
    answer({ type: 'around', box, site })
    return
  }
  try {
    const started = performance.now()
    const made = prepareClearance({ assets: effectiveNetwork(columns, request.proposals, request.removed), pack, ground, surfaceFeatures, nodes })
    // The route's room is made here: of a million segments the copy would hold the interface up.
    const prepared = { ...made, network: withRoom(made.network, ROUTE_ROOM) }
    answer({ type: 'prepared', serial: request.serial, prepared, buildMs: performance.now() - started }, transferablesOf(prepared).filter(buffer => buffer instanceof ArrayBuffer))
  } catch {
    // A network the engine refuses leaves drawing possible, without figures; the check itself says what is wrong.
    answer({ type: 'failed', serial: request.serial })
  }
})
