import { clampPose, orbitAround, panBy, projectPoint, rayThrough, unit, zoomAt, type CameraPose, type Lens, type Ray } from './pose.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** Time constant of the follow after wheel and keys, and length of an ordered flight; seconds. */
const FOLLOW_S = 0.07
const FLIGHT_S = 0.7
const FIRST_FRAME_S = 1 / 60

/**
 * Moves the camera: gestures change the goal, the pose follows; orders fly there. Knows nothing of three or React.
 * Frames are asked for only while something moves.
 *
 * Poses and pivots are in the picture's frame: the view frame with heights stretched about its zero (`heightScale`). What is
 * measured, picked and drawn stays in the view frame itself; `shown`, `real`, `project` and `ray` lead between the two.
 */
export class CameraRig {
  pose: CameraPose
  lens: Lens = { fieldOfView: (42 * Math.PI) / 180, aspect: 1.6 }
  /** Size of the picture; nobody has to measure the page in a frame. */
  widthPx = 0
  heightPx = 0
  /** Asks for a frame; set by whoever draws. */
  requestFrame: () => void = () => undefined
  /** The user's system asks for no motion. */
  isMotionReduced: () => boolean = () => false
  /** How much taller heights are drawn than they are. */
  heightScale = 1
  private goal: CameraPose
  private isResting = true
  private flight: { from: CameraPose; to: CameraPose; elapsed: number } | null = null

  constructor(pose: CameraPose) {
    this.pose = this.goal = clampPose(pose)
  }

  /** Where the camera is going: gestures build on it, so that quick steps add up. */
  get heading(): CameraPose {
    return this.flight?.to ?? this.goal
  }

  /** Stretches heights; what is looked at stays in the middle. */
  stretch(heightScale: number): void {
    const stretched = (pose: CameraPose): CameraPose => ({ ...pose, target: [pose.target[0], pose.target[1], (pose.target[2] * heightScale) / this.heightScale] })
    if (heightScale === this.heightScale) return
    this.flight = null
    this.pose = this.goal = stretched(this.goal)
    this.heightScale = heightScale
    this.requestFrame()
  }

  /** A point of the view frame as it stands in the picture, and back. */
  shown([x, y, z]: Vec3): Vec3 {
    return [x, y, z * this.heightScale]
  }

  real([x, y, z]: Vec3): Vec3 {
    return [x, y, z / this.heightScale]
  }

  /** Where a point of the view frame is in the picture. */
  project(point: Vec3): ReturnType<typeof projectPoint> {
    return projectPoint(this.pose, this.lens, this.shown(point))
  }

  /** The line of sight through a place of the picture, view frame, true to scale. */
  ray(x: number, y: number): Ray {
    const { origin, direction } = rayThrough(this.pose, this.lens, x, y)
    return { origin: this.real(origin), direction: unit(this.real(direction)) }
  }

  orbit(pivot: Vec3, turn: number, tilt: number): void {
    this.place(orbitAround(this.pose, pivot, turn, tilt))
  }

  pan(shift: Vec3): void {
    this.place(panBy(this.pose, shift))
  }

  zoom(point: Vec3, factor: number): void {
    this.flight = null
    this.goal = zoomAt(this.goal, point, factor)
    if (this.isMotionReduced()) this.pose = this.goal
    this.requestFrame()
  }

  /** Turn, tilt and shift by keys: followed softly. */
  nudge(change: (pose: CameraPose) => CameraPose): void {
    this.flight = null
    this.goal = clampPose(change(this.goal))
    if (this.isMotionReduced()) this.pose = this.goal
    this.requestFrame()
  }

  /** At once, without motion: for gestures that hold a point under the cursor. */
  place(pose: CameraPose): void {
    this.flight = null
    this.pose = this.goal = clampPose(pose)
    this.requestFrame()
  }

  flyTo(pose: CameraPose): void {
    const to = clampPose(pose)
    if (this.isMotionReduced()) return this.place(to)
    this.flight = { from: this.pose, to, elapsed: 0 }
    this.requestFrame()
  }

  /** Advances by a frame's time. @returns true while still moving. */
  step(seconds: number): boolean {
    // The first frame after a rest comes with the time of the rest.
    const elapsed = this.isResting ? FIRST_FRAME_S : seconds
    this.isResting = false
    const moving = this.advance(elapsed)
    if (!moving) this.isResting = true
    return moving
  }

  private advance(seconds: number): boolean {
    if (this.flight) {
      this.flight.elapsed += seconds
      const k = Math.min(1, this.flight.elapsed / FLIGHT_S)
      this.pose = this.goal = between(this.flight.from, this.flight.to, k * k * (3 - 2 * k))
      if (k === 1) this.flight = null
      return this.flight !== null
    }
    if (this.pose === this.goal) return false
    const k = 1 - Math.exp(-seconds / FOLLOW_S)
    const next = between(this.pose, this.goal, k)
    this.pose = isThere(next, this.goal) ? this.goal : next
    return this.pose !== this.goal
  }
}

/** Between two poses: the short way round, distances by ratio, so that a flight keeps its pace. */
function between(a: CameraPose, b: CameraPose, k: number): CameraPose {
  const turn = Math.atan2(Math.sin(b.azimuth - a.azimuth), Math.cos(b.azimuth - a.azimuth))
  const distance = a.distance * (b.distance / a.distance) ** k
  // The target moves with the distance, not with time: while zooming about a point, that point then stays put.
  const share = Math.abs(b.distance - a.distance) > 1e-6 * a.distance ? (distance - a.distance) / (b.distance - a.distance) : k
  return {
    target: [0, 1, 2].map(c => a.target[c]! + share * (b.target[c]! - a.target[c]!)) as unknown as Vec3,
    distance,
    azimuth: a.azimuth + k * turn,
    elevation: a.elevation + k * (b.elevation - a.elevation),
  }
}

const isThere = (a: CameraPose, b: CameraPose): boolean =>
  Math.abs(a.distance / b.distance - 1) < 1e-4 && Math.abs(a.elevation - b.elevation) < 1e-4 &&
  Math.abs(Math.sin(a.azimuth - b.azimuth)) < 1e-4 && [0, 1, 2].every(c => Math.abs(a.target[c]! - b.target[c]!) < 1e-4 * b.distance)
