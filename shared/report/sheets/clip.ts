import type { PaperPoint } from '../../io/export/drawing-sheet.ts'

/** A window on a sheet, millimetres. */
export interface PaperBox {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** The pieces of a line that lie in a window, each with its order kept. */
export function clipLine(points: readonly PaperPoint[], box: PaperBox): PaperPoint[][] {
  const pieces: PaperPoint[][] = []
  let open: PaperPoint[] | null = null
  for (let i = 0; i + 1 < points.length; i++) {
    const [p, q] = [points[i]!, points[i + 1]!]
    const shares = sharesWithin(p, q, box)
    if (!shares) {
      open = null
      continue
    }
    const at = (share: number): PaperPoint => (share === 0 ? p : share === 1 ? q : [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])])
    if (open && shares[0] === 0) open.push(at(shares[1]))
    else pieces.push((open = [at(shares[0]), at(shares[1])]))
    if (shares[1] < 1) open = null
  }
  return pieces
}

/** Liang–Barsky: the shares of a part between which it is inside, or null. */
function sharesWithin([px, py]: PaperPoint, [qx, qy]: PaperPoint, { minX, minY, maxX, maxY }: PaperBox): readonly [number, number] | null {
  let [from, to] = [0, 1]
  for (const [step, room] of [[px - qx, px - minX], [qx - px, maxX - px], [py - qy, py - minY], [qy - py, maxY - py]] as const) {
    if (step === 0) {
      if (room < 0) return null
      continue
    }
    const share = room / step
    if (step < 0) from = Math.max(from, share)
    else to = Math.min(to, share)
    if (from > to) return null
  }
  return [from, to]
}

/** What of an outline lies in a window (Sutherland–Hodgman); empty where nothing does. Not closed by repetition. */
export function clipRing(ring: readonly PaperPoint[], { minX, minY, maxX, maxY }: PaperBox): PaperPoint[] {
  let kept = [...ring]
  for (const [axis, limit, sign] of [[0, minX, 1], [0, maxX, -1], [1, minY, 1], [1, maxY, -1]] as const) {
    const inside = (p: PaperPoint): boolean => sign * (p[axis] - limit) >= 0
    const next: PaperPoint[] = []
    kept.forEach((q, i) => {
      const p = kept[(i + kept.length - 1) % kept.length]!
      if (inside(p) !== inside(q)) {
        const share = (limit - p[axis]) / (q[axis] - p[axis])
        next.push([p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])])
      }
      if (inside(q)) next.push(q)
    })
    kept = next
  }
  return kept
}

export const isWithin = ([x, y]: PaperPoint, { minX, minY, maxX, maxY }: PaperBox, marginMm = 0): boolean =>
  x >= minX + marginMm && x <= maxX - marginMm && y >= minY + marginMm && y <= maxY - marginMm
