import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { Column } from './column.ts'
import { convexDistance, newNearest, type Core, type Nearest } from './convex-distance.ts'
import { intervalAbovePlane, planIntervalIn, type Interval } from './intervals.ts'
import type { PlanBox } from '../geometry/plan-box.ts'

/** One straight piece of an asset with its outer section. Local frame, metres. */
export interface AssetPiece {
  readonly a: Vec3
  readonly b: Vec3
  readonly lengthM: number
  /** Half-width and half-height; the radius twice for a circle. */
  readonly halfWidthM: number
  readonly halfHeightM: number
  /** Distance from the core at which the outer surface is: the radius; 0 for a rectangle, whose core has its size. */
  readonly skinM: number
  readonly core: Core
}

export function assetPiece(columns: AssetColumns, asset: number, v: number): AssetPiece {
  const { xyz } = columns
  const a: Vec3 = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
  const b: Vec3 = [xyz[3 * v + 3]!, xyz[3 * v + 4]!, xyz[3 * v + 5]!]
  const isBox = columns.shape[asset] === 1
  const halfWidthM = columns.halfWidthM[asset]!
  const halfHeightM = columns.halfHeightM[asset]!
  const points = new Float64Array(isBox ? 16 : 8)
  const put = (k: number, [x, y, z]: Vec3, upM: number, t: number): void => {
    points[k] = x
    points[k + 1] = y
    points[k + 2] = z + upM
    points[k + 3] = t
  }
  if (isBox) {
    put(0, a, -halfHeightM, 0)
    put(4, a, halfHeightM, 0)
    put(8, b, -halfHeightM, 1)
    put(12, b, halfHeightM, 1)
  } else {
    put(0, a, 0, 0)
    put(4, b, 0, 1)
  }
  return {
    a, b, lengthM: Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]), halfWidthM, halfHeightM,
    skinM: isBox ? 0 : halfWidthM, core: { points, discM: isBox ? halfWidthM : 0 },
  }
}

export const pointOn = ({ a, b }: AssetPiece, t: number): Vec3 => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])]

/** Plan box of the axis between two parameters, widened. */
export function pieceBox(piece: AssetPiece, [from, to]: Interval, by: number): PlanBox {
  const [p, q] = [pointOn(piece, from), pointOn(piece, to)]
  return { minX: Math.min(p[0], q[0]) - by, minY: Math.min(p[1], q[1]) - by, maxX: Math.max(p[0], q[0]) + by, maxY: Math.max(p[1], q[1]) + by }
}

export const WHOLE: Interval = [0, 1]

/** Surfaces nearer than this meet. */
export const TOUCH_M = 1e-6

/** What a piece has to do with a set of convex bodies. */
export interface Contact {
  /** From the outer surface; 0 where it meets. */
  clearanceM: number
  readonly nearest: Nearest
  /** Parts of the axis whose section meets a body; may overlap. */
  readonly meets: Interval[]
}

const found = newNearest()

export function contactWith(bodies: readonly Column[], piece: AssetPiece): Contact {
  const contact: Contact = { clearanceM: Infinity, nearest: newNearest(), meets: [] }
  for (const body of bodies) {
    const bound = boxGap(piece, body)
    if (bound > TOUCH_M && bound >= contact.clearanceM) continue
    const clearance = convexDistance(piece.core, body.corners, found, Math.max(contact.clearanceM, TOUCH_M) + piece.skinM) - piece.skinM
    if (clearance < contact.clearanceM) {
      contact.clearanceM = clearance
      Object.assign(contact.nearest, found)
    }
    if (clearance <= TOUCH_M) contact.meets.push(meetingInterval(piece, body, found.t))
  }
  contact.clearanceM = contact.clearanceM <= TOUCH_M ? 0 : contact.clearanceM
  return contact
}

