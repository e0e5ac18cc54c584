import type { AssetColumns } from './asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from './asset.ts'
import type { GroundSurface } from './ground.ts'
import type { Block, SurfaceFeature } from './surface-feature.ts'

/** Header of a twin: which frame it is in and what identifies its content. */
export interface TwinFrame {
  /** `EPSG:…`, or null for metres in an unnamed local frame. */
  readonly crs: string | null
  /** Project-CRS coordinates of the local frame's zero. */
  readonly origin: Vec3
}

/** The baseline in memory: what is in the ground, as the views and engines read it. */
export interface Twin extends TwinFrame {
  readonly assets: AssetColumns
  readonly nodes: readonly NodeRecord[]
  /** Local frame. */
  readonly ground: GroundSurface | null
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly blocks: readonly Block[]
  /** Hash over the data tables; results are labelled with it. */
  readonly hash: string
}

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
