import { ownBendFindings } from '../clearance/line-rules/own-bends.ts'
import type { Proposal } from '../scenario/document.ts'
import { GRAVITY_KINDS } from '../twin/kinds.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { StreetSpace } from './street-space.ts'

/**
 * What a moved line must hold to beside its clearances: a gravity line its fall, one that says how sharply it can be bent
 * that radius, any line the ground it had and no building it was not under before.
 * @returns a test giving the name of what is broken (`slope`, `bend`, `ground`, `building`) or null.
 */
export function lineRefusals(line: Proposal, original: readonly Vec3[], space: StreetSpace, minSlopeRatio: number): (axis: readonly Vec3[]) => string | null {
  const sharpBends = (axis: readonly Vec3[]): number => (line.bendRadiusM === undefined ? 0 : ownBendFindings([{ ...line, axis }]).length)
  const sharpBefore = sharpBends(original)
  const fall = GRAVITY_KINDS.has(line.kind) ? leastFall(original) : null
  // A line that does not fall as drawn has no fall to keep.
  const keptSlope = fall && fall.slope > 0 ? { sign: fall.sign, slope: Math.min(minSlopeRatio, fall.slope) } : null
  const hasGround = space.level !== null && original.every(([x, y]) => space.level!(x, y) !== null)
  const buildingOn = rememberedBuildings(space)
  const allowed = new Set(buildingsOn(original, buildingOn))
  return axis => {
    if (keptSlope && fallOf(axis, keptSlope.sign) < keptSlope.slope - 1e-9) return 'slope'
    if (sharpBends(axis) > sharpBefore) return 'bend'
    if (hasGround && axis.some(([x, y]) => space.level!(x, y) === null)) return 'ground'
    return buildingsOn(axis, buildingOn).every(id => allowed.has(id)) ? null : 'building'
  }
}

function buildingsOn(axis: readonly Vec3[], buildingOn: (p: Vec3, q: Vec3) => string | null): string[] {
  return axis.slice(1).flatMap((q, i) => buildingOn(axis[i]!, q) ?? [])
}

/** Axes that are tried share most of their vertices (the same objects): what stands on a part is asked once. */
function rememberedBuildings(space: StreetSpace): (p: Vec3, q: Vec3) => string | null {
  const parts = new WeakMap<Vec3, WeakMap<Vec3, string | null>>()
  return (p, q) => {
    const from = parts.get(p) ?? new WeakMap<Vec3, string | null>()
    parts.set(p, from)
    const known = from.get(q)
    if (known !== undefined) return known
    const found = space.buildingOn(p[0], p[1], q[0], q[1])
    from.set(q, found)
    return found
  }
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
