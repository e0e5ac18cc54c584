import type { Issue } from '../core/issues.ts'
import { assetId } from '../twin/asset-columns.ts'
import { FLOW_SOURCES, type FlowSource, type GravityFlow } from './gravity-flow.ts'
import type { Topology } from './topology.ts'

/** What the directions of flow leave to say: surveyed ones that lead up. */
export const flowIssues = ({ columns }: Topology, { contradictions }: GravityFlow): Issue[] =>
  contradictions.map(({ asset, riseM }): Issue => ({ code: 'flow_against_levels', severity: 'warning', ref: assetId(columns, asset), context: { riseM: Number(riseM.toFixed(3)) } }))

/** With or against the way a line was drawn; `mixed` where its stretches differ. */
export type LineDirection = 'forward' | 'backward' | 'mixed' | 'unknown'

/** Which way a line flows and what that stands on: of its stretches the least trusted. */
export function lineFlow({ assetEdges }: Topology, { direction, source }: GravityFlow, asset: number): { readonly direction: LineDirection; readonly source: FlowSource } {
  const [from, to] = [assetEdges[2 * asset]!, assetEdges[2 * asset + 1]!]
  const ways = new Set(direction.subarray(from, to))
  const only = ways.size === 1 ? direction[from]! : null
  const least = source.subarray(from, to).reduce((worst, one) => (worst === 0 || one === 0 ? 0 : Math.max(worst, one)), source[from] ?? 0)
  return { direction: only === 1 ? 'forward' : only === -1 ? 'backward' : only === null ? 'mixed' : 'unknown', source: FLOW_SOURCES[least]! }
}
