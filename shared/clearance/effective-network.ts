import type { Proposal } from '../scenario/document.ts'
import { appendAssetColumns } from '../twin/append-asset-columns.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { AssetRecord } from '../twin/asset.ts'

/**
 * The network a scheme stands for: the baseline with the scheme's proposals behind it, sorted by id. Proposal k of
 * that order is asset `baseline.count + k`. A proposal is where it is drawn: its 95 % limits are 0, unlike those of an
 * asset whose survey says nothing.
 * @param proposals Axes in the project CRS.
 */
export function effectiveNetwork(baseline: AssetColumns, proposals: Iterable<Proposal>): AssetColumns {
  const sorted = [...proposals].sort((p, q) => (p.id < q.id ? -1 : 1))
  return sorted.length === 0 ? baseline : appendAssetColumns(baseline, sorted.map(proposalRecord))
}

function proposalRecord(proposal: Proposal): AssetRecord {
  const { id, kind, owner, section, axis, laying, pressureClass, voltageKv } = proposal
  return {
    id, kind, owner, section, axis, status: 'planned', accuracyPlanM: 0, accuracyLevelM: 0, assumed: 0, attributes: {},
    ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
  }
}
