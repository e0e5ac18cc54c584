import { ownBendFindings } from '../../clearance/line-rules/own-bends.ts'
import type { Proposal } from '../../scenario/document.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { StreetSpace } from '../search/street-space.ts'

/**
 * What a moved line must hold to beside its clearances: a gravity line its fall, one that says how sharply it can be bent
 * that radius, any line the ground it had and no building it was not under before.
 * @returns a test giving the name of what is broken (`slope`, `bend`, `ground`, `building`) or null; `base` is an axis that
 * passed, or the original: only where the tried one differs from it is asked what stands there.
 */
export function lineRefusals(line: Proposal, original: readonly Vec3[], space: StreetSpace, minSlopeRatio: number): (axis: readonly Vec3[], base: readonly Vec3[]) => string | null {
  const sharpBends = (axis: readonly Vec3[]): number => (line.bendRadiusM === undefined ? 0 : ownBendFindings([{ ...line, axis }]).length)
  const sharpBefore = sharpBends(original)
  const fall = GRAVITY_KINDS.has(line.kind) ? leastFall(original) : null
  // A line that does not fall as drawn has no fall to keep.
  const keptSlope = fall && fall.slope > 0 ? { sign: fall.sign, slope: Math.min(minSlopeRatio, fall.slope) } : null
  const hasGround = space.level !== null && original.every(([x, y]) => space.level!(x, y) !== null)
  const allowed = new Set(buildingsOn(original, space))
  return (axis, base) => {
    if (keptSlope && fallOf(axis, keptSlope.sign) < keptSlope.slope - 1e-9) return 'slope'
    if (sharpBends(axis) > sharpBefore) return 'bend'
    const { head, tail } = shared(axis, base)
    const moved = axis.slice(Math.max(0, head - 1), axis.length - Math.max(0, tail - 1))
    if (hasGround && moved.some(([x, y]) => space.level!(x, y) === null)) return 'ground'
    return buildingsOn(moved, space).every(id => allowed.has(id)) ? null : 'building'
  }
}

function buildingsOn(axis: readonly Vec3[], space: StreetSpace): string[] {
  return axis.slice(1).flatMap((q, i) => space.buildingOn(axis[i]![0], axis[i]![1], q[0], q[1]) ?? [])
}

/** Vertices at either end that two axes share, the same objects: a try differs from what it was made of in one stretch. */
function shared(axis: readonly Vec3[], base: readonly Vec3[]): { readonly head: number; readonly tail: number } {
  const most = Math.min(axis.length, base.length)
  let head = 0
  while (head < most && axis[head] === base[head]) head++
  let tail = 0
  while (tail < most - head && axis.at(-1 - tail) === base.at(-1 - tail)) tail++
  return { head, tail }
}

function leastFall(axis: readonly Vec3[]): { readonly sign: 1 | -1; readonly slope: number } {
  const sign = axis[0]![2] >= axis.at(-1)![2] ? 1 : -1
  return { sign, slope: fallOf(axis, sign) }
}

/** Least fall per metre of plan of any part, from the first end (1) or the last (−1); a riser counts where it rises. */
function fallOf(axis: readonly Vec3[], sign: 1 | -1): number {
  let least = Infinity
  for (let i = 1; i < axis.length; i++) {
    const [p, q] = [axis[i - 1]!, axis[i]!]
    const length = Math.hypot(q[0] - p[0], q[1] - p[1])
    const fall = sign * (p[2] - q[2])
    if (length > 1e-6) least = Math.min(least, fall / length)
    else if (fall < -1e-9) least = -Infinity
  }
  return least
}
