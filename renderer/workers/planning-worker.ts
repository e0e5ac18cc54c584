import { effectiveNetwork } from '#shared/clearance/network/effective-network.ts'
import type { JobControl } from '#shared/core/job.ts'
import { freeSlots } from '#shared/routing/free-slots.ts'
import { findRoutes } from '#shared/routing/search/find-route.ts'
import { fixScheme } from '#shared/routing/fix/fix-scheme.ts'
import { unpackContext } from '#shared/twin/twin-context.ts'
import type { PlanningAnswer, PlanningRequest } from './planning-messages.ts'

/** Looks for fixes and routes away from the interface. Cancelling ends the worker. */
const answer = (message: PlanningAnswer): void => self.postMessage(message)
const job: JobControl = { progress: (fraction, stage) => answer({ type: 'progress', fraction, stage }), throwIfCancelled: () => undefined }

self.addEventListener('message', ({ data: request }: MessageEvent<PlanningRequest>) => {
  try {
    const { ground, surfaceFeatures, nodes } = unpackContext(request.context)
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
    answer({ type: 'failed' })
  }
})
