import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { axisFrames, type AxisFrames } from '../geometry/axis-frames.ts'
import { addBoxSweep } from '../geometry/box-sweep.ts'
import { MeshBuffer, type MeshArrays } from '../geometry/mesh-buffer.ts'
import { bodyAt, type NodeBodies } from '../geometry/node-bodies.ts'
import { addNodeBody } from '../geometry/node-shape.ts'
import { addTube } from '../geometry/tube.ts'
import type { Tile } from './tile-plan.ts'

/** Pieces or nodes between two looks at the clock. */
const AT_A_STRETCH = 8

/**
 * Builds the near form of one tile, tubes, boxes and node bodies, in slices: vertices relative to the tile's centre, items
 * are asset indices, then `columns.count` + node index.
 */
export class TileMeshBuilder {
  private readonly columns: AssetColumns
  private readonly bodies: NodeBodies
  private readonly tile: Tile
  private readonly mesh: MeshBuffer
  private done = 0

  /** @param bodies Nodes as drawn. */
  constructor(columns: AssetColumns, bodies: NodeBodies, tile: Tile) {
    this.columns = columns
    this.bodies = bodies
    this.tile = tile
    this.mesh = new MeshBuffer(tile.segmentCount * 12)
  }

  /** Goes on until it is done or late. @returns the mesh once it is whole. */
  work(isLate: () => boolean): MeshArrays | null {
    const pieces = this.tile.pieces.length / 3
    const all = pieces + this.tile.nodes.length
    while (this.done < all) {
      if (this.done < pieces) this.addPiece(3 * this.done)
      else this.addNode(this.tile.nodes[this.done - pieces]!)
      if (++this.done % AT_A_STRETCH === 0 && isLate()) return null
    }
    return this.mesh.finish()
  }

  private addPiece(p: number): void {
    const { columns, tile: { pieces, centre } } = this
    const asset = pieces[p]!
    const start = columns.vertexStart[asset]!
    const frames = axisFrames(columns.xyz, start, columns.vertexStart[asset + 1]!)
    const [first, last] = [frames.vertexOf[pieces[p + 1]! - start]!, frames.vertexOf[pieces[p + 2]! - start]!]
    addAsset(this.mesh, frames, first, last, { round: columns.shape[asset] === 0, halfWidthM: columns.halfWidthM[asset]!, halfHeightM: columns.halfHeightM[asset]! }, asset, centre)
  }

  private addNode(node: number): void {
    const body = bodyAt(this.bodies, node)
    if (body) addNodeBody(this.mesh, body, this.columns.count + node, this.tile.centre)
  }
}

export interface DrawnSection {
  readonly round: boolean
  readonly halfWidthM: number
  readonly halfHeightM: number
}

/** Tube or box, by the section. */
export function addAsset(
  mesh: MeshBuffer, frames: AxisFrames, first: number, last: number, section: DrawnSection, item: number, origin: Vec3,
): void {
  if (section.round) addTube(mesh, frames, first, last, section.halfWidthM, item, origin)
  else addBoxSweep(mesh, frames, first, last, section.halfWidthM, section.halfHeightM, item, origin)
}