/** No point of the outer surface is nearer to the body than this. */
function boxGap({ a, b, halfWidthM, halfHeightM }: AssetPiece, { box, minZ, maxZ }: Column): number {
  const dx = Math.max(0, box.minX - Math.max(a[0], b[0]) - halfWidthM, Math.min(a[0], b[0]) - halfWidthM - box.maxX)
  const dy = Math.max(0, box.minY - Math.max(a[1], b[1]) - halfWidthM, Math.min(a[1], b[1]) - halfWidthM - box.maxY)
  const dz = Math.max(0, minZ - Math.max(a[2], b[2]) - halfHeightM, Math.min(a[2], b[2]) - halfHeightM - maxZ)
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/** No point of the outer surface is nearer to any of the bodies than this. */
export function clearanceBound(bodies: readonly Column[], piece: AssetPiece): number {
  let least = Infinity
  for (const body of bodies) least = Math.min(least, boxGap(piece, body))
  return least
}

const section = { points: new Float64Array(8), discM: 0 }
const oneSection = { points: new Float64Array(4), discM: 0 }
const sectionNearest = newNearest()

function setPoint(points: Float64Array, at: number, x: number, y: number, z: number, t: number): void {
  points[at] = x
  points[at + 1] = y
  points[at + 2] = z
  points[at + 3] = t
}

/** Distance of the outer section at one point of the axis to a body, ≤ 0 only for circles that reach in. */
function sectionClearance(piece: AssetPiece, body: Column, t: number): number {
  const [x, y, z] = pointOn(piece, t)
  if (piece.core.discM === 0) {
    setPoint(oneSection.points, 0, x, y, z, t)
    return convexDistance(oneSection, body.corners, sectionNearest) - piece.skinM
  }
  setPoint(section.points, 0, x, y, z - piece.halfHeightM, t)
  setPoint(section.points, 4, x, y, z + piece.halfHeightM, t)
  section.discM = piece.core.discM
  return convexDistance(section, body.corners, sectionNearest)
}

/** The part of the axis whose section meets a body: an interval, since the distance to a convex body is convex along a line. */
function meetingInterval(piece: AssetPiece, body: Column, inside: number): Interval {
  const [from, to] = nearBox(piece, body)
  return [meetingEnd(piece, body, Math.min(from, inside), inside), meetingEnd(piece, body, Math.max(to, inside), inside)]
}

/** The part of the axis whose section may meet the body's plan box. */
function nearBox({ a, b, halfWidthM }: AssetPiece, { box }: Column): Interval {
  const reachM = halfWidthM + 2 * TOUCH_M
  let [from, to] = [0, 1]
  const cut = (at0: number, at1: number) => {
    if (at0 < 0 && at1 >= 0) from = Math.max(from, at0 / (at0 - at1))
    else if (at0 >= 0 && at1 < 0) to = Math.min(to, at0 / (at0 - at1))
  }
  cut(a[0] - box.minX + reachM, b[0] - box.minX + reachM)
  cut(box.maxX + reachM - a[0], box.maxX + reachM - b[0])
  cut(a[1] - box.minY + reachM, b[1] - box.minY + reachM)
  cut(box.maxY + reachM - a[1], box.maxY + reachM - b[1])
  return [from, to]
}

const MAX_STEPS = 60
/** A step along the axis this short, metres, ends the search. */
const LEAST_STEP_M = 1e-9

/**
 * Where the section stops meeting the body on the way from `inside` to an end of the piece.
 * @source Newton's method: the distance is convex along the axis, so that from outside the zero of its tangent never
 *   lies beyond the end that is sought. Its slope is the axis along the way between the nearest points.
 */
function meetingEnd(piece: AssetPiece, body: Column, end: number, inside: number): number {
  const { a, b, lengthM } = piece
  let [outer, inner] = [end, inside]
  let t = end
  for (let step = 0; step < MAX_STEPS && Math.abs(outer - inner) * lengthM > LEAST_STEP_M; step++) {
    const beyondM = sectionClearance(piece, body, t) - TOUCH_M
    if (beyondM <= 0) {
      if (t === end) return end
      inner = t
      t = (outer + inner) / 2
      continue
    }
    outer = t
    const { wayX, wayY, wayZ, distanceM } = sectionNearest
    const slope = (wayX * (b[0] - a[0]) + wayY * (b[1] - a[1]) + wayZ * (b[2] - a[2])) / distanceM
    const next = t - beyondM / slope
    if (Math.abs(next - t) * lengthM <= LEAST_STEP_M) return next
    // Where it only grazes there is hardly a slope.
    t = (next - outer) * (next - inner) < 0 ? next : (outer + inner) / 2
  }
  return outer
}

/** Parts of the axis inside the bodies, as if the ground reached over everything; may overlap. */
export function insideIntervals(bodies: readonly Column[], { a, b }: AssetPiece): Interval[] {
  const out: Interval[] = []
  const [minX, maxX, minY, maxY] = [Math.min(a[0], b[0]), Math.max(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[1], b[1])]
  for (const { ring, floor, box } of bodies) {
    if (box.minX > maxX || box.maxX < minX || box.minY > maxY || box.maxY < minY) continue
    const over = planIntervalIn(ring, a, b)
    const inside = over && intervalAbovePlane(floor, a, b, over)
    if (inside) out.push(inside)
  }
  return out
}
