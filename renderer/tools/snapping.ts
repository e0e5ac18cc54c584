import { isServedBy } from '#shared/clearance/network/manholes.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { nodeId, nodeKind } from '#shared/twin/twin-context.ts'
import { assetId } from '#shared/twin/asset-columns.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { distanceBetween, dot, minus, type Ray } from '#renderer/scene/camera/pose.ts'
import { nearAlong, type NearPoint } from '#renderer/scene/picking/near-points.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import type { SnapTarget } from './draft-store.ts'

/** Snaps reach this far in the picture; ends and vertices reach further than the line between them. */
const POINT_PX = 12
const AXIS_PX = 7

export interface Snap {
  /** Local frame. For nodes the level is the caller's: a manhole joins at whatever level the pipe comes in. */
  readonly at: Vec3
  readonly target: SnapTarget
  readonly label: string
}

/** Whether a line of this kind is let into a manhole of that one: foul water never into a storm manhole, nor the reverse. */
const hasPlaceFor = (manhole: AssetKind, line: AssetKind): boolean =>
  manhole === line || (isServedBy(manhole, line) && (manhole === 'sewer_combined' || line === 'sewer_combined'))

/**
 * What a drawn point of this kind ties to under the cursor: ends, vertices and axes of the same kind (a joint), its
 * manholes and chambers (of sewers, combined ones share theirs), and vertices of other proposals of the kind. Other kinds
 * never attract: that would be a clash.
 */
export function findSnap(picker: ScenePicker, ray: Ray, kind: AssetKind, proposals: readonly Proposal[]): Snap | null {
  const { columns, nodes } = picker.model
  const slack = POINT_PX * picker.pixelSlope
  const near = nearAlong(picker.model.picks(), ray, slack, item =>
    item < columns.count ? ASSET_KINDS[columns.kind[item]!] === kind : hasPlaceFor(nodeKind(nodes, item - columns.count), kind))
  const own = proposals.flatMap((proposal): Candidate[] => (proposal.kind !== kind ? [] : proposal.axis.flatMap(point => {
    const at: Vec3 = minus(point, picker.model.frame.crsOrigin)
    const offset = offsetFrom(ray, at)
    return offset === null ? [] : [{ at, offset, target: 'proposal', label: proposal.name || proposal.id }]
  })))
  const found = near.map((point): Candidate => ({ at: point.at, offset: point.offset, target: targetOf(point), label: labelOf(picker, point) }))
  const points = [...own, ...found.filter(candidate => candidate.target !== 'axis')].filter(candidate => candidate.offset <= slack)
  const axes = found.filter(candidate => candidate.target === 'axis' && candidate.offset <= AXIS_PX * picker.pixelSlope)
  const best = nearest(points) ?? nearest(axes)
  return best && { at: best.at, target: best.target, label: best.label }
}

type Candidate = Snap & { readonly offset: number }

const nearest = (candidates: readonly Candidate[]): Candidate | null =>
  candidates.reduce<Candidate | null>((best, candidate) => (!best || candidate.offset < best.offset ? candidate : best), null)

const targetOf = (point: NearPoint): SnapTarget => point.type

function labelOf(picker: ScenePicker, point: NearPoint): string {
  const { columns, nodes } = picker.model
  return point.item < columns.count ? assetId(columns, point.item) : nodeId(nodes, point.item - columns.count)
}

/** Distance beside the ray per metre along it; null behind. */
function offsetFrom(ray: Ray, at: Vec3): number | null {
  const t = dot(minus(at, ray.origin), ray.direction)
  if (t <= 0) return null
  return distanceBetween(at, [ray.origin[0] + t * ray.direction[0], ray.origin[1] + t * ray.direction[1], ray.origin[2] + t * ray.direction[2]]) / t
}
