import type { Vec3 } from '#shared/twin/asset.ts'

/**
 * Where the camera is and looks, z always up. View frame, metres, radians.
 * Azimuth is the compass bearing looked along (0 north, π/2 east); elevation is how high above the target the eye is
 * (negative: from below the ground).
 */
export interface CameraPose {
  readonly target: Vec3
  readonly distance: number
  readonly azimuth: number
  readonly elevation: number
}

/** Straight down is kept a hair away from vertical, where no bearing would be left. */
const STEEPEST = (89.9 * Math.PI) / 180
const NEAREST_M = 0.4
const FARTHEST_M = 60_000

export interface CameraBasis {
  readonly right: Vec3
  readonly up: Vec3
  /** From the target towards the eye. */
  readonly back: Vec3
}

export function poseBasis(azimuth: number, elevation: number): CameraBasis {
  const [sa, ca, se, ce] = [Math.sin(azimuth), Math.cos(azimuth), Math.sin(elevation), Math.cos(elevation)]
  return { right: [ca, -sa, 0], up: [se * sa, se * ca, ce], back: [-ce * sa, -ce * ca, se] }
}

export function eyeOf(pose: CameraPose): Vec3 {
  const { back } = poseBasis(pose.azimuth, pose.elevation)
  return along(pose.target, back, pose.distance)
}

export const clampPose = (pose: CameraPose): CameraPose => ({
  ...pose,
  elevation: Math.min(STEEPEST, Math.max(-STEEPEST, pose.elevation)),
  distance: Math.min(FARTHEST_M, Math.max(NEAREST_M, pose.distance)),
})

/** Turns eye and target about a pivot, which stays where it is in the picture. */
export function orbitAround(pose: CameraPose, pivot: Vec3, turn: number, tilt: number): CameraPose {
  const turned = clampPose({ ...pose, azimuth: pose.azimuth + turn, elevation: pose.elevation + tilt })
  const from = poseBasis(pose.azimuth, pose.elevation)
  const to = poseBasis(turned.azimuth, turned.elevation)
  const arm = minus(eyeOf(pose), pivot)
  const [r, u, b] = [dot(arm, from.right), dot(arm, from.up), dot(arm, from.back)]
  const eye = along(along(along(pivot, to.right, r), to.up, u), to.back, b)
  return { ...turned, target: along(eye, to.back, -pose.distance) }
}

/** Moves towards (factor < 1) or away from a point, which stays under the cursor. */
export function zoomAt(pose: CameraPose, point: Vec3, factor: number): CameraPose {
  const distance = clampPose({ ...pose, distance: pose.distance * factor }).distance
  const k = distance / pose.distance
  return { ...pose, distance, target: along(point, minus(pose.target, point), k) }
}

export const panBy = (pose: CameraPose, shift: Vec3): CameraPose => ({ ...pose, target: along(pose.target, shift, 1) })

export interface Lens {
  /** Vertical field of view, radians. */
  readonly fieldOfView: number
  /** Width / height. */
  readonly aspect: number
}

export interface Ray {
  readonly origin: Vec3
  /** Unit length. */
  readonly direction: Vec3
}

/** Ray through a place of the picture: x, y from −1 to 1, right and up. */
export function rayThrough(pose: CameraPose, lens: Lens, x: number, y: number): Ray {
  const { right, up, back } = poseBasis(pose.azimuth, pose.elevation)
  const half = Math.tan(lens.fieldOfView / 2)
  return { origin: eyeOf(pose), direction: unit(along(along(minus([0, 0, 0], back), right, x * half * lens.aspect), up, y * half)) }
}

/** Where a point is in the picture (−1 … 1), and its depth along the view; null behind the eye. */
export function projectPoint(pose: CameraPose, lens: Lens, point: Vec3): { readonly x: number; readonly y: number; readonly depth: number } | null {
  const { right, up, back } = poseBasis(pose.azimuth, pose.elevation)
  const arm = minus(point, eyeOf(pose))
  const depth = -dot(arm, back)
  if (depth < 1e-3) return null
  const half = Math.tan(lens.fieldOfView / 2)
  return { x: dot(arm, right) / (depth * half * lens.aspect), y: dot(arm, up) / (depth * half), depth }
}

/** Where a ray meets a level, or a plane square to the view through a point; null where it does not, or behind. */
export function meetLevel(ray: Ray, z: number): Vec3 | null {
  const t = (z - ray.origin[2]) / ray.direction[2]
  return Number.isFinite(t) && t > 0 ? along(ray.origin, ray.direction, t) : null
}

export function meetPlane(ray: Ray, point: Vec3, normal: Vec3): Vec3 | null {
  const t = dot(minus(point, ray.origin), normal) / dot(ray.direction, normal)
  return Number.isFinite(t) && t > 0 ? along(ray.origin, ray.direction, t) : null
}

export const along = (from: Vec3, direction: Vec3, k: number): Vec3 => [from[0] + k * direction[0], from[1] + k * direction[1], from[2] + k * direction[2]]
export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const distanceBetween = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
export function unit(v: Vec3): Vec3 {
  const length = Math.hypot(...v) || 1
  return [v[0] / length, v[1] / length, v[2] / length]
}
