/**
 * What a vertical plane shows of straight parts: true shapes (design §5: a circle is a cylinder about the axis, a rectangle
 * a vertical section of half-width × half-height swept along it). Plane coordinates: u metres along the plane's plan
 * direction from its origin, z level. Any local frame.
 */

/** A vertical plane through (x, y); (dirX, dirY) is a unit vector in plan. */
export interface VerticalPlane {
  readonly x: number
  readonly y: number
  readonly dirX: number
  readonly dirY: number
}

/** One straight part of an axis with its outer section; a circle has equal half-sizes. */
export interface SolidPart {
  readonly ax: number
  readonly ay: number
  readonly az: number
  readonly bx: number
  readonly by: number
  readonly bz: number
  readonly isCircle: boolean
  readonly halfWidthM: number
  readonly halfHeightM: number
}

export interface CutShape {
  /** The axis where it meets the plane (of a part along the plane: the middle of what is seen). */
  readonly u: number
  readonly z: number
  /** Where on the part, 0 … 1. */
  readonly share: number
  /** Outline, [u, z] corners; a circle's ellipse as a polygon. */
  readonly outline: readonly (readonly [number, number])[]
  readonly minU: number
  readonly maxU: number
  /** True where the part runs along the plane: seen from the side, not cut across. */
  readonly isAlong: boolean
}

const CORNERS = 48
/** A part within about six degrees of the plane is shown from the side: cut across it would be a streak without end. */
const ALONG_SINE = 0.1

/**
 * The part of a solid that the plane shows, or null where they do not meet. The part's start belongs to it, its end only
 * where `withEnd` (the last of an asset), so that an axis is cut once at its vertices.
 */
export function cutPart(plane: VerticalPlane, part: SolidPart, withEnd: boolean): CutShape | null {
  const [dx, dy, dz] = [part.bx - part.ax, part.by - part.ay, part.bz - part.az]
  const planM = Math.hypot(dx, dy)
  const offA = across(plane, part.ax, part.ay)
  const offB = across(plane, part.bx, part.by)
  if (planM < 1e-6 || Math.abs(offB - offA) < ALONG_SINE * planM) return seenAlong(plane, part, offA, offB)
  const share = offA / (offA - offB)
  if (!(share >= 0 && (share < 1 || (withEnd && share <= 1)))) return null
  const u = along(plane, part.ax + share * dx, part.ay + share * dy)
  const z = part.az + share * dz
  return finish(u, z, share, part.isCircle ? ellipse(plane, part, u, z, dx, dy, dz) : slab(plane, part, u, z, dx / planM, dy / planM, dz / planM), false)
}

const along = (plane: VerticalPlane, x: number, y: number): number => (x - plane.x) * plane.dirX + (y - plane.y) * plane.dirY
const across = (plane: VerticalPlane, x: number, y: number): number => (y - plane.y) * plane.dirX - (x - plane.x) * plane.dirY

/**
 * A cylinder about the unit axis a, cut: |q|² − (q·a)² = R² for q in the plane, an ellipse with its long half-axis
 * R / |a·n| along the axis's image in the plane and R across it.
 */
function ellipse(plane: VerticalPlane, part: SolidPart, u: number, z: number, dx: number, dy: number, dz: number): [number, number][] {
  const length = Math.hypot(dx, dy, dz)
  const imageU = (dx * plane.dirX + dy * plane.dirY) / length
  const imageZ = dz / length
  const image = Math.hypot(imageU, imageZ)
  const [eu, ez] = image < 1e-12 ? [1, 0] : [imageU / image, imageZ / image]
  const long = part.halfWidthM / Math.sqrt(1 - image * image)
  return Array.from({ length: CORNERS }, (_, k): [number, number] => {
    const [c, s] = [long * Math.cos((2 * Math.PI * k) / CORNERS), part.halfWidthM * Math.sin((2 * Math.PI * k) / CORNERS)]
    return [u + c * eu - s * ez, z + c * ez + s * eu]
  })
}

/** A swept rectangle, cut: its sides stay plumb, it widens by the angle, top and bottom rise with the axis. */
function slab(plane: VerticalPlane, part: SolidPart, u: number, z: number, hx: number, hy: number, slope: number): [number, number][] {
  const halfU = part.halfWidthM / Math.abs(hy * plane.dirX - hx * plane.dirY)
  const rise = slope * (hx * plane.dirX + hy * plane.dirY) * halfU
  const h = part.halfHeightM
  return [[u - halfU, z - rise - h], [u + halfU, z + rise - h], [u + halfU, z + rise + h], [u - halfU, z - rise + h]]
}

/** Risers, and parts that run along the plane within their own half-width of it. */
function seenAlong(plane: VerticalPlane, part: SolidPart, offA: number, offB: number): CutShape | null {
  const off = offA * offB < 0 ? 0 : Math.min(Math.abs(offA), Math.abs(offB))
  if (off >= part.halfWidthM) return null
  const [uA, uB] = [along(plane, part.ax, part.ay), along(plane, part.bx, part.by)]
  const isRiser = Math.hypot(part.bx - part.ax, part.by - part.ay) < 1e-6
  const half = part.isCircle ? Math.sqrt(part.halfWidthM ** 2 - off * off) : part.halfWidthM
  const h = part.isCircle ? half : part.halfHeightM
  const [low, high] = [Math.min(part.az, part.bz), Math.max(part.az, part.bz)]
  const outline: [number, number][] = isRiser
    ? [[uA - half, low], [uA + half, low], [uA + half, high], [uA - half, high]]
    : [[uA, part.az - h], [uB, part.bz - h], [uB, part.bz + h], [uA, part.az + h]]
  return finish((uA + uB) / 2, (part.az + part.bz) / 2, 0.5, outline, true)
}

function finish(u: number, z: number, share: number, outline: readonly (readonly [number, number])[], isAlong: boolean): CutShape {
  const us = outline.map(corner => corner[0])
  return { u, z, share, outline, minU: Math.min(...us), maxU: Math.max(...us), isAlong }
}
