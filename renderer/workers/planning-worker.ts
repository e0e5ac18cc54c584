import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { JobControl } from '#shared/core/job.ts'
import { freeSlots } from '#shared/routing/free-slots.ts'
import { findRoutes } from '#shared/routing/search/find-route.ts'
import { fixScheme } from '#shared/routing/fix/fix-scheme.ts'
import { unpackContext, type TwinContext } from '#shared/twin/twin-context.ts'
import type { PlanningAnswer, PlanningRequest } from './planning-messages.ts'

/** Looks for fixes and routes away from the interface. Cancelling ends the worker; one that has answered may be asked again. */
const answer = (message: PlanningAnswer): void => self.postMessage(message)
const job: JobControl = { progress: (fraction, stage) => answer({ type: 'progress', fraction, stage }), throwIfCancelled: () => undefined }

/** What was unpacked last. */
let last: { readonly contextNumber: number; readonly context: TwinContext } | null = null

function surroundingsOf({ contextNumber, context }: PlanningRequest): Pick<TwinContext, 'ground' | 'surfaceFeatures' | 'nodes'> {
  if (last?.contextNumber !== contextNumber) {
    if (!context) throw new Error('asked about surroundings that were never sent')
    last = { contextNumber, context: unpackContext(context) }
  }
  const { ground, surfaceFeatures, nodes } = last.context
  return { ground, surfaceFeatures, nodes }
}

self.addEventListener('message', ({ data: request }: MessageEvent<PlanningRequest>) => {
  try {
    const { ground, surfaceFeatures, nodes } = surroundingsOf(request)
    if (request.type === 'prepare') return
    if (request.type === 'fix') answer({ type: 'fix', outcome: fixScheme({ ...request.input, ground, surfaceFeatures, nodes }, job) })
    else if (request.type === 'slots') {
      const { input, proposals, removed } = request
      answer({ type: 'slots', answer: freeSlots({ ...input, ground, surfaceFeatures, nodes, baseline: effectiveNetwork(input.baseline, proposals, removed) }, job) })
    } else {
      const { input, proposals, removed } = request
      const route = { ...input, ground, surfaceFeatures, nodes, baseline: effectiveNetwork(input.baseline, proposals, removed) }
      const found = findRoutes(route, job, routes => answer({ type: 'route', answer: { routes, blocked: [] }, isComplete: false }))
      answer({ type: 'route', answer: found, isComplete: true })
    }
  } catch {
    // What cannot be unpacked is told to whoever asks something.
    if (request.type !== 'prepare') answer({ type: 'failed' })
  }
})
