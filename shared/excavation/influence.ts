import type { CutSolid } from './cut-solid.ts'
import { isVertical, runAt, type CutProfile } from './cut-profile.ts'
import { groundRange } from './ground-patches.ts'
import type { Interval } from './intervals.ts'
import { pointToEdge } from '../geometry/plan-outline.ts'
import { ringBox, widened, type PlanBox } from '../geometry/plan-polygon.ts'
import { pointOn, TOUCH_M, type AssetPiece } from './asset-piece.ts'

/**
 * Ground beside a cut that leans on what was dug away: what is outside the cut, below the ground surface, and above
 * the line that rises from the toe at the soil's angle, at any plan distance from the toe's outline (at corners a cone).
 */
export interface Influence {
  /** Rise per run of the line. */
  readonly riseRatio: number
  /** Plan box of all that can be undermined. */
  readonly box: PlanBox
  /** False where the faces are nowhere steeper than the line: then all above it is dug away. */
  readonly isPresent: boolean
}

const MAX_ROUNDS = 100
const ROUNDING = 1e-9

export function influenceOf(solid: CutSolid, angleDeg: number): Influence {
  const riseRatio = Math.tan((angleDeg * Math.PI) / 180)
  const toeBox = ringBox(solid.toe)
  let topM = solid.topM
  let box = toeBox
  for (let round = 0; round < MAX_ROUNDS; round++) {
    box = widened(toeBox, (topM - solid.levelM) / riseRatio)
    const highest = solid.ground ? (groundRange(solid.ground, box)?.maxZ ?? topM) : topM
    if (highest <= topM) break
    topM = highest
  }
  return { riseRatio, box, isPresent: isSteeper(solid.profile, riseRatio, topM - solid.levelM) }
}

function isSteeper(profile: CutProfile, riseRatio: number, heightM: number): boolean {
  if (isVertical(profile)) return true
  // Faces as steep as the line leave nothing between; where benches flatten them, the top of each step stands out most.
  const stepM = profile.bench?.everyM ?? heightM
  for (let h = stepM; h < heightM + stepM; h += stepM) {
    const topM = Math.min(h, heightM)
    if (runAt(profile, topM) * riseRatio < topM * (1 - ROUNDING)) return true
  }
  return false
}

/**
 * Whether any part of the outer section above the influence line belongs to one of these parts of the axis.
 * @param outside Parts of the axis outside the cut and in the ground.
 */
export function reachesInfluence(solid: CutSolid, influence: Influence, piece: AssetPiece, outside: readonly Interval[]): boolean {
  if (isClear(solid, influence, piece, outside)) return false
  return heightsOver(solid, influence, piece).some(heightOver => outside.some(part => exceeds(heightOver, part, TOUCH_M)))
}

/** How far the highest part of the outer section there stands above the influence line, metres; 0 where nothing does. */
export function heightOverInfluence(solid: CutSolid, influence: Influence, piece: AssetPiece, outside: readonly Interval[]): number {
  if (isClear(solid, influence, piece, outside)) return 0
  return Math.max(0, ...heightsOver(solid, influence, piece).flatMap(heightOver => outside.map(part => greatest(heightOver, part))))
}

const isClear = (solid: CutSolid, influence: Influence, piece: AssetPiece, outside: readonly Interval[]): boolean =>
  !influence.isPresent || outside.length === 0 || Math.max(piece.a[2], piece.b[2]) + piece.halfHeightM <= solid.levelM

/** For each edge of the toe: by how much the section at a place of the axis reaches above the line that rises from it. Concave. */
function heightsOver({ toe, levelM }: CutSolid, { riseRatio }: Influence, piece: AssetPiece): ((t: number) => number)[] {
  return Array.from({ length: toe.length / 2 }, (_, k) => {
    const [i, j] = [2 * k, 2 * k + 2 === toe.length ? 0 : 2 * k + 2]
    return t => {
      const [x, y, z] = pointOn(piece, t)
      return z - levelM + sectionReach(piece, riseRatio, pointToEdge(x, y, toe[i]!, toe[i + 1]!, toe[j]!, toe[j + 1]!))
    }
  })
}

/**
 * Greatest value over the outer section of (level − rise · distance to the toe), less the level of the axis. Concave
 * and falling in the distance, so that along a straight piece and one edge the whole is concave.
 */
function sectionReach({ core, halfWidthM, halfHeightM }: AssetPiece, rise: number, distanceM: number): number {
  if (core.discM > 0) return halfHeightM - rise * Math.max(0, distanceM - halfWidthM)
  const slant = Math.hypot(1, rise)
  // The circle's point farthest above the line, unless the toe is nearer than that point.
  return distanceM * slant >= halfWidthM * rise ? halfWidthM * slant - rise * distanceM : Math.sqrt(halfWidthM ** 2 - distanceM ** 2)
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Whether a concave function exceeds a value somewhere on an interval. */
function exceeds(f: (t: number) => number, [from, to]: Interval, limit: number): boolean {
  if (f(from) > limit || f(to) > limit) return true
  let [low, high] = [from, to]
  let [p, q] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
  let [fp, fq] = [f(p), f(q)]
  while (high - low > 1e-10) {
    if (fp > limit || fq > limit) return true
    if (fp >= fq) {
      ;[high, q, fq] = [q, p, fp]
      p = high - GOLDEN * (high - low)
      fp = f(p)
    } else {
      ;[low, p, fp] = [p, q, fq]
      q = low + GOLDEN * (high - low)
      fq = f(q)
    }
  }
  return false
}

/** The greatest value of a concave function on an interval. */
function greatest(f: (t: number) => number, [from, to]: Interval): number {
  let [low, high] = [from, to]
  while (high - low > 1e-9) {
    const [p, q] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
    if (f(p) >= f(q)) high = q
    else low = p
  }
  return Math.max(f(from), f((low + high) / 2), f(to))
}
