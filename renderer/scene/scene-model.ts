import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import { assumedGround } from '#shared/twin/assumed-ground.ts'
import { groundSampler, type GroundSampler } from '#shared/twin/ground.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'
import { nodeBody, type NodeBody } from './geometry/node-shape.ts'
import { groundRay, type GroundRay } from './picking/ground-ray.ts'
import { buildSegmentGrid, type SegmentGrid } from './picking/segment-grid.ts'
import { sceneFrame, type SceneFrame } from './scene-frame.ts'
import { planTiles, type Tile } from './tiles/tile-plan.ts'

/** Everything the scene derives from a twin once, framework-free: frames, tiles, what can be pointed at. */
export interface SceneModel {
  readonly columns: AssetColumns
  readonly context: TwinContext
  readonly frame: SceneFrame
  readonly nodes: readonly NodeRecord[]
  /** Nodes as drawn, local frame. */
  readonly bodies: readonly (NodeBody | null)[]
  readonly tiles: readonly Tile[]
  readonly groundAt: GroundSampler | null
  /** What lines are laid out from: the ground, or one assumed over the lines there are. Local frame. */
  readonly layoutAt: GroundSampler | null
  /** Meets the surface of `layoutAt`. Local frame. */
  readonly groundRay: GroundRay | null
  /** Built when first pointed at. */
  readonly grid: () => SegmentGrid
}

/** Usual cover over the uppermost line of a street, for twins that come without ground. */
const ASSUMED_COVER_M = 1

let last: SceneModel | null = null

/** The model of the open twin: the 3D view and the map share one. */
export function sceneModelOf(columns: AssetColumns, context: TwinContext): SceneModel {
  if (last?.columns !== columns || last.context !== context) last = sceneModel(columns, context)
  return last
}

export function sceneModel(columns: AssetColumns, context: TwinContext): SceneModel {
  const crsOrigin = columns.origin
  const groundAt = context.ground ? groundSampler(context.ground) : null
  const layout = context.ground ?? assumedGround(columns, ASSUMED_COVER_M)
  const { nodes } = context
  const nodesAt = new Float64Array(3 * nodes.length)
  const bodies = nodes.map((node, n) => {
    const at: Vec3 = [node.at[0] - crsOrigin[0], node.at[1] - crsOrigin[1], node.at[2] - crsOrigin[2]]
    nodesAt.set(at, 3 * n)
    return at.every(Number.isFinite) ? nodeBody(node, at, node.bottomZ === undefined ? null : node.bottomZ - crsOrigin[2]) : null
  })
  let grid: SegmentGrid | null = null
  return {
    columns, context, nodes, bodies, groundAt,
    layoutAt: context.ground ? groundAt : layout && groundSampler(layout),
    frame: sceneFrame(columns, context.ground, crsOrigin),
    tiles: planTiles(columns, nodesAt),
    groundRay: layout && groundRay(layout),
    grid: () => (grid ??= buildSegmentGrid(columns, bodies)),
  }
}
