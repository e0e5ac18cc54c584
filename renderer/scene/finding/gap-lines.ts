import type { RuleName } from '#shared/clearance/findings/finding.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** Half-sizes of an outer section, metres; zero for the ground. */
export interface HalfSize {
  readonly widthM: number
  readonly heightM: number
}

type Line = readonly [Vec3, Vec3]

/** Measured from the one to the other, whatever the direction. */
const STRAIGHT: ReadonlySet<RuleName> = new Set(['hard', 'touching', 'distance', 'structure_hard', 'structure', 'dig_struck', 'dig_undermined', 'dig_near', 'bore_struck', 'bore_near'])

/** How a gap is dimensioned in the picture: the measured line, and thin lines that lead to it. */
export interface GapLines {
  readonly gap: Line
  readonly leads: readonly Line[]
  /** Where the figure stands. */
  readonly labelAt: Vec3
}

/**
 * The dimension of a shortfall in the direction its rule measures: level for horizontal, plumb for vertical, stacked,
 * either and cover, straight for the others.
 * @param a, b Nearest points on the axes (for cover `b` is on the ground). Any frame, metres.
 */
export function gapLines(rule: RuleName, a: Vec3, b: Vec3, sideA: HalfSize, sideB: HalfSize): GapLines {
  if (rule === 'horizontal' || rule === 'surroundings') {
    const z = Math.max(a[2], b[2])
    const [p, q]: Line = [[a[0], a[1], z], [b[0], b[1], z]]
    return finish(shorten(p, q, sideA.widthM, sideB.widthM), [[a, p], [b, q]])
  }
  if (STRAIGHT.has(rule)) return finish(shorten(a, b, sideA.widthM, sideB.widthM), [])
  const foot: Vec3 = [a[0], a[1], b[2]]
  const up = Math.sign(b[2] - a[2]) || 1
  return finish([[a[0], a[1], a[2] + up * sideA.heightM], [a[0], a[1], b[2] - up * sideB.heightM]], [[foot, b]])
}

/** From surface to surface; where they overlap the line is as long as the overlap, so that there is something to see. */
function shorten(p: Vec3, q: Vec3, fromM: number, toM: number): Line {
  const length = Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2])
  if (length < 1e-9) return [[p[0], p[1], p[2] - toM], [p[0], p[1], p[2] + fromM]]
  const at = (m: number): Vec3 => [0, 1, 2].map(c => p[c]! + ((q[c]! - p[c]!) * m) / length) as unknown as Vec3
  return [at(fromM), at(length - toM)]
}

function finish(gap: Line, leads: readonly Line[]): GapLines {
  const isLong = ([p, q]: Line) => Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]) > 0.02
  return { gap, leads: leads.filter(isLong), labelAt: [0, 1, 2].map(c => (gap[0][c]! + gap[1][c]!) / 2) as unknown as Vec3 }
}

/** The part of an axis between two chainages (plan lengths from its start); at least a few centimetres of it. */
export function axisBetween(axis: readonly Vec3[], fromM: number, toM: number): Vec3[] {
  const [low, high] = [Math.min(fromM, toM) - 0.05, Math.max(fromM, toM) + 0.05]
  const part: Vec3[] = []
  let chainage = 0
  for (let i = 0; i + 1 < axis.length; i++) {
    const [p, q] = [axis[i]!, axis[i + 1]!]
    const length = Math.hypot(q[0] - p[0], q[1] - p[1])
    const at = (m: number): Vec3 => {
      const k = length > 0 ? Math.min(1, Math.max(0, (m - chainage) / length)) : 0
      return [p[0] + k * (q[0] - p[0]), p[1] + k * (q[1] - p[1]), p[2] + k * (q[2] - p[2])]
    }
    if (chainage + length >= low && chainage <= high) {
      if (part.length === 0) part.push(at(low))
      part.push(at(high))
    }
    chainage += length
  }
  return part
}
