import { CANCEL_EVERY, unattendedJob, type JobControl } from '../core/job.ts'
import { forEachPiece } from './axis-pieces.ts'
import type { Topology } from './topology.ts'

/** Levels of the axis where each edge begins and ends, metres, local frame; NaN at edges no line lies on. @throws CancelledError */
export function edgeLevels(topology: Topology, job: JobControl = unattendedJob): { readonly from: Float64Array; readonly to: Float64Array } {
  const from = new Float64Array(topology.edgeCount).fill(NaN)
  const to = new Float64Array(topology.edgeCount)
  for (let asset = 0; asset < topology.columns.count; asset++) {
    if (asset % CANCEL_EVERY === 0) job.throwIfCancelled()
    forEachPiece(topology, asset, ({ edge, fromZ, toZ }) => {
      if (Number.isNaN(from[edge]!)) from[edge] = fromZ
      to[edge] = toZ
    })
  }
  return { from, to }
}
