import { boreholeFeature, type Borehole } from '../twin/borehole.ts'
import type { SurfaceFeature } from '../twin/surface-feature.ts'
import type { CrsDefinition } from './crs.ts'
import type { IssueLog } from './issue-log.ts'
import { placeLayer, type PlanSource } from './place-layer.ts'

/** A borehole as a source gives it. */
export interface SourceBorehole extends Borehole {
  readonly ref: string
  /** `EPSG:…`; null where the file does not say. */
  readonly crs: string | null
  /** Plan position in that system, easting (or longitude) first. */
  readonly place: readonly [number, number]
}

/** A borehole as something with a place, so that it is placed by the same rules as a layer. */
export const asPlace = ({ ref, crs, place }: SourceBorehole): PlanSource => ({ name: ref, crs, canonical: false, features: [{ parts: [[place]] }] })

/** Boreholes in the project's coordinates; those of one system are placed together, so that what is said is said once. */
export function placeBoreholes(boreholes: readonly SourceBorehole[], target: CrsDefinition | null, log: IssueLog): SurfaceFeature[] {
  const placings = new Map<string | null, ReturnType<typeof placeLayer>['place']>()
  for (const [crs, group] of Map.groupBy(boreholes, borehole => borehole.crs)) {
    placings.set(crs, placeLayer({ name: group[0]!.ref, crs, canonical: false, features: group.map(({ place }) => ({ parts: [[place]] })) }, target, log).place)
  }
  return boreholes.map(borehole => {
    if (borehole.groundM === null) log.add('level_missing', 'info', borehole.ref)
    return boreholeFeature(borehole, placings.get(borehole.crs)!(borehole.place))
  })
}
