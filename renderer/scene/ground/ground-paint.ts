import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { SceneColours } from '../scene-colours.ts'

/** Plan rectangle painted, project CRS. */
export interface PaintArea {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Finest the picture gets where there are pixels to spare. */
const FINEST_PX_PER_M = 6

/** Soft dark bands around buildings, widest first: reads as the shade at a wall's foot. Metres and opacity. */
const CONTACT_BANDS = [[7, 0.06], [4.2, 0.08], [2.2, 0.1], [1, 0.12]] as const

/** What is painted. */
export const GROUND_TYPES: readonly SurfaceFeature['type'][] = ['green', 'footway', 'roadway', 'water_body', 'kerb', 'rail', 'street_centreline', 'boundary', 'building']

const STROKES = [
  ['kerb', 0.35, 'kerb', 0.55],
  ['rail', 0.5, 'kerb', 0.9],
  ['street_centreline', 0.18, 'centreline', 0.6],
  ['boundary', 0.4, 'contour', 0.3],
] as const

/** Outline of a block of responsibility: width and dashes, metres. */
const BLOCK_LINE = { widthM: 1.2, dashM: [8, 5] } as const

/**
 * Paints streets, footways, green, water and the shade of buildings as the ground wears them; the first row lies in the south,
 * as the rows of a texture do.
 * @param largestPx Longest side of the picture.
 */
export function paintGround(features: readonly SurfaceFeature[], blocks: readonly Block[], area: PaintArea, colours: SceneColours, largestPx: number): OffscreenCanvas {
  const [width, height] = [area.maxX - area.minX, area.maxY - area.minY]
  const pxPerM = Math.min(FINEST_PX_PER_M, largestPx / Math.max(width, height, 1))
  const canvas = new OffscreenCanvas(Math.max(2, Math.round(width * pxPerM)), Math.max(2, Math.round(height * pxPerM)))
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return canvas
  context.fillStyle = colours.soil
  context.fillRect(0, 0, canvas.width, canvas.height)
  // Metres from here on.
  context.setTransform(canvas.width / width, 0, 0, canvas.height / height, (-area.minX * canvas.width) / width, (-area.minY * canvas.height) / height)
  context.lineJoin = 'round'
  for (const [type, colour] of [['green', colours.green], ['footway', colours.footway], ['roadway', colours.roadway], ['water_body', colours.water]] as const) {
    context.fillStyle = colour
    context.fill(outlines(features, type), 'nonzero')
  }
  for (const [type, widthM, colour, opacity] of STROKES) {
    context.strokeStyle = colours[colour]
    context.globalAlpha = opacity
    context.lineWidth = Math.max(widthM, 1 / pxPerM)
    context.setLineDash(type === 'street_centreline' ? [3, 4] : [])
    context.stroke(outlines(features, type))
  }
  context.setLineDash([])
  const buildings = outlines(features, 'building')
  context.strokeStyle = context.fillStyle = colours.contact
  for (const [widthM, opacity] of CONTACT_BANDS) {
    context.globalAlpha = opacity
    context.lineWidth = 2 * widthM
    context.stroke(buildings)
  }
  context.globalAlpha = 0.25
  context.fill(buildings)
  context.globalAlpha = 0.9
  context.strokeStyle = colours.accent
  context.lineWidth = Math.max(BLOCK_LINE.widthM, 1.5 / pxPerM)
  context.setLineDash([...BLOCK_LINE.dashM])
  for (const block of blocks) context.stroke(ringPath(block.ring))
  return canvas
}

/** All features of a type as one path, so that overlaps do not darken. Polygons are closed. */
function outlines(features: readonly SurfaceFeature[], type: SurfaceFeature['type']): Path2D {
  const path = new Path2D()
  for (const feature of features) {
    if (feature.type !== type || feature.points.length < 2) continue
    const points = feature.geometry === 'polygon' ? counterClockwise(feature.points) : feature.points
    points.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)))
    if (feature.geometry === 'polygon') path.closePath()
  }
  return path
}

function ringPath(ring: Block['ring']): Path2D {
  const path = new Path2D()
  ring.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)))
  path.closePath()
  return path
}

/** One turning sense for all, so that `nonzero` fills overlaps instead of cutting them out. */
function counterClockwise(points: SurfaceFeature['points']): SurfaceFeature['points'] {
  let area = 0
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length]!
    area += x * nextY - nextX * y
  })
  return area < 0 ? points.toReversed() : points
}
