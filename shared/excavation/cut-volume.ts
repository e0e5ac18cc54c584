import { doubled } from '../core/shared-arrays.ts'
import type { FloorRegion } from './faces.ts'
import type { GroundPatch, GroundPatches } from './ground-patches.ts'
import { takeQuadraticRoots } from './intervals.ts'
import { clipRing, clipToPlanes, planeAt, ringArea, ringPlanes, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { ringBox } from '../geometry/plan-box.ts'

export interface CutVolume {
  /** Between floor and ground, where the ground is known and above the floor: cubic metres. */
  readonly cutM3: number
  /** Plan area inside the daylight line: square metres. */
  readonly areaM2: number
  /** Plan area of the regions over which no ground is known. */
  readonly unknownM2: number
  /** Level of the highest point of the floor inside the cut; −∞ where nothing is cut. */
  readonly highestM: number
}

/** Ground less floor over one patch: a + b·u + c·v + e·u·v, u and v from (x, y). */
interface Depth {
  readonly x: number
  readonly y: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly e: number
}

/**
 * Volume between regions of floor and the ground above them: exact to rounding on a TIN (both are planes on each
 * overlap), and on a grid (bilinear: by polygon moments where the whole overlap is in the ground; where the daylight
 * line, there a hyperbola, cuts it, by strips with Gauss points).
 * @param regions Must not overlap.
 */
export function cutVolume(regions: readonly FloorRegion[], ground: GroundPatches | null): CutVolume {
  let [cutM3, areaM2, unknownM2, topM] = [0, 0, 0, -Infinity]
  for (const { ring, floor } of regions) {
    let [knownM2, highestM] = [0, -Infinity]
    forEachOverlap(ring, ground, (overlap, patch) => {
      knownM2 += ringArea(overlap)
      const depth = depthOver(patch, floor)
      const part = patch.gxy === 0 ? planarPart(overlap, depth) : bilinearPart(overlap, depth)
      if (part[1] === 0) return
      cutM3 += part[0]
      areaM2 += part[1]
      highestM = Math.max(highestM, highestFloor(overlap, depth, floor))
    })
    topM = Math.max(topM, highestM)
    if (ringArea(ring) - knownM2 > NEGLIGIBLE_M2) unknownM2 += unknownBelow(ring, floor, highestM, ground)
  }
  return { cutM3, areaM2, unknownM2, highestM: topM }
}

/** A plane is highest on the border: at a corner below ground, or where the daylight line passes an edge. */
function highestFloor(ring: PlanRing, depth: Depth, floor: PlanPlane): number {
  let highest = -Infinity
  for (let i = 0; i < ring.length; i += 2) {
    const j = takeEdge(ring, depth, i)
    const count = takeQuadraticRoots(edge[0]!, edge[1]!, edge[2]!, roots)
    for (let k = edge[0]! >= 0 ? -1 : 0; k < count; k++) {
      const t = k < 0 ? 0 : roots[k]!
      if (t >= 0 && t <= 1) highest = Math.max(highest, planeAt(floor, ring[i]! + t * (ring[j]! - ring[i]!), ring[i + 1]! + t * (ring[j + 1]! - ring[i + 1]!)))
    }
  }
  return highest
}

/** Area of a region without known ground; where the region has a daylight line, only as high up as that. */
function unknownBelow(ring: PlanRing, floor: PlanPlane, highestM: number, ground: GroundPatches | null): number {
  const reached = highestM === -Infinity ? ring : clipRing(ring, { x: floor.x, y: floor.y, c: highestM + NO_DEPTH_M - floor.c, gx: -floor.gx, gy: -floor.gy })
  if (reached.length === 0) return 0
  let known = 0
  forEachOverlap(reached, ground, overlap => {
    known += ringArea(overlap)
  })
  return Math.max(0, ringArea(reached) - known)
}

function forEachOverlap(ring: PlanRing, ground: GroundPatches | null, visit: (overlap: PlanRing, patch: GroundPatch) => void): void {
  const planes = ringPlanes(ring)
  ground?.forEachIn(ringBox(ring), patch => {
    const overlap = clipToPlanes(patch.ring, planes)
    if (overlap.length > 0) visit(overlap, patch)
  })
}

function depthOver(patch: GroundPatch, floor: PlanPlane): Depth {
  return { x: patch.x, y: patch.y, a: patch.c - planeAt(floor, patch.x, patch.y), b: patch.gx - floor.gx, c: patch.gy - floor.gy, e: patch.gxy }
}

/** Area that clipping may lose. */
const NEGLIGIBLE_M2 = 1e-9

/** Depths that are rounding. */
const NO_DEPTH_M = 1e-9

const depthAt = (d: Depth, x: number, y: number): number => d.a + d.b * (x - d.x) + d.c * (y - d.y) + d.e * (x - d.x) * (y - d.y)

function planarPart(ring: PlanRing, d: Depth): readonly [number, number] {
  const cut = clipToPlanes(ring, [{ x: d.x, y: d.y, c: d.a, gx: d.b, gy: d.c }])
  if (cut.length === 0) return [0, 0]
  const part = integral(cut, d)
  // A floor that lies in the ground surface itself is no cut.
  return part[0] > NO_DEPTH_M * part[1] ? part : [0, 0]
}

/**
 * [∫ depth, area] over a ring, by its moments about the first corner.
 * @source Green's theorem; for u·v: Σ cross · (2u₀v₀ + u₀v₁ + u₁v₀ + 2u₁v₁) / 24.
 */
function integral(ring: PlanRing, d: Depth): readonly [number, number] {
  const x = ring[0]!
  const y = ring[1]!
  let [twice, mu, mv, muv] = [0, 0, 0, 0]
  for (let i = 2; i + 3 < ring.length; i += 2) {
    // Two edges of the fan triangle meet in the origin and add nothing.
    const u0 = ring[i]! - x
    const v0 = ring[i + 1]! - y
    const u1 = ring[i + 2]! - x
    const v1 = ring[i + 3]! - y
    const cross = u0 * v1 - u1 * v0
    twice += cross
    mu += cross * (u0 + u1)
    mv += cross * (v0 + v1)
    muv += cross * (2 * u0 * v0 + u0 * v1 + u1 * v0 + 2 * u1 * v1)
  }
  // The depth about the first corner.
  const du = x - d.x
  const dv = y - d.y
  const a = depthAt(d, x, y)
  const b = d.b + d.e * dv
  const c = d.c + d.e * du
  return [(a * twice) / 2 + (b * mu + c * mv) / 6 + (d.e * muv) / 24, twice / 2]
}

function bilinearPart(ring: PlanRing, d: Depth): readonly [number, number] {
  const [low, high] = depthRange(ring, d)
  if (low >= 0) return integral(ring, d)
  return high <= NO_DEPTH_M ? [0, 0] : integralAbove(ring, d)
}

/** Least and greatest depth on a ring: a saddle has them on its border, where it is a parabola along each edge. */
function depthRange(ring: PlanRing, d: Depth): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < ring.length; i += 2) {
    takeEdge(ring, d, i)
    const c0 = edge[0]!
    const c1 = edge[1]!
    const c2 = edge[2]!
    low = Math.min(low, c0)
    high = Math.max(high, c0)
    const t = c2 === 0 ? 0 : -c1 / (2 * c2)
    if (!(t > 0 && t < 1)) continue
    const turn = c0 + t * (c1 + t * c2)
    low = Math.min(low, turn)
    high = Math.max(high, turn)
  }
  return [low, high]
}

