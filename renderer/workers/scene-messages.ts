import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { PackedNodes } from '#shared/twin/twin-context.ts'
import type { SegmentGrid } from '../scene/picking/segment-grid.ts'
import type { SceneParts } from '../scene/scene-parts.ts'

/** First what is drawn, then, when the picture stands, what is pointed at: of the twin sent with the first. */
export type SceneRequest =
  | { readonly type: 'parts'; readonly columns: AssetColumns; readonly nodes: PackedNodes; readonly viewOrigin: Vec3 }
  | { readonly type: 'grid' }

export type SceneAnswer =
  | { readonly type: 'parts'; readonly parts: SceneParts }
  | { readonly type: 'grid'; readonly grid: Omit<SegmentGrid, 'columns' | 'bodies'> }
