import type { Attributes } from './asset.ts'
import type { SurfaceFeature } from './surface-feature.ts'

/** A layer of the ground in a borehole; depths below the hole's top, metres, growing downwards. */
export interface Stratum {
  readonly topM: number
  readonly baseM: number
  /** In the log's own words. */
  readonly description: string
  /** Legend code or soil name, empty where the log has none. */
  readonly code: string
}

/** A borehole, trial pit or sounding: where it stands and what was found below. */
export interface Borehole {
  readonly id: string
  /** Level of its top; null where the log does not say. */
  readonly groundM: number | null
  readonly depthM: number | null
  readonly strata: readonly Stratum[]
  readonly attributes: Attributes
}

/**
 * A borehole as the twin keeps it: a point above ground whose attributes hold its level, its depth and, as JSON text, its
 * strata, so that any GIS reads them.
 * @param at plan position, project CRS.
 */
export function boreholeFeature({ id, groundM, depthM, strata, attributes }: Borehole, at: readonly [number, number]): SurfaceFeature {
  return { id, type: 'borehole', geometry: 'point', points: [at], name: id, attributes: { ...attributes, groundM, depthM, strata: JSON.stringify(strata) } }
}

export const isBorehole = (feature: Pick<SurfaceFeature, 'type'>): boolean => feature.type === 'borehole'
