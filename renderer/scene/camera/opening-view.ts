import { SURFACE_FEATURE_TYPES } from '#shared/twin/surface-feature.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { SceneModel } from '../scene-model.ts'
import { localToView } from '../scene-frame.ts'
import { fitBox, fitBoxes } from './camera-orders.ts'
import { cellsOf } from './network-cells.ts'
import { tileBoxes } from './tile-boxes.ts'
import { clampPose, eyeOf, type CameraPose, type Lens } from './pose.ts'

const DEGREE = Math.PI / 180
const DISTANCE_M = 130
const ELEVATION = 28 * DEGREE
const BEARINGS = 24
const PROBE_M = 220
const LARGEST_BUILDING_M = 200
/** Where the source tells none. */
const DRAWN_HEIGHT_M = 10
const BUILDING = SURFACE_FEATURE_TYPES.indexOf('building')
/** Worth of a metre of rise ahead against a building before the eye. */
const RISE_WORTH = 0.02

/**
 * What is seen first: not the whole plan, where lines are hairs, but a crossing close up, free of buildings before
 * the eye, with the city rising behind it. Small twins are simply fitted, and so is
 * a bare import without ground: its owner looks for its outline first.
 * @param planned Axes of what is worked on, view frame: where there are any, the crossing is one they run through.
 */
export function openingView(model: SceneModel, lens: Lens, planned: readonly (readonly Vec3[])[] = []): CameraPose {
  const { bounds } = model.frame
  if (!bounds) return { target: [0, 0, 0], distance: 200, azimuth: 0.5, elevation: ELEVATION }
  const boxes = tileBoxes(model)
  const whole = boxes.length > 0 ? fitBoxes(boxes, 0.5, 34 * DEGREE, lens) : fitBox(bounds, 0.5, 34 * DEGREE, lens)
  const place = busiestPlace(model, planned) ?? busiestPlace(model, [])
  if (!place || !model.groundAt || whole.distance < 3 * DISTANCE_M) return whole
  const target = localToView(model.frame, [place[0], place[1], model.groundAt(place[0], place[1]) ?? place[2]])
  const obstacles = obstaclesNear(model, target)
  let best = { azimuth: 0.5, worth: -Infinity }
  for (let i = 0; i < BEARINGS; i++) {
    const azimuth = (2 * Math.PI * i) / BEARINGS
    const ahead = model.groundAt(place[0] + PROBE_M * Math.sin(azimuth), place[1] + PROBE_M * Math.cos(azimuth))
    const rise = ahead == null ? -20 : ahead - (target[2] + model.frame.origin[2])
    const pose = clampPose({ target, distance: DISTANCE_M, azimuth, elevation: ELEVATION })
    const worth = RISE_WORTH * rise - buildingsBetween(obstacles, eyeOf(pose), target)
    if (worth > best.worth) best = { azimuth, worth }
  }
  return clampPose({ target, distance: DISTANCE_M, azimuth: best.azimuth, elevation: ELEVATION })
}

/** Middle of the cell where most kinds cross, towards the middle of the plan: its edge has nothing behind it. Local frame. */
function busiestPlace(model: SceneModel, planned: readonly (readonly Vec3[])[]): Vec3 | null {
  const { bounds, network } = model.frame
  const cells = cellsOf(model.columns, model.frame)
  if (!bounds || !network || !cells) return null
  const { cellM, cols, rows, minX, minY } = cells
  const middle = middleOf(planned.flat())
  let best: { cell: number; worth: number } | null = null
  for (let cell = 0; cell < cols * rows; cell++) {
    const lengthM = cells.lengthM[cell]!
    if (lengthM === 0) continue
    const [x, y] = [network.min[0] + ((cell % cols) + 0.5) * cellM, network.min[1] + (Math.floor(cell / cols) + 0.5) * cellM]
    if (planned.length > 0 && !planned.some(axis => passesWithin(axis, x, y, cellM))) continue
    const aside = planned.length > 0 ? Math.hypot(x - middle.x, y - middle.y) / middle.reachM : Math.hypot((2 * x) / (bounds.max[0] - bounds.min[0]), (2 * y) / (bounds.max[1] - bounds.min[1]))
    const spread = 1 - Math.hypot(cells.cosine[cell]!, cells.sine[cell]!) / lengthM
    const worth = bitCount(cells.kinds[cell]!) * (0.4 + spread) * (1 - (planned.length > 0 ? 0.9 : 0.5) * Math.min(1, aside)) + 0.002 * Math.min(500, lengthM)
    if (!best || worth > best.worth) best = { cell, worth }
  }
  return best && [minX + ((best.cell % cols) + 0.5) * cellM, minY + (Math.floor(best.cell / cols) + 0.5) * cellM, cells.z[best.cell]!]
}

