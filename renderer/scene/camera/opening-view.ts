import type { Vec3 } from '#shared/twin/asset.ts'
import type { SceneModel } from '../scene-model.ts'
import { localToView } from '../scene-frame.ts'
import { fitBox } from './camera-orders.ts'
import { clampPose, eyeOf, type CameraPose, type Lens } from './pose.ts'

const DEGREE = Math.PI / 180
const DISTANCE_M = 175
const ELEVATION = 28 * DEGREE
/** A place is as busy as the kinds that meet within this cell. */
const CELL_M = 24
const BEARINGS = 24
const PROBE_M = 220
/** Worth of a metre of rise ahead against a building before the eye. */
const RISE_WORTH = 0.02

/**
 * What is seen first: not the whole plan, where lines are hairs, but a crossing close up, free of buildings before
 * the eye, with the city rising behind it. Small twins are simply fitted.
 */
export function openingView(model: SceneModel, lens: Lens): CameraPose {
  const { bounds } = model.frame
  if (!bounds) return { target: [0, 0, 0], distance: 200, azimuth: 0.5, elevation: ELEVATION }
  const whole = fitBox(bounds, 0.5, 34 * DEGREE, lens)
  const place = busiestPlace(model)
  if (!place || whole.distance < 3 * DISTANCE_M) return whole
  const target = localToView(model.frame, [place[0], place[1], model.groundAt?.(place[0], place[1]) ?? place[2]])
  let best = { azimuth: 0.5, worth: -Infinity }
  for (let i = 0; i < BEARINGS; i++) {
    const azimuth = (2 * Math.PI * i) / BEARINGS
    const ahead = model.groundAt?.(place[0] + PROBE_M * Math.sin(azimuth), place[1] + PROBE_M * Math.cos(azimuth))
    const rise = ahead == null ? -20 : ahead - (target[2] + model.frame.origin[2])
    const pose = clampPose({ target, distance: DISTANCE_M, azimuth, elevation: ELEVATION })
    const worth = RISE_WORTH * rise - buildingsBetween(model, eyeOf(pose), target)
    if (worth > best.worth) best = { azimuth, worth }
  }
  return clampPose({ target, distance: DISTANCE_M, azimuth: best.azimuth, elevation: ELEVATION })
}

/** Middle of the cell where most kinds run, towards the middle of the plan: its edge has nothing behind it. Local frame. */
function busiestPlace(model: SceneModel): Vec3 | null {
  const { columns, frame } = model
  const { bounds } = frame
  if (!bounds) return null
  const cells = new Map<string, { kinds: Set<number>; segments: number; at: Vec3 }>()
  for (let asset = 0; asset < columns.count; asset++) {
    for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) {
      const at: Vec3 = [columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!]
      const key = `${Math.floor(at[0] / CELL_M)},${Math.floor(at[1] / CELL_M)}`
      let cell = cells.get(key)
      if (!cell) cells.set(key, (cell = { kinds: new Set(), segments: 0, at: [(Math.floor(at[0] / CELL_M) + 0.5) * CELL_M, (Math.floor(at[1] / CELL_M) + 0.5) * CELL_M, at[2]] }))
      cell.kinds.add(columns.kind[asset]!)
      cell.segments++
    }
  }
  let best: { at: Vec3; worth: number } | null = null
  for (const cell of cells.values()) {
    const [x, y] = localToView(frame, cell.at)
    const aside = Math.hypot((2 * x) / (bounds.max[0] - bounds.min[0]), (2 * y) / (bounds.max[1] - bounds.min[1]))
    const worth = cell.kinds.size * (1 - 0.5 * Math.min(1, aside)) + 0.01 * Math.min(100, cell.segments)
    if (!best || worth > best.worth) best = { at: cell.at, worth }
  }
  return best?.at ?? null
}

/** Buildings a sight line passes through, by the circles about their footprints. View frame. */
function buildingsBetween(model: SceneModel, eye: Vec3, target: Vec3): number {
  const { crsOrigin, origin } = model.frame
  let count = 0
  for (const feature of model.context.surfaceFeatures) {
    if (feature.type !== 'building' || feature.points.length === 0) continue
    let [cx, cy] = [0, 0]
    for (const [x, y] of feature.points) {
      cx += x / feature.points.length
      cy += y / feature.points.length
    }
    const radius = Math.hypot(feature.points[0]![0] - cx, feature.points[0]![1] - cy)
    const [x, y] = [cx - crsOrigin[0] - origin[0], cy - crsOrigin[1] - origin[1]]
    const [dx, dy] = [eye[0] - target[0], eye[1] - target[1]]
    const along = Math.min(1, Math.max(0, ((x - target[0]) * dx + (y - target[1]) * dy) / (dx * dx + dy * dy)))
    const sightZ = target[2] + along * (eye[2] - target[2])
    const isAside = Math.hypot(target[0] + along * dx - x, target[1] + along * dy - y) > radius
    if (!isAside && sightZ < target[2] + (feature.heightM ?? 10)) count++
  }
  return count
}
