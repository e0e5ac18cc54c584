import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { PackedNodes } from '#shared/twin/twin-context.ts'
import type { NodeBodies } from '../scene/geometry/node-bodies.ts'
import type { MeshArrays } from '../scene/geometry/mesh-buffer.ts'
import type { TilePart } from '../scene/tiles/tile-field.ts'
import type { Tile } from '../scene/tiles/tile-plan.ts'

/** The twin first; then a part of one tile whenever it is wanted. */
export type TileRequest =
  | { readonly type: 'load'; readonly columns: AssetColumns; readonly nodes: PackedNodes; readonly bodies: NodeBodies; readonly tiles: readonly Tile[] }
  | { readonly type: 'make'; readonly part: TilePart; readonly tile: number }

export interface TileAnswer {
  readonly part: TilePart
  readonly tile: number
  readonly mesh: MeshArrays
}
