/** [x, y], metres. */
export type PlanPoint = readonly [number, number]

/** Plan polygon [x, y, x, y, …], counter-clockwise, not closed; metres. */
export type PlanRing = readonly number[]

/** Signed area (counter-clockwise positive), taken about the first corner so that far-off coordinates cost no digits. */
export function ringArea(ring: PlanRing): number {
  let twice = 0
  for (let i = 2; i + 3 < ring.length; i += 2) {
    twice += (ring[i]! - ring[0]!) * (ring[i + 3]! - ring[1]!) - (ring[i + 1]! - ring[1]!) * (ring[i + 2]! - ring[0]!)
  }
  return twice / 2
}

/** A function of the plan that is linear: value c at (x, y), gradient (gx, gy). */
export interface PlanPlane {
  readonly x: number
  readonly y: number
  readonly c: number
  readonly gx: number
  readonly gy: number
}

export const planeAt = (plane: PlanPlane, x: number, y: number): number => plane.c + plane.gx * (x - plane.x) + plane.gy * (y - plane.y)

export const levelPlane = (c: number): PlanPlane => ({ x: 0, y: 0, c, gx: 0, gy: 0 })

/** a − b. */
export const planeDifference = (a: PlanPlane, b: PlanPlane): PlanPlane => ({ x: a.x, y: a.y, c: a.c - planeAt(b, a.x, a.y), gx: a.gx - b.gx, gy: a.gy - b.gy })

/** The part of a convex ring where the plane is ≥ 0; empty where none is left. */
export function clipRing(ring: PlanRing, plane: PlanPlane): PlanRing {
  const count = ring.length
  let isCut = false
  for (let i = 0; i < count && !isCut; i += 2) isCut = planeAt(plane, ring[i]!, ring[i + 1]!) < 0
  if (!isCut) return ring
  const out: number[] = []
  let here = planeAt(plane, ring[0]!, ring[1]!)
  for (let i = 0; i < count; i += 2) {
    const next = i + 2 === count ? 0 : i + 2
    const there = planeAt(plane, ring[next]!, ring[next + 1]!)
    if (here >= 0) out.push(ring[i]!, ring[i + 1]!)
    if ((here > 0 && there < 0) || (here < 0 && there > 0)) {
      const t = here / (here - there)
      out.push(ring[i]! + t * (ring[next]! - ring[i]!), ring[i + 1]! + t * (ring[next + 1]! - ring[i + 1]!))
    }
    here = there
  }
  return out.length < 6 ? [] : out
}

/** Signed distance to the line through an edge of a ring, positive on its inner (left) side. */
export function edgePlane(ring: PlanRing, edge: number): PlanPlane {
  const i = 2 * edge
  const j = i + 2 === ring.length ? 0 : i + 2
  const dx = ring[j]! - ring[i]!
  const dy = ring[j + 1]! - ring[i + 1]!
  const length = Math.hypot(dx, dy) || 1
  return { x: ring[i]!, y: ring[i + 1]!, c: 0, gx: -dy / length, gy: dx / length }
}

/** Edges shorter than this come from clipping near a corner; their direction is rounding. */
const SHORT_EDGE_M = 1e-7

/** Inner half-planes of a convex ring. */
export function ringPlanes(ring: PlanRing): PlanPlane[] {
  const planes: PlanPlane[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const j = i + 2 === ring.length ? 0 : i + 2
    if (Math.hypot(ring[j]! - ring[i]!, ring[j + 1]! - ring[i + 1]!) > SHORT_EDGE_M) planes.push(edgePlane(ring, i / 2))
  }
  return planes
}

/** Overlap of a convex ring with a convex set of half-planes. */
export function clipToPlanes(ring: PlanRing, planes: readonly PlanPlane[]): PlanRing {
  let rest = ring
  for (const plane of planes) {
    if (rest.length === 0) return rest
    rest = clipRing(rest, plane)
  }
  return rest
}

/** What is left of a convex ring outside a convex set of half-planes, as convex rings that do not overlap. */
export function subtractPlanes(ring: PlanRing, planes: readonly PlanPlane[]): PlanRing[] {
  if (clipToPlanes(ring, planes).length === 0) return [ring]
  const out: PlanRing[] = []
  let rest = ring
  for (const plane of planes) {
    const outside = clipRing(rest, { x: plane.x, y: plane.y, c: -plane.c, gx: -plane.gx, gy: -plane.gy })
    if (outside.length > 0) out.push(outside)
    rest = clipRing(rest, plane)
    if (rest.length === 0) break
  }
  return out
}

/** Whether the corner turns so that the inside there is more than a half turn. */
export function isReflex(ring: PlanRing, corner: number): boolean {
  const count = ring.length / 2
  const a = 2 * ((corner + count - 1) % count)
  const b = 2 * corner
  const c = 2 * ((corner + 1) % count)
  const ux = ring[b]! - ring[a]!
  const uy = ring[b + 1]! - ring[a + 1]!
  const vx = ring[c]! - ring[b]!
  const vy = ring[c + 1]! - ring[b + 1]!
  // Rounding must not turn a straight corner into a reflex one: harmless for the shape, costly for the partition.
  return ux * vy - uy * vx < -1e-12 * Math.hypot(ux, uy) * Math.hypot(vx, vy)
}
