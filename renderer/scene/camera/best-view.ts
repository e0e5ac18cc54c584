import type { Vec3 } from '#shared/twin/asset.ts'
import { along, dot, poseBasis } from './pose.ts'

/** How many things stand between a point and an eye (view frame), the two sides of the spot not counted. */
export type Occlusion = (from: Vec3, to: Vec3) => number

const DEGREE = Math.PI / 180
const BEARINGS = 16
const ELEVATIONS = [28, 42, 58] as const
/** What counts against a view: each thing in the way, looking along the pipe, and turning the camera needlessly. */
const COST = { blocker: 3, alongPipe: 2.2, turn: 0.5, steep: 0.25 } as const

/**
 * The direction from which a spot can be seen: free of other assets, not along the pipe, near the present bearing.
 * Ties go to the first candidate, so the same spot is always seen the same way from the same place.
 */
export function bestView(at: Vec3, alongPipe: Vec3, radiusM: number, presentAzimuth: number, occlusion: Occlusion): { azimuth: number; elevation: number } {
  let best = { azimuth: presentAzimuth, elevation: ELEVATIONS[1] * DEGREE }
  let least = Infinity
  ELEVATIONS.forEach((degrees, e) => {
    const elevation = degrees * DEGREE
    for (let i = 0; i < BEARINGS; i++) {
      const turn = (2 * Math.PI * i) / BEARINGS
      const { back } = poseBasis(presentAzimuth + turn, elevation)
      const cost =
        COST.blocker * Math.min(4, occlusion(at, along(at, back, Math.max(8, 4 * radiusM)))) +
        COST.alongPipe * Math.abs(dot(back, alongPipe)) ** 2 +
        COST.turn * (Math.min(turn, 2 * Math.PI - turn) / Math.PI) +
        COST.steep * e
      if (cost < least - 1e-9) {
        least = cost
        best = { azimuth: presentAzimuth + turn, elevation }
      }
    }
  })
  return best
}
