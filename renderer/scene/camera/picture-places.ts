import { eyeOf, poseBasis, type CameraPose, type Lens } from './pose.ts'

/**
 * Where points are in the picture, many of them in every frame: what one camera gives is worked out once, and a frame of a
 * turning camera allocates nothing however many points there are. The same places as `projectPoint`.
 */
export class PicturePlaces {
  /** Pixels from the left top of the picture; NaN where the point is behind the eye. */
  readonly x: Float64Array
  readonly y: Float64Array
  private readonly points: Float64Array

  /** @param points View frame, [x, y, z, …]. */
  constructor(points: Float64Array) {
    this.points = points
    this.x = new Float64Array(points.length / 3)
    this.y = new Float64Array(points.length / 3)
  }

  /** @param heightScale How much taller heights are drawn. */
  look(pose: CameraPose, lens: Lens, heightScale: number, widthPx: number, heightPx: number): void {
    const { points, x, y } = this
    const { right, up, back } = poseBasis(pose.azimuth, pose.elevation)
    const [rightX, rightY, rightZ] = right
    const [upX, upY, upZ] = up
    const [backX, backY, backZ] = back
    const [eyeX, eyeY, eyeZ] = eyeOf(pose)
    const half = Math.tan(lens.fieldOfView / 2)
    for (let i = 0; i < x.length; i++) {
      const dx = points[3 * i]! - eyeX
      const dy = points[3 * i + 1]! - eyeY
      const dz = points[3 * i + 2]! * heightScale - eyeZ
      const depth = -(dx * backX + dy * backY + dz * backZ)
      const isBefore = depth >= 1e-3
      x[i] = isBefore ? ((1 + (dx * rightX + dy * rightY + dz * rightZ) / (depth * half * lens.aspect)) / 2) * widthPx : NaN
      y[i] = isBefore ? ((1 - (dx * upX + dy * upY + dz * upZ) / (depth * half)) / 2) * heightPx : NaN
    }
  }
}
