/** What a far view may be off by: well under a pixel where the coarse list is drawn. */
const TOLERANCE_M = 0.5
/** Vertices looked back over for each step: bounds the work on a long straight line. */
const LONGEST_REACH = 40

/**
 * Thins the axis from vertex `first` to `last`: each chord passes within half a metre of every vertex it skips. Ends stay,
 * so that lines go on meeting.
 */
export function coarsePiece(xyz: Float64Array, first: number, last: number, chord: (from: number, to: number) => void): void {
  let from = first
  while (from < last) {
    let to = from + 1
    while (to < last && to - from < LONGEST_REACH && isWithin(xyz, from, to + 1)) to++
    chord(from, to)
    from = to
  }
}

function isWithin(xyz: Float64Array, from: number, to: number): boolean {
  const [a, b] = [3 * from, 3 * to]
  const dx = xyz[b]! - xyz[a]!
  const dy = xyz[b + 1]! - xyz[a + 1]!
  const dz = xyz[b + 2]! - xyz[a + 2]!
  const square = dx * dx + dy * dy + dz * dz
  for (let v = from + 1; v < to; v++) {
    const px = xyz[3 * v]! - xyz[a]!
    const py = xyz[3 * v + 1]! - xyz[a + 1]!
    const pz = xyz[3 * v + 2]! - xyz[a + 2]!
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy + pz * dz) / square))
    const [ex, ey, ez] = [px - t * dx, py - t * dy, pz - t * dz]
    if (ex * ex + ey * ey + ez * ez > TOLERANCE_M * TOLERANCE_M) return false
  }
  return true
}
