import { unpackStrings } from '../core/packed-strings.ts'
import type { LineGeometry, SideGeometry } from '../review/side-hash.ts'
import type { Excavation, Proposal } from '../scenario/document.ts'
import { assetKind, assetSection, type AssetColumns } from '../twin/asset-columns.ts'
import type { OuterSection, Vec3 } from '../twin/asset.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '../twin/ground.ts'
import type { AssetKind } from '../twin/kinds.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'

/** One line as reports name it. */
export interface ReportAsset {
  readonly id: string
  /** A proposal's name where it has one, else the id. */
  readonly label: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  readonly isProposal: boolean
  /** As the trade writes it; empty where it is not known. */
  readonly material: string
}

/** What was checked, as reports look things up in it and draw it: the baseline with the scheme's proposals. Local frame. */
export interface ReportNetwork {
  readonly columns: AssetColumns
  /** Level of the ground; null where it is not known. */
  readonly groundAt: GroundSampler
  /** Null where it is not known. */
  readonly ground: GroundSurface | null
  /** Lines of the scheme. */
  readonly proposalIds: readonly string[]
  /** Project CRS. */
  readonly surfaceFeatures: readonly SurfaceFeature[]
  assetOf(id: string): ReportAsset | null
  /** Project CRS. */
  lineOf(id: string): LineGeometry | null
  /** What an exception is accepted for: of a line or an excavation. */
  geometryOf(id: string): SideGeometry | null
  /** Whether the scheme proposes it: a line or an excavation. */
  isProposal(id: string): boolean
  indexOf(id: string): number | null
}

/**
 * @param columns The effective network.
 * @param isProposalAt Whether an asset of it is proposed.
 * @param ground Local frame.
 */
export function reportNetwork(columns: AssetColumns, isProposalAt: (index: number) => boolean, proposals: readonly Proposal[], ground: GroundSurface | null, surfaceFeatures: readonly SurfaceFeature[], excavations: readonly Excavation[] = []): ReportNetwork {
  const indexes = new Map(unpackStrings(columns.ids).map((id, i) => [id, i]))
  const proposed = new Map(proposals.map(proposal => [proposal.id, proposal]))
  const indexOf = (id: string): number | null => indexes.get(id) ?? null
  const cuts = new Map(excavations.map(excavation => [excavation.id, excavation]))
  const isProposal = (id: string): boolean => {
    const i = indexOf(id)
    return i === null ? cuts.has(id) : isProposalAt(i)
  }
  const lineOf = (id: string): LineGeometry | null => {
    const i = indexOf(id)
    return i === null ? null : { axis: axisOf(columns, i), section: assetSection(columns, i) }
  }
  return {
    columns, surfaceFeatures, indexOf, isProposal, lineOf,
    groundAt: ground ? groundSampler(ground) : () => null,
    ground, proposalIds: [...proposed.keys()],
    assetOf(id) {
      const i = indexOf(id)
      if (i === null) return null
      return { id, label: proposed.get(id)?.name || id, kind: assetKind(columns, i), owner: columns.owners[columns.owner[i]!] ?? '', section: assetSection(columns, i), isProposal: isProposalAt(i), material: proposed.get(id)?.material ?? '' }
    },
    geometryOf(id) {
      const cut = cuts.get(id)
      return lineOf(id) ?? (cut ? { cut } : null)
    },
  }
}

/** Axis of an asset, project CRS. */
function axisOf({ vertexStart, xyz, origin }: AssetColumns, asset: number): Vec3[] {
  return Array.from({ length: vertexStart[asset + 1]! - vertexStart[asset]! }, (_, k) => {
    const v = 3 * (vertexStart[asset]! + k)
    return [xyz[v]! + origin[0], xyz[v + 1]! + origin[1], xyz[v + 2]! + origin[2]]
  })
}
