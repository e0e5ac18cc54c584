import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { standingLine, type NodeBodies } from '../geometry/node-bodies.ts'
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
  tiles.forEach(({ pieces, nodes }, t) => {
    fineStart[t] = writer.count
    writer.enter(t)
    for (let p = 0; p < pieces.length; p += 3) {
      const [asset, last] = [pieces[p]!, pieces[p + 2]!]
      for (let v = pieces[p + 1]!; v < last; v++) writer.add(asset, xyz, 3 * v, 3 * v + 3)
    }
    for (let n = 0; n < nodes.length; n++) {
      if (standingLine(bodies, nodes[n]!, ends)) writer.add(columns.count + nodes[n]!, ends, 0, 3)
    }
  })
  fineStart[tiles.length] = writer.count
  tiles.forEach(({ pieces }, t) => {
    coarseStart[t] = writer.count
    writer.enter(t)
    for (let p = 0; p < pieces.length; p += 3) {
      const asset = pieces[p]!
      coarsePiece(xyz, pieces[p + 1]!, pieces[p + 2]!, (from, to) => writer.add(asset, xyz, 3 * from, 3 * to))
    }
  })
  coarseStart[tiles.length] = writer.count
  return { ...writer.finish(), fineStart, coarseStart, itemBits }
}

class Writer {
  count = 0
  private readonly words: Uint32Array<ArrayBuffer>
  private readonly boxes: Float32Array<ArrayBuffer>
  private readonly tiles: readonly Tile[]
  private readonly tileUnit: number
  /** Low corner of the tile entered, steps a metre, and its part of the last word. */
  private lowX = 0
  private lowY = 0
  private lowZ = 0
  private scale = 0
  private tileWord = 0

  constructor(most: number, tiles: readonly Tile[], viewOrigin: Vec3, itemBits: number) {
    this.tileUnit = 2 ** itemBits
    this.tiles = tiles
    this.words = new Uint32Array(4 * SEGMENT_ROW * Math.max(1, Math.ceil(most / SEGMENT_ROW)))
    this.boxes = new Float32Array(4 * Math.max(1, tiles.length))
    tiles.forEach((tile, t) => this.boxes.set([tile.min[0] - viewOrigin[0], tile.min[1] - viewOrigin[1], tile.min[2] - viewOrigin[2], stepM(tile)], 4 * t))
  }

  enter(tile: number): void {
    const { min } = this.tiles[tile]!
    this.lowX = min[0]
    this.lowY = min[1]
    this.lowZ = min[2]
    this.scale = 1 / stepM(this.tiles[tile]!)
    this.tileWord = tile * this.tileUnit
  }

  add(item: number, xyz: Float64Array, i: number, j: number): void {
    const w = 4 * this.count++
    const { words, scale, lowX, lowY, lowZ } = this
    words[w] = share((xyz[i]! - lowX) * scale) | (share((xyz[i + 1]! - lowY) * scale) << 16)
    words[w + 1] = share((xyz[i + 2]! - lowZ) * scale) | (share((xyz[j]! - lowX) * scale) << 16)
    words[w + 2] = share((xyz[j + 1]! - lowY) * scale) | (share((xyz[j + 2]! - lowZ) * scale) << 16)
    words[w + 3] = item + this.tileWord
  }

  finish(): Pick<SegmentWords, 'words' | 'rows' | 'boxes'> {
    const rows = Math.max(1, Math.ceil(this.count / SEGMENT_ROW))
    return { words: this.words.subarray(0, 4 * SEGMENT_ROW * rows), rows, boxes: this.boxes }
  }
}

const stepM = ({ min, max }: Tile): number => Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2], 1e-3) / STEPS

/** The nearest whole step, held to the box. */
function share(steps: number): number {
  const nearest = (steps + 0.5) | 0
  return nearest < 0 ? 0 : nearest > STEPS ? STEPS : nearest
}
