import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { minus, type Ray } from '../camera/pose.ts'
import { rayBox, rayCapsule, raySegmentApproach } from './ray-solids.ts'

export interface ProposalHit {
  readonly id: string
  readonly t: number
  /** Distance beside it per metre along the ray; 0 for a real hit. */
  readonly offset: number
}

/**
 * The proposal along a ray: a scheme holds few, so each segment is tried.
 * @param ray Local frame. @param crsOrigin Project CRS of the local zero.
 */
export function pickProposal(proposals: readonly Proposal[], ray: Ray, crsOrigin: Vec3, slack: number): ProposalHit | null {
  let best: ProposalHit | null = null
  for (const proposal of proposals) {
    const axis = proposal.axis.map(point => minus(point, crsOrigin))
    for (let i = 0; i + 1 < axis.length; i++) {
      const hit = hitSegment(proposal, ray, axis[i]!, axis[i + 1]!, slack)
      if (hit && (!best || hit.offset < best.offset || (hit.offset === best.offset && hit.t < best.t))) best = { id: proposal.id, ...hit }
    }
  }
  return best
}

function hitSegment(proposal: Proposal, ray: Ray, a: Vec3, b: Vec3, slack: number): { t: number; offset: number } | null {
  const { section } = proposal
  const halfWidth = (section.shape === 'circle' ? section.diameterM : section.widthM) / 2
  const t = section.shape === 'circle'
    ? rayCapsule(...ray.origin, ...ray.direction, ...a, ...b, halfWidth)
    : rayBox(...ray.origin, ...ray.direction, ...a, ...b, halfWidth, section.heightM / 2)
  if (t !== null) return { t, offset: 0 }
  const near = raySegmentApproach(...ray.origin, ...ray.direction, ...a, ...b)
  const offset = (near.distance - halfWidth) / Math.max(near.t, 1e-3)
  return offset <= slack ? { t: near.t, offset: Math.max(offset, 1e-9) } : null
}
