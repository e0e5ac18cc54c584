import { indicesOf } from '../../core/packed-strings.ts'
import type { Proposal } from '../../scenario/document.ts'
import { appendAssetColumns } from '../../twin/append-asset-columns.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import type { AssetRecord } from '../../twin/asset.ts'
import { ASSET_STATUSES } from '../../twin/kinds.ts'

/**
 * The network a scheme stands for: the baseline with the scheme's proposals behind it, sorted by id. Proposal k of
 * that order is asset `baseline.count + k`. A proposal is where it is drawn: its 95 % limits are 0, unlike those of an
 * asset whose survey says nothing. What the scheme takes out, or a proposal replaces, keeps its place with status
 * `removed`, which no check counts: indices, and all else built over the baseline, stay as they are.
 * @param proposals Axes in the project CRS.
 * @param removedIds Assets of the baseline; ids it does not have are passed over.
 */
export function effectiveNetwork(baseline: AssetColumns, proposals: Iterable<Proposal>, removedIds: readonly string[] = []): AssetColumns {
  const sorted = [...proposals].sort((p, q) => (p.id < q.id ? -1 : 1))
  const kept = withRemoved(baseline, [...removedIds, ...sorted.flatMap(proposal => proposal.replaces ?? [])])
  return sorted.length === 0 ? kept : appendAssetColumns(kept, sorted.map(proposalRecord))
}

const REMOVED = ASSET_STATUSES.indexOf('removed')

function withRemoved(columns: AssetColumns, ids: readonly string[]): AssetColumns {
  if (ids.length === 0) return columns
  const status = columns.status.slice()
  for (const asset of indicesOf(columns.ids, ids)) if (asset >= 0) status[asset] = REMOVED
  return { ...columns, status }
}

function proposalRecord(proposal: Proposal): AssetRecord {
  const { id, kind, owner, section, axis, laying, pressureClass, voltageKv } = proposal
  return {
    id, kind, owner, section, axis, status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {},
    ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
  }
}
