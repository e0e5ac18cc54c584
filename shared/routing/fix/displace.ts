import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { distance, withVerticesAt } from '../lines/axis.ts'

/** A move in the cross-section of a line: metres to the left of its direction, metres up. */
export interface Move {
  readonly left: number
  readonly up: number
}

/** How far the vertex went that went furthest; metres. `asideM` and `upM`: its parts in plan and in level, up above zero. */
export interface Displacement {
  readonly displacementM: number
  readonly asideM: number
  readonly upM: number
}

/** Where a move holds in full (from … to) and where it begins and ends (outerFrom … outerTo), plan chainages. */
export interface Stretch {
  readonly outerFrom: number
  readonly from: number
  readonly to: number
  readonly outerTo: number
}

/** At bends sharper than this the mitre would run far out: no offset there. */
const LEAST_MITRE = 0.35

/**
 * An axis with one stretch moved aside, straight transitions at both ends. A side whose outer and inner chainage are the
 * same has no transition: the line's end there moves too.
 * @returns the new axis and how far it went; null where a bend is too sharp to be offset.
 */
export function displace(axis: readonly Vec3[], stretch: Stretch, move: Move): (Displacement & { readonly axis: Vec3[] }) | null {
  const dense = withVerticesAt(axis, [stretch.outerFrom, stretch.from, stretch.to, stretch.outerTo])
  const chainages = chainagesOf(dense)
  let furthest: Displacement = { displacementM: 0, asideM: 0, upM: 0 }
  const moved: Vec3[] = []
  for (let i = 0; i < dense.length; i++) {
    const share = shareAt(chainages[i]!, stretch)
    const p = dense[i]!
    if (share === 0) {
      moved.push(p)
      continue
    }
    const side = move.left === 0 ? [0, 0] : leftAt(dense, i)
    if (!side) return null
    const q: Vec3 = [p[0] + share * move.left * side[0]!, p[1] + share * move.left * side[1]!, p[2] + share * move.up]
    const displacementM = distance(p, q)
    if (displacementM > furthest.displacementM) furthest = { displacementM, asideM: Math.hypot(q[0] - p[0], q[1] - p[1]), upM: q[2] - p[2] }
    moved.push(q)
  }
  return { axis: moved, ...furthest }
}

/** Vertices are placed to a millimetre's thousandth: a chainage that near to an edge is on it. */
const EDGE_M = 1.1e-3

function shareAt(c: number, { outerFrom, from, to, outerTo }: Stretch): number {
  if (c >= from - EDGE_M && c <= to + EDGE_M) return 1
  if (c <= outerFrom || c >= outerTo) return 0
  return c < from ? (c - outerFrom) / (from - outerFrom) : (outerTo - c) / (outerTo - to)
}

/** Offset of a vertex per metre of parallel offset to the left: mitred, so that the parts stay parallel. */
function leftAt(axis: readonly Vec3[], i: number): readonly [number, number] | null {
  const before = normal(axis, i, -1)
  const after = normal(axis, i, 1)
  if (!before || !after) return before ?? after
  const [x, y] = [before[0] + after[0], before[1] + after[1]]
  const cosine = Math.hypot(x, y) / 2
  if (cosine < LEAST_MITRE) return null
  return [x / (2 * cosine * cosine), y / (2 * cosine * cosine)]
}

/** Left normal of the nearest part before (−1) or after (1) a vertex that has a length in plan. */
function normal(axis: readonly Vec3[], i: number, step: -1 | 1): readonly [number, number] | null {
  for (let k = i; k + step >= 0 && k + step < axis.length; k += step) {
    const [a, b] = step === 1 ? [axis[k]!, axis[k + 1]!] : [axis[k - 1]!, axis[k]!]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length > 1e-6) return [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  }
  return null
}