/** Scratch: the depth along the edge at hand, c0 + c1·t + c2·t² for t = 0 … 1, and where it is 0. */
const edge = new Float64Array(3)
const roots = new Float64Array(2)

/** Writes the depth along an edge to `edge`. @param i Where its first corner is in the ring. @returns where its other corner is. */
function takeEdge(ring: PlanRing, d: Depth, i: number): number {
  const j = i + 2 === ring.length ? 0 : i + 2
  const ux = ring[j]! - ring[i]!
  const uy = ring[j + 1]! - ring[i + 1]!
  const u = ring[i]! - d.x
  const v = ring[i + 1]! - d.y
  edge[0] = depthAt(d, ring[i]!, ring[i + 1]!)
  edge[1] = d.b * ux + d.c * uy + d.e * (u * uy + v * ux)
  edge[2] = d.e * ux * uy
  return j
}

/** Abscissae and weights of the 12-point Gauss–Legendre rule on −1 … 1 (Abramowitz & Stegun, table 25.4); symmetric. */
const NODES = Float64Array.of(0.125233408511469, 0.367831498998180, 0.587317954286617, 0.769902674194305, 0.904117256370475, 0.981560634246719)
const WEIGHTS = Float64Array.of(0.249147045813403, 0.233492536538355, 0.203167426723066, 0.160078328543346, 0.106939325995318, 0.047175336386512)

