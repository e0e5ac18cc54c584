import { buildBoxGrid, queryBoxGrid } from '../../geometry/box-grid.ts'
import { leastOf, mostOf } from '../../core/extremes.ts'
import { chainagesOf, nearestChainage } from '../../geometry/section-line.ts'
import type { AssetRecord, Vec3 } from '../../twin/asset.ts'
import { distanceFrom, type AxisDistance } from './axis-distance.ts'
import { boxAround } from './survey-scope.ts'

/** A surveyed line that is a piece of a longer known one. */
export interface LinePiece {
  readonly survey: number
  readonly known: number
  /** The furthest any vertex of the piece is from the known line in plan, and in level there. Metres. */
  readonly distance: AxisDistance
}

/**
 * Known lines that a survey has in pieces, as survey tables do: a line from each point to the next. Pieces are of the line's
 * kind, lie along it and together cover all of it; a line that is covered in part is none of these, for what would be left of
 * it nobody measured.
 * @param isFree Surveyed lines that are nothing else yet. @param isMissing Known lines that no surveyed one is as a whole.
 * @param searchM How near in plan a piece lies, and what of the line may stay uncovered at each place.
 */
export function linePieces(known: readonly AssetRecord[], survey: readonly AssetRecord[], isFree: (survey: number) => boolean, isMissing: (known: number) => boolean, searchM: number): LinePiece[] {
  const grid = buildBoxGrid(Float64Array.from(known.flatMap(({ axis }) => boxAround(axis, 0))))
  const ofLine = new Map<number, LinePiece[]>()
  survey.forEach(({ axis, kind }, i) => {
    if (!isFree(i)) return
    const [x0, y0, x1, y1] = boxAround(axis, searchM)
    let best: LinePiece | null = null
    for (const k of queryBoxGrid(grid, x0, y0, x1, y1)) {
      if (!isMissing(k) || known[k]!.kind !== kind) continue
      const distance = distanceFrom(axis, known[k]!.axis)
      if (distance.planM <= searchM && (!best || distance.planM < best.distance.planM)) best = { survey: i, known: k, distance }
    }
    if (!best) return
    const pieces = ofLine.get(best.known)
    if (pieces) pieces.push(best)
    else ofLine.set(best.known, [best])
  })
  return [...ofLine].flatMap(([k, pieces]) => (coversWhole(known[k]!.axis, pieces.map(piece => survey[piece.survey]!.axis), searchM) ? pieces : []))
}

/** Whether pieces leave no part of a line longer than this open, in plan. */
function coversWhole(line: readonly Vec3[], pieces: readonly (readonly Vec3[])[], openM: number): boolean {
  const chainages = chainagesOf(line)
  const spans = pieces.map(piece => {
    const reached = piece.map(([x, y]) => nearestChainage(line, chainages, x, y))
    return [leastOf(reached), mostOf(reached)] as const
  }).sort((a, b) => a[0] - b[0])
  let reachedM = 0
  for (const [from, to] of spans) {
    if (from > reachedM + openM) return false
    reachedM = Math.max(reachedM, to)
  }
  return reachedM >= chainages.at(-1)! - openM
}
