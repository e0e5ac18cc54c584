import type { Vec3 } from '#shared/twin/asset.ts'
import type { SceneModel } from '../scene-model.ts'
import { localToView } from '../scene-frame.ts'
import { fitBox } from './camera-orders.ts'
import { clampPose, type CameraPose, type Lens } from './pose.ts'

const DEGREE = Math.PI / 180
const CLOSEST_M = 170
/** Bearings tried for the slope; the view looks uphill, so that the city rises behind its crossings. */
const BEARINGS = 12
const PROBE_M = 250

/**
 * What is seen first: not the whole plan, where lines are hairs, but a busy place close up, from the valley side,
 * with the city behind it. Small twins are simply fitted.
 */
export function openingView(model: SceneModel, lens: Lens): CameraPose {
  const { bounds } = model.frame
  if (!bounds) return { target: [0, 0, 0], distance: 200, azimuth: 0.5, elevation: 30 * DEGREE }
  const whole = fitBox(bounds, 0.5, 34 * DEGREE, lens)
  const busiest = model.tiles.reduce<(typeof model.tiles)[number] | null>((best, tile) => (!best || weight(model, tile) > weight(model, best) ? tile : best), null)
  if (!busiest || whole.distance < 2.5 * CLOSEST_M) return whole
  const local: Vec3 = [busiest.centre[0], busiest.centre[1], model.groundAt?.(busiest.centre[0], busiest.centre[1]) ?? busiest.max[2]]
  return clampPose({ target: localToView(model.frame, local), distance: CLOSEST_M, azimuth: uphill(model, local), elevation: 30 * DEGREE })
}

/** Busy, and towards the middle: the edge of a plan has nothing behind it. */
function weight(model: SceneModel, tile: SceneModel['tiles'][number]): number {
  const { bounds } = model.frame
  const centre = localToView(model.frame, tile.centre)
  const aside = bounds ? Math.hypot(centre[0] / (bounds.max[0] - bounds.min[0]), centre[1] / (bounds.max[1] - bounds.min[1])) : 0
  return tile.segmentCount * (1 - 0.9 * Math.min(1, aside))
}

function uphill(model: SceneModel, at: Vec3): number {
  let best = { azimuth: 0.5, rise: -Infinity }
  for (let i = 0; i < BEARINGS; i++) {
    const azimuth = (2 * Math.PI * i) / BEARINGS
    const level = model.groundAt?.(at[0] + PROBE_M * Math.sin(azimuth), at[1] + PROBE_M * Math.cos(azimuth))
    if (level != null && level - at[2] > best.rise) best = { azimuth, rise: level - at[2] }
  }
  // A little off the steepest line: a slope seen from aside reads better than head-on.
  return best.azimuth + 20 * DEGREE
}
