import type { Vec3 } from '#shared/twin/asset.ts'
import type { PointerSample } from '../input/pointer-sample.ts'
import type { CameraRig } from './camera-rig.ts'
import { along, distanceBetween, eyeOf, meetLevel, meetPlane, minus, poseBasis, rayThrough, type CameraPose } from './pose.ts'

/** Radians per picture height dragged. */
const ORBIT_SPEED = 3.2
const ZOOM_PER_NOTCH = 1.22
/** Below this elevation a level plane is too oblique to drag along. */
const LEVEL_DRAG_ELEVATION = 0.3
const KEY_TURN = 0.13
const KEY_PAN_SHARE = 0.08

/** What is under a place of the picture, view frame; null for nothing. */
export type Probe = (sample: PointerSample) => Vec3 | null

/** Orbit, pan and zoom about what is under the cursor. */
export class CameraGestures {
  private readonly rig: CameraRig
  private readonly probe: Probe
  private start: { sample: PointerSample; pose: CameraPose; at: Vec3 } | null = null
  /** Point a run of wheel steps zooms about: looked up once, so that a long zoom does not drift. */
  private zoomPoint: { at: Vec3; pxX: number; pxY: number } | null = null

  constructor(rig: CameraRig, probe: Probe) {
    this.rig = rig
    this.probe = probe
  }

  begin(sample: PointerSample): void {
    this.zoomPoint = null
    this.start = { sample, pose: this.rig.pose, at: this.under(sample) }
  }

  orbit(sample: PointerSample): void {
    if (!this.start) return
    const { pose, at } = this.start
    this.rig.place(pose)
    const turn = ((sample.x - this.start.sample.x) / 2) * this.rig.lens.aspect * ORBIT_SPEED
    const tilt = (-(sample.y - this.start.sample.y) / 2) * ORBIT_SPEED
    this.rig.orbit(at, turn, tilt)
  }

  pan(sample: PointerSample): void {
    if (!this.start) return
    const { pose, at } = this.start
    const ray = rayThrough(pose, this.rig.lens, sample.x, sample.y)
    const level = Math.abs(pose.elevation) > LEVEL_DRAG_ELEVATION ? meetLevel(ray, at[2]) : null
    const reach = 6 * distanceBetween(eyeOf(pose), at)
    const there = level && distanceBetween(eyeOf(pose), level) < reach ? level : meetPlane(ray, at, poseBasis(pose.azimuth, pose.elevation).back)
    if (!there) return
    this.rig.place(pose)
    this.rig.pan(minus(at, there))
  }

  zoom(sample: PointerSample, notches: number): void {
    const last = this.zoomPoint
    if (!last || Math.hypot(last.pxX - sample.pxX, last.pxY - sample.pxY) > 3) this.zoomPoint = { at: this.under(sample), pxX: sample.pxX, pxY: sample.pxY }
    this.rig.zoom(this.zoomPoint!.at, ZOOM_PER_NOTCH ** notches)
  }

  /** Arrow keys pan, with Shift they turn and tilt; plus and minus zoom. @returns whether the key was one of these. */
  key(key: string, shift: boolean): boolean {
    const step: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
    const arrow = step[key]
    if (arrow) {
      const [x, y] = arrow
      this.rig.nudge(pose => (shift ? turned(pose, x, y) : moved(pose, x, y)))
      return true
    }
    if (key !== '+' && key !== '=' && key !== '-') return false
    this.rig.nudge(pose => ({ ...pose, distance: pose.distance * (key === '-' ? ZOOM_PER_NOTCH : 1 / ZOOM_PER_NOTCH) }))
    return true
  }

  private under(sample: PointerSample): Vec3 {
    const { pose, lens } = this.rig
    return this.probe(sample) ?? along(eyeOf(pose), rayThrough(pose, lens, sample.x, sample.y).direction, pose.distance)
  }
}

const turned = (pose: CameraPose, x: number, y: number): CameraPose => ({ ...pose, azimuth: pose.azimuth + KEY_TURN * x, elevation: pose.elevation + KEY_TURN * y })

function moved(pose: CameraPose, x: number, y: number): CameraPose {
  const [s, c] = [Math.sin(pose.azimuth), Math.cos(pose.azimuth)]
  const step = KEY_PAN_SHARE * pose.distance
  return { ...pose, target: [pose.target[0] + step * (x * c + y * s), pose.target[1] + step * (y * c - x * s), pose.target[2]] }
}
