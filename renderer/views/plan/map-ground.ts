import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '#shared/geometry/box-grid.ts'
import { featureReader, type PackedFeatures } from '#shared/twin/twin-context.ts'
import { SURFACE_FEATURE_TYPES, type Block, type SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

/** Streets, buildings and blocks as the map looks them up. Coordinates stay in the project CRS; `origin` shifts them. */
export interface GroundIndex {
  /** Reads one of them. */
  readonly feature: (index: number) => SurfaceFeature
  /** Index into SURFACE_FEATURE_TYPES. */
  readonly type: Uint8Array
  readonly grid: BoxGrid
  readonly blocks: readonly Block[]
  readonly origin: readonly [number, number]
}

export function groundIndex(features: PackedFeatures, blocks: readonly Block[], origin: readonly number[]): GroundIndex {
  const { start, xy } = features
  const boxes = new Float64Array(4 * (start.length - 1))
  for (let i = 0; i + 1 < start.length; i++) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let p = start[i]!; p < start[i + 1]!; p++) {
      minX = Math.min(minX, xy[2 * p]!)
      minY = Math.min(minY, xy[2 * p + 1]!)
      maxX = Math.max(maxX, xy[2 * p]!)
      maxY = Math.max(maxY, xy[2 * p + 1]!)
    }
    boxes.set([minX, minY, maxX, maxY], 4 * i)
  }
  return { feature: featureReader(features), type: features.featureType, blocks, grid: buildBoxGrid(boxes), origin: [origin[0]!, origin[1]!] }
}

type FeatureType = SurfaceFeature['type']
const FILLS: readonly (readonly [FeatureType, keyof SceneColours])[] = [['green', 'green'], ['footway', 'footway'], ['roadway', 'roadway'], ['water_body', 'water']]
/** From this scale on kerbs, trees and poles are told apart. */
const FINE_PX_PER_M = 1.2
/** A building smaller than this is a speck. */
const LEAST_PX = 2

/** Features with a point of the box, by type. */
export function featuresIn({ feature, grid, origin }: GroundIndex, box: PlanBox): SurfaceFeature[] {
  const [ox, oy] = origin
  return queryBoxGrid(grid, box.minX + ox, box.minY + oy, box.maxX + ox, box.maxY + oy).map(feature)
}

/** What is painted, and the pixels it must be across to be worth reading: a city from afar has hundreds of thousands of specks. */
const LEAST_ACROSS_PX: Readonly<Partial<Record<FeatureType, number>>> = { green: 1, footway: 1.5, roadway: 1.5, water_body: 1, building: LEAST_PX, kerb: 60, rail: 60, boundary: 20, tree: 0 }
/** Features read at a stretch. */
const READ_AT_ONCE = 2000

/** The features of a box that show at a scale. */
function* paintedIn({ feature, type, grid, origin: [ox, oy] }: GroundIndex, box: PlanBox, pxPerM: number): Generator<undefined, SurfaceFeature[]> {
  const least = SURFACE_FEATURE_TYPES.map(name => (name === 'tree' && pxPerM < FINE_PX_PER_M ? Infinity : (LEAST_ACROSS_PX[name] ?? Infinity) / pxPerM))
  const { boxes } = grid
  const seen: SurfaceFeature[] = []
  let read = 0
  for (const i of queryBoxGrid(grid, box.minX + ox, box.minY + oy, box.maxX + ox, box.maxY + oy)) {
    if (Math.max(boxes[4 * i + 2]! - boxes[4 * i]!, boxes[4 * i + 3]! - boxes[4 * i + 1]!) < least[type[i]!]!) continue
    seen.push(feature(i))
    if (++read % READ_AT_ONCE === 0) yield
  }
  return seen
}

/** Paints the ground of a box; the context is set to metres of the local frame. */
export function* paintMapGround(context: OffscreenCanvasRenderingContext2D, index: GroundIndex, box: PlanBox, pxPerM: number, look: { readonly colours: SceneColours; readonly buildings: boolean }): Generator {
  const { colours } = look
  const seen = yield* paintedIn(index, box, pxPerM)
  yield
  for (const [type, colour] of FILLS) {
    context.fillStyle = colours[colour]
    context.fill(pathOf(seen, type, index.origin, 0), 'nonzero')
    yield
  }
  if (look.buildings) {
    const path = pathOf(seen, 'building', index.origin, LEAST_PX / pxPerM)
    context.globalAlpha = 0.5
    context.fillStyle = colours.building
    context.fill(path)
    if (pxPerM > 0.3) {
      context.globalAlpha = 0.6
      context.strokeStyle = colours.buildingEdge
      context.lineWidth = 0.8 / pxPerM
      context.stroke(path)
    }
    context.globalAlpha = 1
    yield
  }
  if (pxPerM < FINE_PX_PER_M) return
  for (const [type, colour, widthPx] of [['kerb', 'kerb', 1], ['rail', 'contact', 1.5], ['boundary', 'contour', 1]] as const) {
    context.strokeStyle = colours[colour]
    context.lineWidth = widthPx / pxPerM
    context.stroke(pathOf(seen, type, index.origin, 0))
  }
  if (!look.buildings) return
  context.fillStyle = colours.tree
  context.globalAlpha = 0.45
  for (const { type, points } of seen) {
    if (type !== 'tree' || !points[0]) continue
    context.beginPath()
    context.arc(points[0][0] - index.origin[0], points[0][1] - index.origin[1], 1.6, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
}

/** All features of a type as one path; those smaller than `leastM` are left out. */
function pathOf(features: readonly SurfaceFeature[], type: FeatureType, [ox, oy]: readonly [number, number], leastM: number): Path2D {
  const path = new Path2D()
  for (const feature of features) {
    const { points } = feature
    if (feature.type !== type || points.length < 2) continue
    if (leastM > 0 && Math.hypot(points[0]![0] - points[points.length >> 1]![0], points[0]![1] - points[points.length >> 1]![1]) < leastM) continue
    points.forEach(([x, y], i) => (i === 0 ? path.moveTo(x - ox, y - oy) : path.lineTo(x - ox, y - oy)))
    if (feature.geometry === 'polygon') path.closePath()
  }
  return path
}
