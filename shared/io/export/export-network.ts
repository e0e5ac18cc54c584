import type { Proposal } from '../../scenario/document.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { GroundSurface } from '../../twin/ground.ts'
import { geographicPlace, planTransform, type CrsDefinition } from '../crs.ts'

/** A proposal and the scheme it belongs to, by name. */
export interface SchemeProposal {
  readonly scheme: string
  readonly proposal: Proposal
}

/** What an exporter is given: records in `crs`, metres (or degrees) in plan and metres in level. */
export interface ExportNetwork {
  /** `EPSG:…`, or null for a local frame. */
  readonly crs: string | null
  readonly assets: readonly AssetRecord[]
  readonly nodes: readonly NodeRecord[]
  readonly proposals: readonly SchemeProposal[]
  /** Of `crs`; null where none is known. */
  readonly ground: GroundSurface | null
}

/**
 * The network in another coordinate system, levels untouched. The ground does not come along: a grid turned into another
 * system is no grid any more.
 * @returns null where something lies outside what the target can express.
 */
export function inCrs(network: ExportNetwork, from: CrsDefinition, to: CrsDefinition): ExportNetwork | null {
  if (from.code === to.code) return network
  const transform = planTransform(from, to)
  let isPossible = true
  const moved = ([x, y, z]: Vec3): Vec3 => {
    const [tx, ty] = transform([x, y])
    if (geographicPlace(to, [tx, ty]) === null) isPossible = false
    return [tx, ty, z]
  }
  const turned: ExportNetwork = {
    crs: to.code, ground: null,
    assets: network.assets.map(asset => ({ ...asset, axis: asset.axis.map(moved) })),
    nodes: network.nodes.map(node => ({ ...node, at: moved(node.at) })),
    proposals: network.proposals.map(({ scheme, proposal }) => ({ scheme, proposal: { ...proposal, axis: proposal.axis.map(moved) } })),
  }
  return isPossible ? turned : null
}
