import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { bodyAt, type NodeBodies } from '../geometry/node-bodies.ts'
import { coarsePiece } from './coarse-piece.ts'
import type { Tile } from './tile-plan.ts'

/**
 * Everything drawn beyond the near tubes, 16 bytes a segment: both ends as 16-bit shares of the tile's box, then tile and
 * item in one word. The shaders pull their vertices from here (reference: vertices pulled, no tiny instances).
 * Two lists: fine (every segment and node), then coarse (axes thinned to half a metre, no nodes), each in the order of the tiles.
 */
export interface SegmentWords {
  /** Four words a segment, SEGMENT_ROW segments a row, padded to whole rows. */
  readonly words: Uint32Array<ArrayBuffer>
  readonly rows: number
  /** Segments of tile t: fineStart[t] … fineStart[t + 1], and the same for the coarse list. */
  readonly fineStart: Uint32Array
  readonly coarseStart: Uint32Array
  /** Per tile: low corner (view frame) and metres a step. */
  readonly boxes: Float32Array<ArrayBuffer>
  /** Low bits of the last word that name the item; the rest names the tile. */
  readonly itemBits: number
}

export const SEGMENT_ROW = 2048
const STEPS = 65_535

/** Packs the segments of all tiles. @param bodies Nodes as drawn. @param viewOrigin View zero in the local frame. */
export function packSegments(columns: AssetColumns, bodies: NodeBodies, tiles: readonly Tile[], viewOrigin: Vec3): SegmentWords {
  const itemBits = Math.max(1, Math.ceil(Math.log2(columns.count + bodies.count + 1)))
  const fineMost = tiles.reduce((sum, tile) => sum + tile.segmentCount + tile.nodes.length, 0)
  const writer = new Writer(2 * fineMost, tiles, viewOrigin, itemBits)
  const fineStart = new Uint32Array(tiles.length + 1)
  const coarseStart = new Uint32Array(tiles.length + 1)
  const { xyz } = columns
  const ends = new Float64Array(6)
  tiles.forEach((tile, t) => {
    fineStart[t] = writer.count
    for (let p = 0; p < tile.pieces.length; p += 3) {
      const [asset, last] = [tile.pieces[p]!, tile.pieces[p + 2]!]
      for (let v = tile.pieces[p + 1]!; v < last; v++) writer.add(t, asset, xyz, 3 * v, xyz, 3 * v + 3)
    }
    for (const node of tile.nodes) {
      const body = bodyAt(bodies, node)
      if (!body) continue
      ends.set([body.x, body.y, body.bottomZ, body.x, body.y, body.topZ])
      writer.add(t, columns.count + node, ends, 0, ends, 3)
    }
  })
  fineStart[tiles.length] = writer.count
  tiles.forEach((tile, t) => {
    coarseStart[t] = writer.count
    for (let p = 0; p < tile.pieces.length; p += 3) {
      coarsePiece(xyz, tile.pieces[p + 1]!, tile.pieces[p + 2]!, (from, to) => writer.add(t, tile.pieces[p]!, xyz, 3 * from, xyz, 3 * to))
    }
  })
  coarseStart[tiles.length] = writer.count
  return { ...writer.finish(), fineStart, coarseStart, itemBits }
}

class Writer {
  count = 0
  private words: Uint32Array<ArrayBuffer>
  private readonly boxes: Float32Array<ArrayBuffer>
  private readonly lows: Float64Array
  private readonly tileUnit: number

  constructor(most: number, tiles: readonly Tile[], viewOrigin: Vec3, itemBits: number) {
    this.tileUnit = 2 ** itemBits
    this.words = new Uint32Array(4 * SEGMENT_ROW * Math.max(1, Math.ceil(most / SEGMENT_ROW)))
    this.boxes = new Float32Array(4 * Math.max(1, tiles.length))
    this.lows = new Float64Array(4 * tiles.length)
    tiles.forEach(({ min, max }, t) => {
      const step = Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2], 1e-3) / STEPS
      this.lows.set([...min, step], 4 * t)
      this.boxes.set([min[0] - viewOrigin[0], min[1] - viewOrigin[1], min[2] - viewOrigin[2], step], 4 * t)
    })
  }

  add(tile: number, item: number, a: Float64Array, i: number, b: Float64Array, j: number): void {
    const w = 4 * this.count++
    const t = 4 * tile
    const { lows, words } = this
    const [lowX, lowY, lowZ, scale] = [lows[t]!, lows[t + 1]!, lows[t + 2]!, 1 / lows[t + 3]!]
    words[w] = share(a[i]! - lowX, scale) | (share(a[i + 1]! - lowY, scale) << 16)
    words[w + 1] = share(a[i + 2]! - lowZ, scale) | (share(b[j]! - lowX, scale) << 16)
    words[w + 2] = share(b[j + 1]! - lowY, scale) | (share(b[j + 2]! - lowZ, scale) << 16)
    words[w + 3] = item + tile * this.tileUnit
  }

  finish(): Pick<SegmentWords, 'words' | 'rows' | 'boxes'> {
    const rows = Math.max(1, Math.ceil(this.count / SEGMENT_ROW))
    return { words: this.words.slice(0, 4 * SEGMENT_ROW * rows), rows, boxes: this.boxes }
  }
}

/** Steps above the low corner, held to the box. */
function share(above: number, scale: number): number {
  const steps = Math.round(above * scale)
  return steps < 0 ? 0 : steps > STEPS ? STEPS : steps
}
