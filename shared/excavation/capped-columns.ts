import { columnOf, type Column } from './column.ts'
import type { CutSolid } from './cut-solid.ts'
import { patchLevel, type GroundPatch } from './ground-patches.ts'
import { clipRing, clipToPlanes, planeDifference, ringPlanes, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { type PlanBox, boxesMeet } from '../geometry/plan-box.ts'

/** A bilinear patch is followed by triangles to this much, metres. */
const ROOF_TOLERANCE_M = 0.001
const MAX_SPLITS = 16

/**
 * The cut under the real ground, as convex bodies: what each column of the cut has below each patch of ground. Made
 * patch by patch as they are asked for, since most assets lie well below ground and never need them.
 */
export class CappedColumns {
  readonly #solid: CutSolid
  readonly #made = new Map<number, readonly Column[]>()

  constructor(solid: CutSolid) {
    this.#solid = solid
  }

  /** Every body whose plan box meets the box. */
  near(box: PlanBox): Column[] {
    const out: Column[] = []
    this.#solid.ground?.forEachIn(box, patch => {
      let columns = this.#made.get(patch.id)
      if (!columns) this.#made.set(patch.id, (columns = this.#under(patch)))
      for (const column of columns) if (boxesMeet(column.box, box)) out.push(column)
    })
    return out
  }

  #under(patch: GroundPatch): readonly Column[] {
    const out: Column[] = []
    for (const column of this.#solid.columns) {
      const over = clipToPlanes(patch.ring, ringPlanes(column.ring))
      if (over.length === 0) continue
      for (const { ring, plane } of planarPieces(patch)) {
        const piece = patch.gxy === 0 ? over : clipToPlanes(over, ringPlanes(ring))
        if (piece.length === 0) continue
        const inGround = clipRing(piece, planeDifference(plane, column.floor))
        if (inGround.length > 0) out.push(columnOf(inGround, column.floor, plane))
      }
    }
    return out
  }
}

function planarPieces(patch: GroundPatch): readonly { readonly ring: PlanRing; readonly plane: PlanPlane }[] {
  if (patch.gxy === 0) return [{ ring: patch.ring, plane: patch }]
  const [minX, minY, maxX, , , maxY] = patch.ring as readonly [number, number, number, number, number, number, ...number[]]
  const [width, height] = [maxX - minX, maxY - minY]
  // Two triangles miss a bilinear square by a quarter of its twist at most.
  const splits = Math.min(MAX_SPLITS, Math.ceil(Math.sqrt((Math.abs(patch.gxy) * width * height) / 4 / ROOF_TOLERANCE_M)))
  const pieces: { ring: PlanRing; plane: PlanPlane }[] = []
  const [dx, dy] = [width / splits, height / splits]
  for (let i = 0; i < splits; i++) {
    for (let j = 0; j < splits; j++) {
      const [x, y] = [minX + i * dx, minY + j * dy]
      const level = (u: number, v: number) => patchLevel(patch, x + u * dx, y + v * dy)
      const [z00, z10, z01, z11] = [level(0, 0), level(1, 0), level(0, 1), level(1, 1)]
      pieces.push({ ring: [x, y, x + dx, y, x + dx, y + dy], plane: { x, y, c: z00, gx: (z10 - z00) / dx, gy: (z11 - z10) / dy } })
      pieces.push({ ring: [x, y, x + dx, y + dy, x, y + dy], plane: { x, y, c: z00, gx: (z11 - z01) / dx, gy: (z01 - z00) / dy } })
    }
  }
  return pieces
}
