import type { Attributes } from './asset.ts'

/** What stands or lies on the ground and matters to a plan: drawn as context, tested by the rules for surroundings. */
export const SURFACE_FEATURE_TYPES = [
  'roadway', 'footway', 'green', 'water_body', 'building', 'tree', 'kerb', 'pole', 'rail', 'street_centreline', 'boundary', 'borehole',
] as const
export type SurfaceFeatureType = (typeof SURFACE_FEATURE_TYPES)[number]

/** Plan geometry, project CRS, metres; z is taken from the ground. Rings are closed implicitly (first point not repeated). */
export interface SurfaceFeature {
  readonly id: string
  readonly type: SurfaceFeatureType
  readonly geometry: 'point' | 'line' | 'polygon'
  readonly points: readonly (readonly [number, number])[]
  readonly name: string
  /** Buildings and trees: height above ground, metres. */
  readonly heightM?: number
  readonly attributes: Attributes
}

/** A block of responsibility (district, grid cell): polygon in the project CRS with the body that answers for it. */
export interface Block {
  readonly id: string
  readonly name: string
  readonly responsible: string
  readonly ring: readonly (readonly [number, number])[]
}
