import type { CutSolid } from './cut-solid.ts'
import { isVertical, runAt, type CutProfile } from './cut-profile.ts'
import { groundRange } from './ground-patches.ts'
import type { Interval } from './intervals.ts'
import { type PlanBox, ringBox, widened } from '../geometry/plan-box.ts'
import { TOUCH_M, type AssetPiece } from './asset-piece.ts'

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

/** False where nothing of a piece can be above the influence line: then its parts need not be asked about. */
export const mayReachInfluence = (solid: CutSolid, { isPresent }: Influence, { a, b, halfHeightM }: AssetPiece): boolean =>
  isPresent && Math.max(a[2], b[2]) + halfHeightM > solid.levelM

/**
 * Whether any part of the outer section above the influence line belongs to one of these parts of the axis.
 * @param outside Parts of the axis outside the cut and in the ground.
 */
export function reachesInfluence(solid: CutSolid, influence: Influence, piece: AssetPiece, outside: readonly Interval[]): boolean {
  const { toe } = solid
  for (let i = 0; i < toe.length; i += 2) {
    takeOver(solid, influence.riseRatio, piece, i)
    for (const part of outside) if (risesOver(part)) return true
  }
  return false
}

/** How far the highest part of the outer section there stands above the influence line, metres; 0 where nothing does. */
export function heightOverInfluence(solid: CutSolid, influence: Influence, piece: AssetPiece, outside: readonly Interval[]): number {
  if (!mayReachInfluence(solid, influence, piece)) return 0
  let most = 0
  for (let i = 0; i < solid.toe.length; i += 2) {
    takeOver(solid, influence.riseRatio, piece, i)
    for (const part of outside) most = Math.max(most, greatest(heightOver, part))
  }
  return most
}

/** The toe edge and the piece at hand: edge [x, y] and the way along it, axis [x, y, z] over the bottom and the way along it, rise. */
const over = new Float64Array(11)
let section: AssetPiece

/** Sets the piece and the edge that `heightOver` speaks of. */
function takeOver({ toe, levelM }: CutSolid, rise: number, piece: AssetPiece, edge: number): void {
  const { a, b } = piece
  const j = edge + 2 === toe.length ? 0 : edge + 2
  section = piece
  over[0] = toe[edge]!
  over[1] = toe[edge + 1]!
  over[2] = toe[j]! - toe[edge]!
  over[3] = toe[j + 1]! - toe[edge + 1]!
  over[4] = a[0]
  over[5] = a[1]
  over[6] = a[2] - levelM
  over[7] = b[0] - a[0]
  over[8] = b[1] - a[1]
  over[9] = b[2] - a[2]
  over[10] = rise
}

/** How far the outer section at a point of the axis reaches above the line that rises from one edge of the toe. */
function heightOver(t: number): number {
  const x = over[4]! + t * over[7]! - over[0]!
  const y = over[5]! + t * over[8]! - over[1]!
  const ux = over[2]!
  const uy = over[3]!
  const along = ux * ux + uy * uy
  const s = along > 0 ? Math.min(1, Math.max(0, (x * ux + y * uy) / along)) : 0
  const dx = s * ux - x
  const dy = s * uy - y
  return over[6]! + t * over[9]! + sectionReach(section, over[10]!, Math.sqrt(dx * dx + dy * dy))
}

/**
 * Greatest value over the outer section of (level − rise · distance to the toe), less the level of the axis. Concave
 * and falling in the distance, so that along a straight piece and one edge the whole is concave.
 */
function sectionReach({ core, halfWidthM, halfHeightM }: AssetPiece, rise: number, distanceM: number): number {
  if (core.discM > 0) return halfHeightM - rise * Math.max(0, distanceM - halfWidthM)
  const slant = Math.sqrt(1 + rise * rise)
  // The circle's point farthest above the line, unless the toe is nearer than that point.
  return distanceM * slant >= halfWidthM * rise ? halfWidthM * slant - rise * distanceM : Math.sqrt(halfWidthM ** 2 - distanceM ** 2)
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Whether a part of the piece at hand reaches above the line from the edge: `heightOver` is concave along the piece, and
 * changes no faster than the axis rises and comes nearer.
 */
function risesOver([from, to]: Interval): boolean {
  const steepest = Math.abs(over[9]!) + over[10]! * Math.sqrt(over[7]! ** 2 + over[8]! ** 2)
  const first = heightOver(from)
  const last = heightOver(to)
  if (first > TOUCH_M || last > TOUCH_M) return true
  if ((first + last + steepest * (to - from)) / 2 <= TOUCH_M) return false
  let low = from
  let high = to
  let p = high - GOLDEN * (high - low)
  let q = low + GOLDEN * (high - low)
  let atP = heightOver(p)
  let atQ = heightOver(q)
  while (high - low > 1e-10) {
    if (atP > TOUCH_M || atQ > TOUCH_M) return true
    // The highest place is between low and high, and no farther from p or q than they are from these.
    if (Math.max(atP, atQ) + steepest * (high - q) <= TOUCH_M) return false
    if (atP >= atQ) {
      high = q
      q = p
      atQ = atP
      p = high - GOLDEN * (high - low)
      atP = heightOver(p)
    } else {
      low = p
      p = q
      atP = atQ
      q = low + GOLDEN * (high - low)
      atQ = heightOver(q)
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
