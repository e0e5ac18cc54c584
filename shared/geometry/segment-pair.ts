/**
 * Two straight axis pieces: [p0x p0y p0z p1x p1y p1z q0x q0y q0z q1x q1y q1z], metres, any one frame near the pieces.
 * Points on them are p(s) = p0 + s·(p1 − p0) and q(t) likewise, s and t in 0 … 1. Kernels take this packed form so
 * that a hundred thousand calls allocate nothing.
 */
export type SegmentPair = Float64Array

/** What a kernel found: [value, s, t]. */
export type Witness = Float64Array

export const newSegmentPair = (): SegmentPair => new Float64Array(12)
export const newWitness = (): Witness => new Float64Array(3)

/** Least plan distance of the pieces' bounding boxes: no two points of them are nearer in plan. */
export function planBoxGap(g: SegmentPair): number {
  const x = axisGap(g, 0)
  const y = axisGap(g, 1)
  // Math.hypot is several times slower, and lengths here neither overflow nor vanish.
  return Math.sqrt(x * x + y * y)
}

/** Least level difference of the pieces' bounding boxes. */
export function levelBoxGap(g: SegmentPair): number {
  return axisGap(g, 2)
}

function axisGap(g: SegmentPair, axis: number): number {
  const p0 = g[axis]!
  const p1 = g[axis + 3]!
  const q0 = g[axis + 6]!
  const q1 = g[axis + 9]!
  return Math.max(0, Math.min(p0, p1) - Math.max(q0, q1), Math.min(q0, q1) - Math.max(p0, p1))
}
