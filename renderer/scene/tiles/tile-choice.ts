import type { Vec3 } from '#shared/twin/asset.ts'
import type { TileForm } from './tile-mesh.ts'
import type { Tile } from './tile-plan.ts'

/** Solid tubes are drawn for tiles nearer than this many metres per pixel of screen height … */
const SOLID_WITHIN_M_PER_PX = 0.16
/** … and only while their segments stay below this sum: 16 triangles each keeps a frame within reach of software GL. */
const SOLID_SEGMENTS = 24_000

/** Distance from a point to a tile's box, metres. Same frame for all. */
export function distanceToTile(tile: Pick<Tile, 'min' | 'max'>, eye: Vec3): number {
  let sum = 0
  for (let c = 0; c < 3; c++) {
    const d = Math.max(tile.min[c]! - eye[c]!, 0, eye[c]! - tile.max[c]!)
    sum += d * d
  }
  return Math.sqrt(sum)
}

/**
 * Which form each tile is drawn in: solids near the eye, nearest first until the segment budget is spent, ribbons beyond.
 * @param eye Same frame as the tiles. @param viewHeightPx Height of the picture.
 */
export function chooseForms(tiles: readonly Tile[], eye: Vec3, viewHeightPx: number): TileForm[] {
  const forms: TileForm[] = tiles.map(() => 'ribbon')
  const reach = SOLID_WITHIN_M_PER_PX * viewHeightPx
  const near = tiles
    .map((tile, index) => ({ index, distance: distanceToTile(tile, eye), segments: tile.segmentCount }))
    .filter(entry => entry.distance < reach)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
  let segments = 0
  for (const entry of near) {
    segments += entry.segments
    // The tile the eye is in is always solid: a ribbon close up looks like what it is.
    if (segments > SOLID_SEGMENTS && entry.distance > 0) break
    forms[entry.index] = 'solid'
  }
  return forms
}
