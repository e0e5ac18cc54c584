import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Ray } from '../camera/pose.ts'
import { rayBox, rayCapsule, raySegmentApproach, type Approach, type Ends } from './ray-solids.ts'

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
  for (const { id, axis, section } of proposals) {
    for (let i = 0; i + 1 < axis.length; i++) {
      if (!meets(section, ray, axis[i]!, axis[i + 1]!, crsOrigin, slack)) continue
      if (!best || MET.offset < best.offset || (MET.offset === best.offset && MET.t < best.t)) best = { id, t: MET.t, offset: MET.offset }
    }
  }
  return best
}

/** Where the ray met a segment last, or passed it: asked at every movement of the pointer, for every segment of a scheme. */
const MET = { t: 0, offset: 0 }
const ENDS: Ends = new Float64Array(6)
const APPROACH: Approach = { t: 0, s: 0, distance: 0 }

function meets(section: Proposal['section'], ray: Ray, a: Vec3, b: Vec3, crsOrigin: Vec3, slack: number): boolean {
  for (let c = 0; c < 3; c++) {
    ENDS[c] = a[c]! - crsOrigin[c]!
    ENDS[3 + c] = b[c]! - crsOrigin[c]!
  }
  const halfWidth = (section.shape === 'circle' ? section.diameterM : section.widthM) / 2
  const t = section.shape === 'circle' ? rayCapsule(ray, ENDS, halfWidth) : rayBox(ray, ENDS, halfWidth, section.heightM / 2)
  MET.t = t ?? 0
  MET.offset = 0
  if (t !== null) return true
  const near = raySegmentApproach(ray, ENDS, APPROACH)
  MET.t = near.t
  MET.offset = Math.max((near.distance - halfWidth) / Math.max(near.t, 1e-3), 1e-9)
  return MET.offset <= slack
}
