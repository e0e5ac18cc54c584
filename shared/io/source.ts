import type { Issue } from '../core/issues.ts'
import type { DrawnCatchment } from '../hazards/overflow/drawn-catchment.ts'
import type { NodeRecord, AssetRecord, AttributeValue } from '../twin/asset.ts'
import type { GroundSurface } from '../twin/ground.ts'
import type { Block, SurfaceFeature } from '../twin/surface-feature.ts'
import type { LayerMapping } from './mapping.ts'
import type { SourceAlignment } from './source-alignments.ts'
import type { SourceBorehole } from './source-boreholes.ts'
import type { SourceGround } from './source-ground.ts'

/** Bytes of one file of an import. Names travel along because formats come in sets (.shp, .dbf, .prj). */
export interface SourceFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Limits that hold for every importer. */
export interface ImportLimits {
  readonly maxBytes: number
  readonly maxFeatures: number
  readonly maxVertices: number
  readonly maxDepth: number
}

export const DEFAULT_IMPORT_LIMITS: ImportLimits = { maxBytes: 1_073_741_824, maxFeatures: 5_000_000, maxVertices: 50_000_000, maxDepth: 64 }

export interface SourceField {
  readonly name: string
  readonly type: 'text' | 'number' | 'boolean' | 'mixed'
  /** Up to 100 different values with how often they occur, most frequent first. */
  readonly samples: readonly { readonly value: string; readonly count: number }[]
  readonly distinct: number
  readonly missing: number
  readonly min?: number
  readonly max?: number
}

/** A layer as read, before any mapping: geometry in the source's CRS and the raw properties. */
export interface SourceLayer {
  readonly name: string
  readonly geometry: 'line' | 'point' | 'polygon' | 'mixed'
  readonly features: readonly SourceFeature[]
  readonly fields: readonly SourceField[]
  /** `EPSG:…`; null where the file does not say. */
  readonly crs: string | null
  readonly hasZ: boolean
  /** True for the canonical form of design §8, which needs no mapping. */
  readonly canonical: boolean
  /** Where the format itself defines what its fields mean: proposed in place of a guess from their names. */
  readonly declared?: LayerMapping
}

export interface SourceFeature {
  readonly id: string | null
  /** Where it stands in its file, in words a person can find it by (`ws_arcs#12`: the twelfth feature of that file); issues refer to it. */
  readonly ref: string
  /** True for a proposal (`scenario: true` of the canonical form); absent elsewhere. */
  readonly scenario?: true
  /** How its levels were come by where its format says that nobody measured them: they count as assumed. */
  readonly levelMethod?: 'calculated' | 'interpolated' | 'estimated' | 'assumed'
  /** 95 % limits of its position, metres, where its format states them. */
  readonly accuracyPlanM?: number
  readonly accuracyLevelM?: number
  readonly geometry: 'line' | 'point' | 'polygon'
  /** Parts of [x, y, z?] positions. */
  readonly parts: readonly (readonly (readonly number[])[])[]
  readonly properties: Readonly<Record<string, AttributeValue>>
}

export interface SourceReading {
  readonly format: string
  readonly layers: readonly SourceLayer[]
  readonly grounds: readonly SourceGround[]
  /** Absent where the format has none. */
  readonly boreholes?: readonly SourceBorehole[]
  /** Absent where the format has none. */
  readonly alignments?: readonly SourceAlignment[]
  /** Ground that drains to nodes of its layers, in the system of the first; absent where the format has none. */
  readonly catchments?: readonly DrawnCatchment[]
}

/** What mapping a reading gives: records in the target CRS. Nothing is dropped without an issue. */
export interface ImportedRecords {
  readonly crs: string | null
  readonly assets: readonly AssetRecord[]
  readonly nodes: readonly NodeRecord[]
  readonly surfaceFeatures: readonly SurfaceFeature[]
  readonly grounds: readonly GroundSurface[]
  readonly blocks: readonly Block[]
  /** Features marked `scenario: true`: they go into a scenario named `imported`. */
  readonly proposals: readonly AssetRecord[]
  /** Absent where no source has any. */
  readonly catchments?: readonly DrawnCatchment[]
}

export interface WithIssues<T> {
  readonly value: T
  readonly issues: readonly Issue[]
}
