import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Vec3 } from '../twin/asset.ts'
import type { Column } from './column.ts'
import { convexDistance, copyNearest, newNearest, type Core, type Nearest } from './convex-distance.ts'
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
  const piece = new PieceSlot()
  piece.take(columns, asset, v)
  return piece
}

/** A place for a piece, to be filled again and again: a cut looks at hundreds of them. */
export class PieceSlot implements AssetPiece {
  readonly a: [number, number, number] = [0.5, 0.5, 0.5]
  readonly b: [number, number, number] = [0.5, 0.5, 0.5]
  // Figures begin as fractions: V8 then keeps them as doubles and allocates for none.
  lengthM = 0.5
  halfWidthM = 0.5
  halfHeightM = 0.5
  skinM = 0.5
  core: Core = NO_CORE
  #circle: PointsOfCore | null = null
  #box: PointsOfCore | null = null

  take({ xyz, shape, halfWidthM, halfHeightM }: AssetColumns, asset: number, v: number): void {
    const { a, b } = this
    for (let k = 0; k < 3; k++) {
      a[k] = xyz[3 * v + k]!
      b[k] = xyz[3 * v + 3 + k]!
    }
    const width = (this.halfWidthM = halfWidthM[asset]!)
    const height = (this.halfHeightM = halfHeightM[asset]!)
    const isBox = shape[asset] === 1
    this.lengthM = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2])
    this.skinM = isBox ? 0 : width
    this.core = isBox ? this.#takeBox(width, height) : this.#takeCircle()
  }

  #takeCircle(): Core {
    const core = (this.#circle ??= { points: new Float64Array(8), discM: 0 })
    setPoint(core.points, 0, this.a[0], this.a[1], this.a[2], 0)
    setPoint(core.points, 4, this.b[0], this.b[1], this.b[2], 1)
    return core
  }

  #takeBox(halfWidthM: number, halfHeightM: number): Core {
    const { a, b } = this
    const core = (this.#box ??= { points: new Float64Array(16), discM: 0.5 })
    core.discM = halfWidthM
    setPoint(core.points, 0, a[0], a[1], a[2] - halfHeightM, 0)
    setPoint(core.points, 4, a[0], a[1], a[2] + halfHeightM, 0)
    setPoint(core.points, 8, b[0], b[1], b[2] - halfHeightM, 1)
    setPoint(core.points, 12, b[0], b[1], b[2] + halfHeightM, 1)
    return core
  }
}

type PointsOfCore = { -readonly [K in keyof Core]: Core[K] }

const NO_CORE: Core = { points: new Float64Array(0), discM: 0 }

export const pointOn = ({ a, b }: AssetPiece, t: number): Vec3 => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])]

/** Plan box of the axis between two parameters, widened. */
export function pieceBox({ a, b }: AssetPiece, [from, to]: Interval, by: number): PlanBox {
  const x0 = a[0] + from * (b[0] - a[0])
  const y0 = a[1] + from * (b[1] - a[1])
  const x1 = a[0] + to * (b[0] - a[0])
  const y1 = a[1] + to * (b[1] - a[1])
  return { minX: Math.min(x0, x1) - by, minY: Math.min(y0, y1) - by, maxX: Math.max(x0, x1) + by, maxY: Math.max(y0, y1) + by }
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
      copyNearest(found, contact.nearest)
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
  const { a, b } = piece
  const x = a[0] + t * (b[0] - a[0])
  const y = a[1] + t * (b[1] - a[1])
  const z = a[2] + t * (b[2] - a[2])
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
  span[0] = 0
  span[1] = 1
  cutSpan(a[0] - box.minX + reachM, b[0] - box.minX + reachM)
  cutSpan(box.maxX + reachM - a[0], box.maxX + reachM - b[0])
  cutSpan(a[1] - box.minY + reachM, b[1] - box.minY + reachM)
  cutSpan(box.maxY + reachM - a[1], box.maxY + reachM - b[1])
  return [span[0], span[1]]
}

const span = new Float64Array(2)

/** Cuts the span to where a figure that is straight along the piece is not below 0. */
function cutSpan(at0: number, at1: number): void {
  if (at0 < 0 && at1 >= 0) span[0] = Math.max(span[0]!, at0 / (at0 - at1))
  else if (at0 >= 0 && at1 < 0) span[1] = Math.min(span[1]!, at0 / (at0 - at1))
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
  const minX = Math.min(a[0], b[0])
  const maxX = Math.max(a[0], b[0])
  const minY = Math.min(a[1], b[1])
  const maxY = Math.max(a[1], b[1])
  for (const { ring, floor, box } of bodies) {
    if (box.minX > maxX || box.maxX < minX || box.minY > maxY || box.maxY < minY) continue
    const over = planIntervalIn(ring, a, b)
    const inside = over && intervalAbovePlane(floor, a, b, over)
    if (inside) out.push(inside)
  }
  return out
}
