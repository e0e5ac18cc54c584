import type { Vec3 } from '#shared/twin/asset.ts'
import type { Tile } from './tile-plan.ts'

/** How a tile is drawn: tubes, ribbons of every segment, ribbons of the thinned axes, or not at all (out of sight). */
export const LEVEL = { hidden: 0, solid: 1, fine: 2, coarse: 3 } as const

/** Within this many metres per pixel of screen height: 0.16 is a pipe of some pixels, 2 a pixel of half a metre and more. */
const SOLID_WITHIN_M_PER_PX = 0.16
const FINE_WITHIN_M_PER_PX = 1.7
/** Segments drawn as tubes (16 triangles and more each) and as fine ribbons (2 each): the frame's triangles stay below two million. */
const SOLID_SEGMENTS = 24_000
const FINE_SEGMENTS = 240_000
const MOST_SOLID_TILES = 36

/** Distance from a point to a tile's box, metres. Same frame for all. */
export function distanceToTile(tile: Pick<Tile, 'min' | 'max'>, x: number, y: number, z: number): number {
  const dx = Math.max(tile.min[0] - x, 0, x - tile.max[0])
  const dy = Math.max(tile.min[1] - y, 0, y - tile.max[1])
  const dz = Math.max(tile.min[2] - z, 0, z - tile.max[2])
  return Math.sqrt(dx * dx + dy * dy + dz * dz)
}

/** Chooses the level of every tile for an eye; its arrays are made once, so that a frame allocates nothing. */
export class TileLevels {
  /** LEVEL per tile. */
  readonly levels: Uint8Array
  /** Tiles nearest first. */
  readonly order: Uint16Array
  private readonly tiles: readonly Tile[]
  /** Metres from the eye, per tile. */
  readonly distance: Float64Array

  constructor(tiles: readonly Tile[]) {
    this.tiles = tiles
    this.levels = new Uint8Array(tiles.length)
    this.order = Uint16Array.from(tiles.keys())
    this.distance = new Float64Array(tiles.length)
  }

  /**
   * Nearest first until the budgets are spent; the tile the eye is in is always solid: a ribbon close up looks like what it is.
   * @param eye Same frame as the tiles. @param viewHeightPx Height of the picture. @param isSeen Whether a tile is in the picture.
   */
  choose(eye: Vec3, viewHeightPx: number, isSeen: (tile: number) => boolean): void {
    const { tiles, levels, order, distance } = this
    const [x, y, z] = eye
    for (let t = 0; t < tiles.length; t++) distance[t] = distanceToTile(tiles[t]!, x, y, z)
    this.sort()
    const [solidReach, fineReach] = [SOLID_WITHIN_M_PER_PX * viewHeightPx, FINE_WITHIN_M_PER_PX * viewHeightPx]
    let [solidSegments, solidTiles, fineSegments] = [0, 0, 0]
    for (const t of order) {
      const at = distance[t]!
      const segments = tiles[t]!.segmentCount + tiles[t]!.nodes.length
      if (!isSeen(t)) levels[t] = LEVEL.hidden
      else if (at < solidReach && (at === 0 || (solidSegments + segments <= SOLID_SEGMENTS && solidTiles < MOST_SOLID_TILES))) {
        levels[t] = LEVEL.solid
        solidSegments += segments
        solidTiles++
      } else if (at < fineReach && fineSegments + segments <= FINE_SEGMENTS) {
        levels[t] = LEVEL.fine
        fineSegments += segments
      } else levels[t] = LEVEL.coarse
    }
  }

  /** Insertion sort: from one frame to the next the order hardly changes. */
  private sort(): void {
    const { order, distance } = this
    for (let i = 1; i < order.length; i++) {
      const tile = order[i]!
      const at = distance[tile]!
      let j = i - 1
      while (j >= 0 && distance[order[j]!]! > at) {
        order[j + 1] = order[j]!
        j--
      }
      order[j + 1] = tile
    }
  }
}
