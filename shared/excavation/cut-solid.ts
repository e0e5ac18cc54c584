import { fail, ok, type Result } from '../core/result.ts'
import { columnOf, type Column } from './column.ts'
import { convexParts } from './convex-parts.ts'
import { isVertical, runAt, type CutProfile } from './cut-profile.ts'
import { faceRegions, facesOf, type Face } from './faces.ts'
import { groundRange, type GroundPatches } from './ground-patches.ts'
import { lowestGroundOn } from './ground-along.ts'
import { emptyBox, growBox, levelPlane, ringBox, type PlanBox, type PlanRing } from './plan-polygon.ts'
import { excavationRejection, type ExcavationRejection } from './rejection.ts'

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
  /** Nothing of the cut is higher: above the highest ground it can reach, or an assumed height where no ground is known. */
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
const MAX_ROUNDS = 100

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
 * How far up and out the faces have to be followed: to the highest ground within the reach that this height itself
 * needs. Beyond it every face has come out of the ground; what a face would meet farther off is another hill.
 */
function extentOf(toe: PlanRing, faces: readonly Face[], profile: CutProfile, levelM: number, ground: GroundPatches, overToeM: number): { topM: number; box: PlanBox } {
  let topM = overToeM
  let box = ringBox(toe)
  if (isVertical(profile)) return { topM, box }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const reachM = runAt(profile, topM - levelM)
    box = faces.reduce((grown, face) => growBox(grown, face.ring(0, reachM)), growBox(emptyBox(), toe))
    const highest = groundRange(ground, box)?.maxZ ?? topM
    if (highest <= topM) break
    topM = highest
  }
  return { topM, box }
}
