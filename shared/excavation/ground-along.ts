import type { Vec3 } from '../twin/asset.ts'
import { patchLevel, type GroundPatch, type GroundPatches } from './ground-patches.ts'
import { widened, type PlanRing } from './plan-polygon.ts'
import { planIntervalIn, quadraticRoots, type Interval } from './intervals.ts'

/** Lowest ground on a ring's edges, exact; and how much of their length has no known ground. */
export function lowestGroundOn(ring: PlanRing, ground: GroundPatches): { readonly levelM: number; readonly unknownM: number } {
  let [levelM, unknownM] = [Infinity, 0]
  for (let i = 0; i < ring.length; i += 2) {
    const j = i + 2 === ring.length ? 0 : i + 2
    const [a, b]: readonly [Vec3, Vec3] = [[ring[i]!, ring[i + 1]!, 0], [ring[j]!, ring[j + 1]!, 0]]
    let known = 0
    forEachPatchAlong(ground, a, b, (patch, from, to) => {
      known += to - from
      levelM = Math.min(levelM, lowestOnPart(patch, a, b, from, to))
    })
    unknownM += Math.max(0, 1 - known) * Math.hypot(b[0] - a[0], b[1] - a[1])
  }
  return { levelM, unknownM }
}

function lowestOnPart(patch: GroundPatch, a: Vec3, b: Vec3, from: number, to: number): number {
  const at = (t: number) => patchLevel(patch, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
  const lowest = Math.min(at(from), at(to))
  // Along a line a bilinear patch is a parabola.
  const bend = patch.gxy * (b[0] - a[0]) * (b[1] - a[1])
  if (!(bend > 0)) return lowest
  const slope = at(1) - at(0) - bend
  const t = -slope / (2 * bend)
  return t > from && t < to ? Math.min(lowest, at(t)) : lowest
}

/** Patches under the plan piece a–b and the part of it over each, as parameters 0 … 1. A vertical piece is over one patch whole. */
export function forEachPatchAlong(ground: GroundPatches, a: Vec3, b: Vec3, visit: (patch: GroundPatch, from: number, to: number) => void): void {
  const box = widened({ minX: Math.min(a[0], b[0]), minY: Math.min(a[1], b[1]), maxX: Math.max(a[0], b[0]), maxY: Math.max(a[1], b[1]) }, 1e-9)
  ground.forEachIn(box, patch => {
    const part = planIntervalIn(patch.ring, a, b)
    if (part) visit(patch, part[0], part[1])
  })
}

/** Parts of the piece a–b (parameters) that are higher than `aboveM` over the ground; where no ground is known, none. */
export function intervalsAboveGround(ground: GroundPatches, a: Vec3, b: Vec3, aboveM: number): Interval[] {
  const out: Interval[] = []
  forEachPatchAlong(ground, a, b, (patch, from, to) => {
    const over = (t: number) => a[2] + t * (b[2] - a[2]) - aboveM - patchLevel(patch, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
    const c2 = -patch.gxy * (b[0] - a[0]) * (b[1] - a[1])
    const c0 = over(0)
    const c1 = over(1) - c0 - c2
    const cuts = [from, ...quadraticRoots(c0, c1, c2).filter(t => t > from && t < to).sort((p, q) => p - q), to]
    for (let k = 0; k + 1 < cuts.length; k++) if (over((cuts[k]! + cuts[k + 1]!) / 2) > 0) out.push([cuts[k]!, cuts[k + 1]!])
  })
  return out
}
