import { chainagesOf, nearestChainage, placeAt } from '#shared/geometry/section-line.ts'
import type { VerticalPlane } from '#shared/geometry/section-shape.ts'
import type { CutLine } from '#shared/profile/cut-line.ts'
import type { CutWorld } from '#shared/profile/cut-world.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Section } from './section-model.ts'

/** A vertex this near to the section is the one meant, metres along the line: two so near to each other would be a kink. */
const VERTEX_REACH_M = 1
/** Places are kept in whole centimetres: finer than any line is laid. */
const PER_M = 100

/** What the section takes hold of on a proposed line: the vertex there, or a new one in the segment. Local frame. */
export interface SectionGrip {
  readonly proposalId: string
  readonly index: number
  readonly inserted: boolean
  /** Where it is before it is moved. */
  readonly at: Vec3
  readonly chainageM: number
  /** Where it is seen in the section. */
  readonly u: number
  readonly z: number
  /** Of the line the section stands on. */
  readonly isOwn: boolean
}

/** The vertex of a line at a chainage, or the new one that would be made there. */
export function takenHold({ axis, chainages }: Pick<CutLine, 'axis' | 'chainages'>, chainageM: number): Pick<SectionGrip, 'index' | 'inserted' | 'at' | 'chainageM'> {
  const near = chainages.reduce((best, chainage, i) => (Math.abs(chainage - chainageM) < Math.abs(chainages[best]! - chainageM) ? i : best), 0)
  if (Math.abs(chainages[near]! - chainageM) <= VERTEX_REACH_M) return { index: near, inserted: false, at: axis[near]!, chainageM: chainages[near]! }
  const { at: [x, y, z], segment } = placeAt(axis, chainages, chainageM)
  return { index: segment + 1, inserted: true, at: [x, y, z], chainageM }
}

/** Handles of every proposed line the section cuts across, that of its own line first. */
export function sectionGrips({ plane, cuts }: Pick<Section, 'plane' | 'cuts'>, world: Pick<CutWorld, 'proposals'>, line: CutLine, chainageM: number): SectionGrip[] {
  const taken = takenHold(line, chainageM)
  const own = line.item.type === 'proposal' ? [{ ...taken, proposalId: line.item.id, u: 0, z: taken.at[2], isOwn: true }] : []
  const others = cuts.flatMap(({ item, shape }): SectionGrip[] => {
    const axis = item.type === 'proposal' && !shape.isAlong && item.id !== line.item.id ? world.proposals.find(({ item: { id } }) => id === item.id)?.axis : undefined
    if (!axis) return []
    const chainages = chainagesOf(axis)
    const there = nearestChainage(axis, chainages, plane.x + shape.u * plane.dirX, plane.y + shape.u * plane.dirY)
    return [{ ...takenHold({ axis, chainages }, there), proposalId: item.id, u: shape.u, z: shape.z, isOwn: false }]
  })
  return [...own, ...others]
}

/**
 * The grip's vertex moved within the section, the way and the level in whole centimetres.
 * @param isStraight Only aside or only in level, whichever is more. @param levelOriginM Of the local frame, so that the level written is the round one.
 */
export function movedInSection({ at }: Pick<SectionGrip, 'at'>, { dirX, dirY }: Pick<VerticalPlane, 'dirX' | 'dirY'>, rightM: number, upM: number, isStraight: boolean, levelOriginM: number): Vec3 {
  const isAside = Math.abs(rightM) >= Math.abs(upM)
  const u = isStraight && !isAside ? 0 : Math.round(rightM * PER_M) / PER_M
  const level = isStraight && isAside ? at[2] : Math.round((at[2] + upM + levelOriginM) * PER_M) / PER_M - levelOriginM
  return [at[0] + u * dirX, at[1] + u * dirY, level]
}