/** Middle of the box about some points, and half its diagonal. */
function middleOf(points: readonly Vec3[]): { readonly x: number; readonly y: number; readonly reachM: number } {
  const [xs, ys] = [points.map(point => point[0]), points.map(point => point[1])]
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2, reachM: Math.max(1, Math.hypot(maxX - minX, maxY - minY) / 2) }
}

function passesWithin(axis: readonly Vec3[], x: number, y: number, reachM: number): boolean {
  return axis.some(([px, py], i) => {
    const [qx, qy] = axis[i + 1] ?? [px, py]
    const lengthSq = (qx - px) ** 2 + (qy - py) ** 2
    const along = lengthSq === 0 ? 0 : Math.min(1, Math.max(0, ((x - px) * (qx - px) + (y - py) * (qy - py)) / lengthSq))
    return Math.hypot(px + along * (qx - px) - x, py + along * (qy - py) - y) <= reachM
  })
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** A building as it may stand in the way, view frame: the circle about its footprint. */
interface Obstacle {
  readonly x: number
  readonly y: number
  readonly radiusM: number
  readonly heightM: number
}

/** Buildings near enough to stand before an eye that looks at a place. */
function obstaclesNear(model: SceneModel, target: Vec3): Obstacle[] {
  const { crsOrigin, origin } = model.frame
  const { featureType, start, xy, heightM } = packContext(model.context).surfaceFeatures
  const [targetX, targetY] = [target[0] + crsOrigin[0] + origin[0], target[1] + crsOrigin[1] + origin[1]]
  const reach = DISTANCE_M + LARGEST_BUILDING_M
  const found: Obstacle[] = []
  for (let feature = 0; feature < featureType.length; feature++) {
    const [from, to] = [start[feature]!, start[feature + 1]!]
    if (featureType[feature] !== BUILDING || to === from || Math.abs(xy[2 * from]! - targetX) > reach || Math.abs(xy[2 * from + 1]! - targetY) > reach) continue
    let [x, y] = [0, 0]
    for (let p = from; p < to; p++) {
      x += xy[2 * p]! / (to - from)
      y += xy[2 * p + 1]! / (to - from)
    }
    found.push({
      x: x - crsOrigin[0] - origin[0], y: y - crsOrigin[1] - origin[1], radiusM: Math.hypot(xy[2 * from]! - x, xy[2 * from + 1]! - y),
      heightM: Number.isNaN(heightM[feature]!) ? DRAWN_HEIGHT_M : heightM[feature]!,
    })
  }
  return found
}

/** Buildings a sight line passes through. View frame. */
function buildingsBetween(obstacles: readonly Obstacle[], eye: Vec3, target: Vec3): number {
  const [dx, dy] = [eye[0] - target[0], eye[1] - target[1]]
  return obstacles.filter(({ x, y, radiusM, heightM }) => {
    const along = Math.min(1, Math.max(0, ((x - target[0]) * dx + (y - target[1]) * dy) / (dx * dx + dy * dy)))
    const sightZ = target[2] + along * (eye[2] - target[2])
    return Math.hypot(target[0] + along * dx - x, target[1] + along * dy - y) <= radiusM && sightZ < target[2] + heightM
  }).length
}
