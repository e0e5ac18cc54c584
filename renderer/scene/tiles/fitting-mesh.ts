import { buildTopology } from '#shared/network/build-topology.ts'
import { nodePieces, type PieceArm } from '#shared/network/node-pieces.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { widened, type PlanBox } from '#shared/geometry/plan-box.ts'
import { reachesInto } from '#shared/twin/assets-in-box.ts'
import { rearrangeAssetColumns } from '#shared/twin/rearrange-asset-columns.ts'
import { nodeRecord, type PackedNodes } from '#shared/twin/twin-context.ts'
import { addFitting, type FittedArm } from '../geometry/fitting-shape.ts'
import { MeshBuffer, type MeshArrays } from '../geometry/mesh-buffer.ts'
import type { Tile } from './tile-plan.ts'

/** Lines that reach this near a tile may meet those in it, metres. */
const AROUND_M = 1

/**
 * Bends, tees, reducers and valves of one tile: what is derived of the lines that meet there (shared/network). Vertices relative
 * to the tile's centre, items are assets: a piece looks as the widest line it belongs to.
 */
export function fittingMesh(columns: AssetColumns, nodes: PackedNodes, tile: Tile): MeshArrays {
  const box: PlanBox = { minX: tile.min[0], minY: tile.min[1], maxX: tile.max[0], maxY: tile.max[1] }
  const around = widened(box, AROUND_M)
  const kept: number[] = []
  for (let asset = 0; asset < columns.count; asset++) if (reachesInto(columns, asset, around)) kept.push(asset)
  const near = rearrangeAssetColumns(columns, Int32Array.from(kept), [])
  const mesh = new MeshBuffer()
  const pieces = nodePieces(buildTopology({ columns: near, nodes: Array.from(tile.nodes, node => nodeRecord(nodes, node)) }))
  for (const piece of pieces) {
    const [x, y] = piece.at
    // A long line reaches beyond the tile; what it meets there is its neighbours' to draw.
    if (x < box.minX || x > box.maxX || y < box.minY || y > box.maxY) continue
    const arms = piece.arms.map((arm): FittedArm => ({ ...arm, at: nearestInPlan(near, arm, x, y), round: near.shape[arm.asset] === 0 }))
    addFitting(mesh, piece, arms, arm => kept[arm.asset]!, tile.centre)
  }
  return mesh.finish()
}

/** Where an arm's own axis is at a place of the plan: lines joined in a node may lie at different levels. */
function nearestInPlan({ xyz, vertexStart }: AssetColumns, { asset }: PieceArm, x: number, y: number): [number, number, number] {
  let best: [number, number, number] = [x, y, 0]
  let least = Infinity
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
    const [ax, ay, az] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]
    const [dx, dy, dz] = [xyz[3 * v + 3]! - ax, xyz[3 * v + 4]! - ay, xyz[3 * v + 5]! - az]
    const square = dx * dx + dy * dy
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
    const at: [number, number, number] = [ax + t * dx, ay + t * dy, az + t * dz]
    const distance = Math.hypot(at[0] - x, at[1] - y)
    if (distance < least - 1e-9) [best, least] = [at, distance]
  }
  return best
}
