import type { Proposal } from '#shared/scenario/document.ts'
import { saidProperties } from '#shared/scenario/line-properties.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** A proposal as a canonical GeoJSON feature (design §8): axis, outer size, `scenario: true`. Axis in the project CRS. */
export function canonicalFeature({ id, name, kind, owner, section, laying, pressureClass, voltageKv, material, bendRadiusM }: Omit<Proposal, 'axis'>, axis: readonly Vec3[]) {
  return {
    type: 'Feature' as const,
    scenario: true as const,
    geometry: { type: 'LineString' as const, coordinates: axis },
    properties: {
      id, kind, owner, status: 'planned',
      ...(name !== '' && { name }),
      ...(section.shape === 'circle' ? { diameterM: section.diameterM } : { widthM: section.widthM, heightM: section.heightM }),
      ...saidProperties({ laying, pressureClass, voltageKv, material, bendRadiusM }),
    },
  }
}

/** The assets of a network file parted into what is there and what it marks as proposed. */
export function partProposals(columns: AssetColumns, isProposal: Uint8Array): { readonly baseline: AssetColumns; readonly proposals: readonly Proposal[] } {
  const records = Array.from({ length: columns.count }, (_, i) => assetRecord(columns, i))
  return {
    baseline: buildAssetColumns(records.filter((_, i) => isProposal[i] !== 1), columns.origin),
    proposals: records.filter((record, i) => isProposal[i] === 1 && record.status !== 'removed').map(({ id, kind, owner, section, axis, laying, pressureClass, voltageKv }) => ({
      id, name: '', kind, owner, section, axis, ...(laying && { laying }), ...(pressureClass && { pressureClass }), ...(voltageKv !== undefined && { voltageKv }),
    })),
  }
}
