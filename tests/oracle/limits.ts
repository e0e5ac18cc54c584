/** Looks limits up by scanning the pack's cells: "the largest of several limits governs". */
import type { Asset, OraclePack } from './types.ts'

/** Horizontal limit of two assets, or null where no cell names a class of each. */
export function horizontalLimit(pack: OraclePack, a: Asset, b: Asset): number | null {
  return largestSymmetric(pack.horizontal ?? [], a, b)
}

/** Clear distance limit (semantics `distance`), or null. */
export function distanceLimit(pack: OraclePack, a: Asset, b: Asset): number | null {
  return largestSymmetric(pack.distance ?? [], a, b)
}

/** Vertical limit where `upper` is above `lower`, or null. */
export function verticalLimit(pack: OraclePack, upper: Asset, lower: Asset): number | null {
  let limit: number | null = null
  for (const cell of pack.vertical ?? []) {
    const asWritten = upper.classes.has(cell.upper) && lower.classes.has(cell.lower)
    const turned = cell.either === true && upper.classes.has(cell.lower) && lower.classes.has(cell.upper)
    if (asWritten || turned) limit = Math.max(limit ?? cell.minM, cell.minM)
  }
  return limit
}

/** The larger of the two vertical limits of a pair, whichever is above; null where neither exists. */
export function largerVerticalLimit(pack: OraclePack, a: Asset, b: Asset): number | null {
  const ab = verticalLimit(pack, a, b)
  const ba = verticalLimit(pack, b, a)
  if (ab === null || ba === null) return ab ?? ba
  return Math.max(ab, ba)
}

/** What a zone's length is made of besides the half-widths: H_req, or C under `distance`; 0 without a cell. */
export function zoneLimit(pack: OraclePack, a: Asset, b: Asset): number {
  return (pack.semantics === 'distance' ? distanceLimit(pack, a, b) : horizontalLimit(pack, a, b)) ?? 0
}

function largestSymmetric(cells: readonly { a: string; b: string; minM: number }[], a: Asset, b: Asset): number | null {
  let limit: number | null = null
  for (const cell of cells) {
    const hit = (a.classes.has(cell.a) && b.classes.has(cell.b)) || (a.classes.has(cell.b) && b.classes.has(cell.a))
    if (hit) limit = Math.max(limit ?? cell.minM, cell.minM)
  }
  return limit
}
