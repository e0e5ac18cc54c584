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

/** Low corner, then high corner, per tile. */
const CORNERS = 6

/** Chooses the level of every tile for an eye; its arrays are made once, so that a frame allocates nothing. */
export class TileLevels {
  /** LEVEL per tile. */
  readonly levels: Uint8Array
  /** Tiles nearest first. */
  readonly order: Uint16Array
  /** Asked of every tile in every frame: side by side, and not in nine hundred places. */
  private readonly boxes: Float64Array
  private readonly sizes: Uint32Array
  /** Metres from the eye, per tile. */
  readonly distance: Float64Array

  constructor(tiles: readonly Pick<Tile, 'min' | 'max' | 'segmentCount' | 'nodes'>[]) {
    this.boxes = Float64Array.from(tiles.flatMap(({ min, max }) => [...min, ...max]))
    this.sizes = Uint32Array.from(tiles, ({ segmentCount, nodes }) => segmentCount + nodes.length)
    this.levels = new Uint8Array(tiles.length)
    this.order = Uint16Array.from(tiles.keys())
    this.distance = new Float64Array(tiles.length)
  }

  /**
   * Nearest first until the budgets are spent; the tile the eye is in is always solid: a ribbon close up looks like what it is.
   * @param eye Same frame as the tiles. @param viewHeightPx Height of the picture. @param isSeen Whether a tile is in the picture.
   */
  choose(eye: Vec3, viewHeightPx: number, isSeen: (tile: number) => boolean): void {
    const { boxes, sizes, levels, order, distance } = this
    const [x, y, z] = eye
    for (let t = 0; t < levels.length; t++) {
      const b = CORNERS * t
      const dx = Math.max(boxes[b]! - x, 0, x - boxes[b + 3]!)
      const dy = Math.max(boxes[b + 1]! - y, 0, y - boxes[b + 4]!)
      const dz = Math.max(boxes[b + 2]! - z, 0, z - boxes[b + 5]!)
      distance[t] = Math.sqrt(dx * dx + dy * dy + dz * dz)
    }
    this.sort()
    const [solidReach, fineReach] = [SOLID_WITHIN_M_PER_PX * viewHeightPx, FINE_WITHIN_M_PER_PX * viewHeightPx]
    let solidSegments = 0
    let solidTiles = 0
    let fineSegments = 0
    for (let k = 0; k < order.length; k++) {
      const t = order[k]!
      const at = distance[t]!
      const segments = sizes[t]!
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
