import type { AssetRecord, NodeRecord, Vec3 } from './asset.ts'
import type { GroundSurface } from './ground.ts'
import type { Block, SurfaceFeature } from './surface-feature.ts'

/** A twin as plain records in the project CRS: what generators and importers produce and the project file stores. */
export interface TwinRecords {
  readonly crs: string | null
  readonly assets: readonly AssetRecord[]
  readonly nodes: readonly NodeRecord[]
  /** Project CRS. */
  readonly ground: GroundSurface | null
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly blocks: readonly Block[]
  /** True for generated data, so that every screen can say so. */
  readonly synthetic: boolean
}

/** A local origin for data with this extent: its low corner rounded down to whole 100 m; levels keep their datum. */
export function originFor(minX: number, minY: number): Vec3 {
  return Number.isFinite(minX) && Number.isFinite(minY) ? [Math.floor(minX / 100) * 100, Math.floor(minY / 100) * 100, 0] : [0, 0, 0]
}
