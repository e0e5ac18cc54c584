import type { SurfaceFeature } from '../twin/surface-feature.ts'
import type { CrsDefinition } from './crs.ts'
import type { IssueLog } from './issue-log.ts'
import { placeLayer, type PlanSource } from './place-layer.ts'

/** The plan line of a road's or railway's alignment as a source gives it. */
export interface SourceAlignment {
  readonly name: string
  readonly ref: string
  /** `EPSG:…`; null where the file does not say. */
  readonly crs: string | null
  /** Vertices in that system, easting (or longitude) first. */
  readonly points: readonly (readonly [number, number])[]
}

/** An alignment as something with a place, so that it is placed by the same rules as a layer. */
export const asAlignedPlace = ({ ref, crs, points }: SourceAlignment): PlanSource => ({ name: ref, crs, canonical: false, features: [{ parts: [points] }] })

/** Alignments in the project's coordinates, as centre lines on the ground: findings are placed by them, nothing is cleared against them. */
export function placeAlignments(alignments: readonly SourceAlignment[], target: CrsDefinition | null, log: IssueLog): SurfaceFeature[] {
  return alignments.map(alignment => {
    const { place } = placeLayer(asAlignedPlace(alignment), target, log)
    return {
      id: alignment.ref, type: 'street_centreline', geometry: 'line', name: alignment.name, attributes: {},
      points: alignment.points.map((point): readonly [number, number] => {
        const [x, y] = place(point)
        return [x!, y!]
      }),
    }
  })
}
