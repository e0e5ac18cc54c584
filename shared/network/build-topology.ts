import { unattendedJob, type JobControl } from '../core/job.ts'
import { ASSET_STATUSES } from '../twin/kinds.ts'
import { CARRIER_BY_KIND, CARRIERS, carrierOfKind } from './carriers.ts'
import { cutIntoEdges } from './cut-edges.ts'
import { findJoins } from './find-joins.ts'
import { DEFAULT_TOLERANCE_M, type Topology, type TopologyInput } from './topology.ts'

const IN_USE = ASSET_STATUSES.indexOf('in_use')

/**
 * Builds the graph: ends of one network within the tolerance in space are one place; an end on another's axis is a tee;
 * a node joins the ends under it in plan (its level is the ground's as often as the pipe's) and cuts the line it lies on.
 * Assets that are not in use are left out, but for a scheme's proposals.
 * @throws CancelledError
 */
export function buildTopology(input: TopologyInput, job: JobControl = unattendedJob): Topology {
  const { columns, nodes, carriers, toleranceM = DEFAULT_TOLERANCE_M } = input
  const isActive = new Uint8Array(columns.count)
  let unusedCount = 0
  for (let a = 0; a < columns.count; a++) {
    if (carriers && !carriers.has(CARRIERS[CARRIER_BY_KIND[columns.kind[a]!]!]!)) continue
    if (columns.status[a] === IN_USE || a >= (input.proposalsFrom ?? Infinity)) isActive[a] = 1
    else unusedCount++
  }
  // A node of no known kind may belong to any network.
  const isNodeActive = Uint8Array.from(nodes, ({ kind }) => (!carriers || kind === 'unknown' || carriers.has(carrierOfKind(kind)) ? 1 : 0))
  const links = input.links ?? []
  const parts = { columns, nodes, links, isActive, isNodeActive, toleranceM }
  const modelled = new Set(links.flatMap(({ asset }) => (asset >= 0 ? [asset] : [])))
  return { columns, nodes, toleranceM, carriers: carriers ?? null, unusedCount, modelled, surveyedWays: input.surveyedWays ?? null, ...cutIntoEdges(parts, findJoins(parts, job), job) }
}
