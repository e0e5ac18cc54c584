/**
 * Least distances of segments in exact rational arithmetic: doubles are fractions of powers of two, so their squared
 * distances are fractions of whole numbers, and only the last root is rounded (to 2⁻¹²⁰ m).
 */
const BITS = 80n

/** A double times 2⁸⁰, whole: what is smaller than 2⁻⁸⁰ m is cut off. */
function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const exponent = (bits >> 52n) & 0x7ffn
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0n ? 0n : 1n << 52n)
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + BITS
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift
  return bits >> 63n === 1n ? -size : size
}

type Vector = readonly bigint[]
/** num / den, den > 0. */
interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

const minus = (p: Vector, q: Vector): Vector => p.map((value, k) => value - q[k]!)
const dot = (p: Vector, q: Vector): bigint => p.reduce((sum, value, k) => sum + value * q[k]!, 0n)
const isLess = (x: Fraction, y: Fraction): boolean => x.num * y.den < y.num * x.den

/** Squared distance of a point and the segment from p along u. */
function toSegment(point: Vector, p: Vector, u: Vector): Fraction {
  const [uu, d] = [dot(u, u), minus(point, p)]
  const along = dot(d, u)
  if (uu === 0n || along <= 0n) return { num: dot(d, d), den: 1n }
  if (along >= uu) {
    const e = minus(d, u)
    return { num: dot(e, e), den: 1n }
  }
  return { num: dot(d, d) * uu - along * along, den: uu }
}

function leastSquare(p0: Vector, p1: Vector, q0: Vector, q1: Vector): Fraction {
  const [u, w, d] = [minus(p1, p0), minus(q1, q0), minus(p0, q0)]
  const ends = [toSegment(p0, q0, w), toSegment(p1, q0, w), toSegment(q0, p0, u), toSegment(q1, p0, u)]
  let least = ends.reduce((best, next) => (isLess(next, best) ? next : best))
  const [uu, uw, ww, du, dw] = [dot(u, u), dot(u, w), dot(w, w), dot(d, u), dot(d, w)]
  const det = uu * ww - uw * uw
  if (det > 0n) {
    // Where the derivatives along both lines vanish: s = sNum / det, t = tNum / det.
    const [sNum, tNum] = [uw * dw - ww * du, uu * dw - uw * du]
    if (sNum >= 0n && sNum <= det && tNum >= 0n && tNum <= det) {
      const offset = d.map((value, k) => value * det + sNum * u[k]! - tNum * w[k]!)
      const inside = { num: dot(offset, offset), den: det * det }
      if (isLess(inside, least)) least = inside
    }
  }
  return least
}

/** Whole part of the root. */
function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/**
 * @param g Two segments, as the kernels take them: 12 coordinates.
 * @param axes 2: in plan, 3: in space.
 */
export function exactDistance(g: ArrayLike<number>, axes: 2 | 3): number {
  const point = (offset: number): Vector => Array.from({ length: axes }, (_, k) => fixed(g[offset + k]!))
  const { num, den } = leastSquare(point(0), point(3), point(6), point(9))
  return Number(wholeRoot((num << BITS) / den)) / 2 ** 120
}
