import { fail, ok, type Result } from '../core/result.ts'
import { columnOf, type Column } from './column.ts'
import { convexParts } from './convex-parts.ts'
import { isVertical, runAt, type CutProfile } from './cut-profile.ts'
import { faceRegions, facesOf, type Face } from './faces.ts'
import { groundRange, type GroundPatches } from './ground-patches.ts'
import { groundOnEdge, lowestGroundOn } from './ground-along.ts'
import { levelPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { excavationRejection, type ExcavationRejection } from './rejection.ts'
import { type PlanBox, emptyBox, growBox, ringBox } from '../geometry/plan-box.ts'

/** Level of the bottom, or its depth below the lowest ground on the outline. Metres. */
export type BottomGiven = { readonly levelM: number } | { readonly depthM: number }

/**
 * A cut in the ground: the toe outline at the bottom's level, the faces rising from it, open to the ground surface.
 * Frame: that of the ground and the assets (local, metres, z up).
 */
export interface CutSolid {
  readonly toe: PlanRing
  readonly toeParts: readonly PlanRing[]
  readonly levelM: number
  readonly profile: CutProfile
  readonly faces: readonly Face[]
  /** Nothing of the cut is higher: above the ground wherever its faces come out of it, or an assumed height where no ground is known. */
  readonly topM: number
  /** Plan box of everything up to `topM`. */
  readonly box: PlanBox
  /** Convex bodies that make up the cut as if the ground reached to `topM` everywhere; they may overlap. */
  readonly columns: readonly Column[]
  readonly ground: GroundPatches | null
  /** Length of the outline without known ground under it. */
  readonly outlineUnknownM: number
}

/** Where no ground is known, a cut is taken to be open to this height above its bottom. */
const OPEN_HEIGHT_M = 50
/** Room above the highest ground, so that the bodies have height everywhere. */
const HEADROOM_M = 0.01
/** A face that has not come out of the ground is followed this much higher. */
const GROWTH = 1.25
const ROUNDING_M = 1e-9

export function cutSolid(toe: PlanRing, bottom: BottomGiven, profile: CutProfile, ground: GroundPatches | null): Result<CutSolid, ExcavationRejection> {
  const given = 'depthM' in bottom ? bottom.depthM : bottom.levelM
  if (!Number.isFinite(given)) return fail(excavationRejection('level_not_finite'))
  if ('depthM' in bottom && !(bottom.depthM > 0)) return fail(excavationRejection('depth_not_positive', { depth: bottom.depthM }))
  const outline = ground ? lowestGroundOn(toe, ground) : { levelM: Infinity, unknownM: 0 }
  if ('depthM' in bottom && outline.levelM === Infinity) return fail(excavationRejection('no_ground'))
  const levelM = 'depthM' in bottom ? outline.levelM - bottom.depthM : bottom.levelM
  const over = ground && groundRange(ground, ringBox(toe))
  if (!over && !isVertical(profile)) return fail(excavationRejection('no_ground_for_slope'))
  if (over && over.maxZ <= levelM) return fail(excavationRejection('above_ground', { level: levelM, ground: over.maxZ }))
  const faces = facesOf(toe)
  const { topM, box } = over && ground ? extentOf(toe, faces, profile, levelM, ground, over.maxZ) : { topM: levelM + OPEN_HEIGHT_M, box: ringBox(toe) }
  const toeParts = convexParts(toe)
  const roof = levelPlane(topM + HEADROOM_M)
  const columns = [
    ...toeParts.map(ring => columnOf(ring, levelPlane(levelM), roof)),
    ...faces.flatMap(face => faceRegions(face, profile, levelM, topM - levelM).map(({ ring, floor }) => columnOf(ring, floor, roof))),
  ]
  return ok({ toe, toeParts, levelM, profile, faces, topM, box, columns, ground, outlineUnknownM: outline.unknownM })
}

/**
 * How far up and out the faces have to be followed: until the contour of the cut at that height is nowhere below
 * ground. What a face would meet farther off is another hill.
 */
function extentOf(toe: PlanRing, faces: readonly Face[], profile: CutProfile, levelM: number, ground: GroundPatches, overToeM: number): { topM: number; box: PlanBox } {
  if (isVertical(profile)) return { topM: overToeM, box: ringBox(toe) }
  let topM = overToeM
  while (topM < ground.maxZ && faces.some(face => isInGround(face, runAt(profile, topM - levelM), topM, ground))) {
    topM = Math.min(ground.maxZ, levelM + (topM - levelM) * GROWTH)
  }
  const reachM = runAt(profile, topM - levelM)
  return { topM, box: faces.reduce((grown, face) => growBox(grown, face.ring(0, reachM)), growBox(emptyBox(), toe)) }
}

/** Whether the far edge of a face is somewhere below ground. */
function isInGround(face: Face, reachM: number, levelM: number, ground: GroundPatches): boolean {
  const [ax, ay, bx, by] = face.ring(reachM, reachM) as readonly [number, number, number, number, ...number[]]
  return groundOnEdge(ground, ax, ay, bx, by).maxZ > levelM + ROUNDING_M
}
