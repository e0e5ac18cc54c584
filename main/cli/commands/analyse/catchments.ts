import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import type { Catchment } from '#shared/hazards/overflow/overflow.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { CliFailure } from '../../command.ts'

const fileSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(z.object({
    id: z.union([z.string(), z.number()]).optional(),
    geometry: z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.array(z.number()).min(2)).min(4)).min(1) }),
    properties: z.object({ id: z.union([z.string(), z.number()]).optional(), node: z.string().optional(), runoff: z.number().min(0).max(1).optional() }).nullable().optional(),
  })).min(1).max(100_000),
})

/**
 * Drawn catchments: polygons of a GeoJSON FeatureCollection in the project's system, with `node` (the manhole they drain
 * to) and `runoff` (their coefficient) where they say so. Holes are taken off the area.
 * @throws CliFailure the file cannot be read or holds anything else.
 */
export function readCatchments(path: string, [ox, oy]: Vec3): Catchment[] {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new CliFailure('cli:cannotRead', { file: path, reason: cause instanceof Error ? cause.message : String(cause) })
  }
  const parsed = fileSchema.safeParse(raw)
  if (!parsed.success) throw new CliFailure('cli-analyse:overflow.badCatchments', { file: path })
  return parsed.data.features.map(({ id, geometry, properties }, k): Catchment => {
    // GeoJSON repeats the first point.
    const rings = geometry.coordinates.map(ring => ring.slice(0, -1).flatMap(([x, y]) => [x! - ox, y! - oy]))
    const [outer, ...holes] = rings.map(ring => Math.abs(ringArea(ring)))
    return {
      id: String(properties?.id ?? id ?? k + 1), ring: rings[0]!, areaM2: Math.max(0, outer! - holes.reduce((sum, hole) => sum + hole, 0)), node: properties?.node ?? null, runoffCoefficient: properties?.runoff ?? null,
    }
  })
}
