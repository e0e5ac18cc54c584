import { SURFACE_FEATURE_TYPES } from '#shared/twin/surface-feature.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { axisFacts } from '#renderer/state/asset-facts.ts'
import type { SceneModel } from '../scene-model.ts'
import { localToView } from '../scene-frame.ts'
import { fitBox } from './camera-orders.ts'
import { clampPose, eyeOf, type CameraPose, type Lens } from './pose.ts'

const DEGREE = Math.PI / 180
const DISTANCE_M = 130
const ELEVATION = 28 * DEGREE
/** A place is as busy as the kinds that meet within this cell. */
const CELL_M = 24
const BEARINGS = 24
/** Shorter lines are house connections: they run every way and make no crossing. */
const MAIN_M = 30
const PROBE_M = 220
const LARGEST_BUILDING_M = 400
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
  const whole = fitBox(bounds, 0.5, 34 * DEGREE, lens)
  const place = busiestPlace(model, planned) ?? busiestPlace(model, [])
  if (!place || !model.groundAt || whole.distance < 3 * DISTANCE_M) return whole
  const target = localToView(model.frame, [place[0], place[1], model.groundAt(place[0], place[1]) ?? place[2]])
  let best = { azimuth: 0.5, worth: -Infinity }
  for (let i = 0; i < BEARINGS; i++) {
    const azimuth = (2 * Math.PI * i) / BEARINGS
    const ahead = model.groundAt(place[0] + PROBE_M * Math.sin(azimuth), place[1] + PROBE_M * Math.cos(azimuth))
    const rise = ahead == null ? -20 : ahead - (target[2] + model.frame.origin[2])
    const pose = clampPose({ target, distance: DISTANCE_M, azimuth, elevation: ELEVATION })
    const worth = RISE_WORTH * rise - buildingsBetween(model, eyeOf(pose), target)
    if (worth > best.worth) best = { azimuth, worth }
  }
  return clampPose({ target, distance: DISTANCE_M, azimuth: best.azimuth, elevation: ELEVATION })
}

interface Cell {
  readonly kinds: Set<number>
  readonly at: Vec3
  /** Sums of length, and of length times the doubled bearing's cosine and sine: how much lines run all one way. */
  lengthM: number
  cosine: number
  sine: number
}

/** Middle of the cell where most kinds cross, towards the middle of the plan: its edge has nothing behind it. Local frame. */
function busiestPlace(model: SceneModel, planned: readonly (readonly Vec3[])[]): Vec3 | null {
  const { bounds } = model.frame
  if (!bounds) return null
  const middle = middleOf(planned.flat())
  let best: { at: Vec3; worth: number } | null = null
  for (const cell of networkCells(model.columns)) {
    const [x, y] = localToView(model.frame, cell.at)
    if (planned.length > 0 && !planned.some(axis => passesWithin(axis, x, y, CELL_M))) continue
    const aside = planned.length > 0 ? Math.hypot(x - middle.x, y - middle.y) / middle.reachM : Math.hypot((2 * x) / (bounds.max[0] - bounds.min[0]), (2 * y) / (bounds.max[1] - bounds.min[1]))
    const spread = cell.lengthM > 0 ? 1 - Math.hypot(cell.cosine, cell.sine) / cell.lengthM : 0
    const worth = cell.kinds.size * (0.4 + spread) * (1 - (planned.length > 0 ? 0.9 : 0.5) * Math.min(1, aside)) + 0.002 * Math.min(500, cell.lengthM)
    if (!best || worth > best.worth) best = { at: cell.at, worth }
  }
  return best?.at ?? null
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

function networkCells(columns: SceneModel['columns']): Iterable<Cell> {
  const { count, vertexStart, xyz, kind } = columns
  const cells = new Map<number, Cell>()
  const { lengthM } = axisFacts(columns)
  for (let asset = 0; asset < count; asset++) {
    if (lengthM[asset]! < MAIN_M) continue
    for (let v = vertexStart[asset]!; v + 1 < vertexStart[asset + 1]!; v++) {
      const [x, y, dx, dy] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!]
      const [col, row] = [Math.floor((x + dx / 2) / CELL_M), Math.floor((y + dy / 2) / CELL_M)]
      const key = col * 2 ** 24 + row
      let cell = cells.get(key)
      if (!cell) cells.set(key, (cell = { kinds: new Set(), at: [(col + 0.5) * CELL_M, (row + 0.5) * CELL_M, xyz[3 * v + 2]!], lengthM: 0, cosine: 0, sine: 0 }))
      const bearing = 2 * Math.atan2(dy, dx)
      const length = Math.min(CELL_M, Math.hypot(dx, dy))
      cell.kinds.add(kind[asset]!)
      cell.lengthM += length
      cell.cosine += length * Math.cos(bearing)
      cell.sine += length * Math.sin(bearing)
    }
  }
  return cells.values()
}

/** Buildings a sight line passes through, by the circles about their footprints. View frame. */
function buildingsBetween(model: SceneModel, eye: Vec3, target: Vec3): number {
  const { crsOrigin, origin } = model.frame
  let count = 0
  const [dx, dy] = [eye[0] - target[0], eye[1] - target[1]]
  const { featureType, start, xy, heightM } = packContext(model.context).surfaceFeatures
  for (let feature = 0; feature < featureType.length; feature++) {
    const [from, to] = [start[feature]!, start[feature + 1]!]
    if (featureType[feature] !== BUILDING || to === from) continue
    // Most of a city is nowhere near.
    const [nearX, nearY] = [xy[2 * from]! - crsOrigin[0] - origin[0] - target[0], xy[2 * from + 1]! - crsOrigin[1] - origin[1] - target[1]]
    if (Math.abs(nearX) > LARGEST_BUILDING_M + Math.abs(dx) || Math.abs(nearY) > LARGEST_BUILDING_M + Math.abs(dy)) continue
    let [cx, cy] = [0, 0]
    for (let p = from; p < to; p++) {
      cx += xy[2 * p]! / (to - from)
      cy += xy[2 * p + 1]! / (to - from)
    }
    const radius = Math.hypot(xy[2 * from]! - cx, xy[2 * from + 1]! - cy)
    const [x, y] = [cx - crsOrigin[0] - origin[0], cy - crsOrigin[1] - origin[1]]
    const along = Math.min(1, Math.max(0, ((x - target[0]) * dx + (y - target[1]) * dy) / (dx * dx + dy * dy)))
    const sightZ = target[2] + along * (eye[2] - target[2])
    const isAside = Math.hypot(target[0] + along * dx - x, target[1] + along * dy - y) > radius
    if (!isAside && sightZ < target[2] + (Number.isNaN(heightM[feature]!) ? 10 : heightM[feature]!)) count++
  }
  return count
}
