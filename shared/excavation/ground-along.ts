import type { Vec3 } from '../twin/asset.ts'
import { patchLevel, type GroundPatch, type GroundPatches } from './ground-patches.ts'
import type { PlanRing } from '../geometry/plan-polygon.ts'
import { planIntervalIn, takeQuadraticRoots, type Interval } from './intervals.ts'
import { widened } from '../geometry/plan-box.ts'

/** Lowest ground on a ring's edges, exact; and how much of their length has no known ground. */
export function lowestGroundOn(ring: PlanRing, ground: GroundPatches): { readonly levelM: number; readonly unknownM: number } {
  let [levelM, unknownM] = [Infinity, 0]
  for (let i = 0; i < ring.length; i += 2) {
    const j = i + 2 === ring.length ? 0 : i + 2
    const edge = groundOnEdge(ground, ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!)
    levelM = Math.min(levelM, edge.minZ)
    unknownM += Math.max(0, 1 - edge.knownShare) * Math.hypot(ring[j]! - ring[i]!, ring[j + 1]! - ring[i + 1]!)
  }
  return { levelM, unknownM }
}

/** Lowest and highest ground on the straight plan piece a–b, exact; +∞ and −∞ where none is known. */
export function groundOnEdge(ground: GroundPatches, ax: number, ay: number, bx: number, by: number): { readonly minZ: number; readonly maxZ: number; readonly knownShare: number } {
  const dx = bx - ax
  const dy = by - ay
  let minZ = Infinity
  let maxZ = -Infinity
  let knownShare = 0
  forEachPatchAlong(ground, [ax, ay, 0], [bx, by, 0], (patch, from, to) => {
    knownShare += to - from
    const first = levelOn(patch, ax, ay, dx, dy, from)
    const last = levelOn(patch, ax, ay, dx, dy, to)
    minZ = Math.min(minZ, first, last)
    maxZ = Math.max(maxZ, first, last)
    // Along a line a bilinear patch is a parabola.
    const bend = patch.gxy * dx * dy
    const turn = bend === 0 ? NaN : -(levelOn(patch, ax, ay, dx, dy, 1) - levelOn(patch, ax, ay, dx, dy, 0) - bend) / (2 * bend)
    if (!(turn > from && turn < to)) return
    const level = levelOn(patch, ax, ay, dx, dy, turn)
    minZ = Math.min(minZ, level)
    maxZ = Math.max(maxZ, level)
  })
  return { minZ, maxZ, knownShare }
}

const levelOn = (patch: GroundPatch, ax: number, ay: number, dx: number, dy: number, t: number): number => patchLevel(patch, ax + t * dx, ay + t * dy)

/** Patches under the plan piece a–b and the part of it over each, as parameters 0 … 1. A vertical piece is over one patch whole. */
export function forEachPatchAlong(ground: GroundPatches, a: Vec3, b: Vec3, visit: (patch: GroundPatch, from: number, to: number) => void): void {
  const box = widened({ minX: Math.min(a[0], b[0]), minY: Math.min(a[1], b[1]), maxX: Math.max(a[0], b[0]), maxY: Math.max(a[1], b[1]) }, 1e-9)
  ground.forEachIn(box, patch => {
    const part = planIntervalIn(patch.ring, a, b)
    if (part) visit(patch, part[0], part[1])
  })
}

const roots = new Float64Array(2)

/** Parts of the piece a–b (parameters) that are higher than `aboveM` over the ground; where no ground is known, none. */
export function intervalsAboveGround(ground: GroundPatches, a: Vec3, b: Vec3, aboveM: number): Interval[] {
  const out: Interval[] = []
  forEachPatchAlong(ground, a, b, (patch, from, to) => {
    const over = (t: number) => a[2] + t * (b[2] - a[2]) - aboveM - patchLevel(patch, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
    const c2 = -patch.gxy * (b[0] - a[0]) * (b[1] - a[1])
    const c0 = over(0)
    const count = takeQuadraticRoots(c0, over(1) - c0 - c2, c2, roots)
    const [first, last] = count === 2 ? [Math.min(roots[0]!, roots[1]!), Math.max(roots[0]!, roots[1]!)] : [roots[0]!, Infinity]
    let at = from
    const goTo = (t: number): void => {
      if (over((at + t) / 2) > 0) out.push([at, t])
      at = t
    }
    if (count > 0 && first > from && first < to) goTo(first)
    if (count > 1 && last > from && last < to) goTo(last)
    goTo(to)
  })
  return out
}
