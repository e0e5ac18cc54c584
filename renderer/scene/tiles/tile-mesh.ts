import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { axisFrames, type AxisFrames } from '../geometry/axis-frames.ts'
import { addBoxSweep } from '../geometry/box-sweep.ts'
import { MeshBuffer, type MeshArrays } from '../geometry/mesh-buffer.ts'
import { bodyAt, type NodeBodies } from '../geometry/node-bodies.ts'
import { addNodeBody } from '../geometry/node-shape.ts'
import { addTube } from '../geometry/tube.ts'
import type { Tile } from './tile-plan.ts'

/**
 * The near form of one tile, tubes, boxes and node bodies: vertices relative to the tile's centre, items are asset indices,
 * then `columns.count` + node index. @param bodies Nodes as drawn.
 */
export function tileMesh(columns: AssetColumns, bodies: NodeBodies, { pieces, nodes, segmentCount, centre }: Tile): MeshArrays {
  const mesh = new MeshBuffer(segmentCount * 12)
  for (let p = 0; p < pieces.length; p += 3) {
    const asset = pieces[p]!
    const start = columns.vertexStart[asset]!
    const frames = axisFrames(columns.xyz, start, columns.vertexStart[asset + 1]!)
    const [first, last] = [frames.vertexOf[pieces[p + 1]! - start]!, frames.vertexOf[pieces[p + 2]! - start]!]
    addAsset(mesh, frames, first, last, { round: columns.shape[asset] === 0, halfWidthM: columns.halfWidthM[asset]!, halfHeightM: columns.halfHeightM[asset]! }, asset, centre)
  }
  for (const node of nodes) {
    const body = bodyAt(bodies, node)
    if (body) addNodeBody(mesh, body, columns.count + node, centre)
  }
  return mesh.finish()
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
