import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { PackedNodes } from '#shared/twin/twin-context.ts'
import type { MeshArrays } from '../scene/geometry/mesh-buffer.ts'
import type { Tile } from '../scene/tiles/tile-plan.ts'

/** The twin first; then the pieces of one tile whenever they are wanted. */
export type FittingRequest =
  | { readonly type: 'load'; readonly columns: AssetColumns; readonly nodes: PackedNodes; readonly tiles: readonly Tile[] }
  | { readonly type: 'tile'; readonly tile: number }

export interface FittingAnswer {
  readonly tile: number
  readonly mesh: MeshArrays
}
