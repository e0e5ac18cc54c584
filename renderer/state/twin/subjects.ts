import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetId, assetKind, assetSection, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { OuterSection } from '#shared/twin/asset.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'

/** One side of a finding, or what is selected: a line of the baseline, or one proposed in the scheme. */
export interface Subject {
  readonly type: 'asset' | 'proposal'
  readonly id: string
  /** What people call it: the proposal's name where it has one, else the id. */
  readonly label: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
}

/** Looks an id up, proposals first; null where neither the scheme nor the twin has it (any more). */
export function subjectOf(id: string, columns: AssetColumns | null, document: ScenarioDocument | null): Subject | null {
  const proposal = document?.proposals[id]
  if (proposal) {
    return { type: 'proposal', id, label: proposal.name || id, kind: proposal.kind, owner: proposal.owner, section: proposal.section }
  }
  const index = columns ? assetIndexOf(columns, id) : null
  if (!columns || index === null) return null
  return {
    type: 'asset', id, label: assetId(columns, index), kind: assetKind(columns, index),
    owner: columns.owners[columns.owner[index]!] ?? '', section: assetSection(columns, index),
  }
}
