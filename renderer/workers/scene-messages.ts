import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { PackedNodes } from '#shared/twin/twin-context.ts'
import type { SceneParts } from '../scene/scene-parts.ts'

/** Asked once of each worker. */
export interface SceneRequest {
  readonly columns: AssetColumns
  readonly nodes: PackedNodes
  readonly viewOrigin: Vec3
}

export type SceneAnswer = SceneParts