/** Scratch: levels at which what lies between them is smooth, the first `levelCount` in order. */
let levels = new Float64Array(64)
let levelCount = 0

function addLevel(y: number): void {
  if (levelCount === levels.length) levels = doubled(levels)
  let at = levelCount++
  for (; at > 0 && levels[at - 1]! > y; at--) levels[at] = levels[at - 1]!
  levels[at] = y
}

/**
 * [∫ max(depth, 0), area where depth > 0] over a convex ring. At a fixed y the depth is linear in x, so each line is
 * integrated exactly; between the levels y at which the daylight line passes an edge or a corner comes, the result is
 * smooth in y and Gauss points take it to rounding.
 */
function integralAbove(ring: PlanRing, d: Depth): readonly [number, number] {
  levelCount = 0
  for (let i = 0; i < ring.length; i += 2) {
    addLevel(ring[i + 1]!)
    const j = takeEdge(ring, d, i)
    const count = takeQuadraticRoots(edge[0]!, edge[1]!, edge[2]!, roots)
    for (let k = 0; k < count; k++) if (roots[k]! > 0 && roots[k]! < 1) addLevel(ring[i + 1]! + roots[k]! * (ring[j + 1]! - ring[i + 1]!))
  }
  let volume = 0
  let area = 0
  for (let k = 0; k + 1 < levelCount; k++) {
    const from = levels[k]!
    const to = levels[k + 1]!
    if (!(to - from > 1e-12)) continue
    for (let n = 0; n < NODES.length; n++) {
      for (let sign = -1; sign <= 1; sign += 2) {
        lineAbove(ring, d, (from + to + sign * NODES[n]! * (to - from)) / 2)
        volume += (WEIGHTS[n]! * (to - from) * line[0]!) / 2
        area += (WEIGHTS[n]! * (to - from) * line[1]!) / 2
      }
    }
  }
  return [volume, area]
}

/** What `lineAbove` found. */
const line = new Float64Array(2)

/** Writes [∫ max(depth, 0) dx, length where depth > 0] along the line y = const inside a convex ring to `line`. */
function lineAbove(ring: PlanRing, d: Depth, y: number): void {
  line[0] = line[1] = 0
  let from = Infinity
  let to = -Infinity
  for (let i = 0; i < ring.length; i += 2) {
    const j = i + 2 === ring.length ? 0 : i + 2
    const ya = ring[i + 1]!
    const yb = ring[j + 1]!
    if (ya > y === yb > y) continue
    const x = ring[i]! + ((y - ya) / (yb - ya)) * (ring[j]! - ring[i]!)
    from = Math.min(from, x)
    to = Math.max(to, x)
  }
  if (!(to > from)) return
  const f = depthAt(d, from, y)
  const g = depthAt(d, to, y)
  if (f <= 0 && g <= 0) return
  const isWhole = f >= 0 && g >= 0
  // Where one end is above ground a triangle is left.
  line[1] = isWhole ? to - from : ((to - from) * Math.max(f, g)) / Math.abs(f - g)
  line[0] = ((isWhole ? f + g : Math.max(f, g)) / 2) * line[1]
}
