import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import { assetPiece, insideIntervals, pointOn } from './asset-piece.ts'
import type { CutSolid } from './cut-solid.ts'
import { intervalsAboveGround } from './ground-along.ts'
import { united, without } from './intervals.ts'

/** The parts of an asset's axis that hang in the cut, for drawing. Local frame. */
export function exposedSpans(solid: CutSolid, columns: AssetColumns, asset: number): (readonly [Vec3, Vec3])[] {
  const spans: (readonly [Vec3, Vec3])[] = []
  for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]! - 1; v++) {
    const piece = assetPiece(columns, asset, v)
    const inside = united(insideIntervals(solid.columns, piece))
    const above = solid.ground && inside.length > 0 ? intervalsAboveGround(solid.ground, piece.a, piece.b, 0) : []
    for (const [from, to] of without(inside, united(above))) spans.push([pointOn(piece, from), pointOn(piece, to)])
  }
  return spans
}
