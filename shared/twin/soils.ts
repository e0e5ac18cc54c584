import { z } from 'zod'
import soilsFile from '../../assets/excavation/soils.json' with { type: 'json' }

const basis = z.enum(['quoted', 'sister', 'memory', 'conflict'])

const soilSchema = z.strictObject({
  id: z.string(),
  title: z.strictObject({ 'zh-CN': z.string(), en: z.string() }),
  /** Steepest side that stands unsupported, run per 1 of rise. */
  slopeRatio: z.number().min(0),
  /** The side's slope with load at the edge, standing and moving. */
  slopeRatioStaticLoad: z.number().min(0).optional(),
  slopeRatioMovingLoad: z.number().min(0).optional(),
  /** The slopes hold to this depth; deeper is for an engineer to design. */
  maxDepthM: z.number().positive().optional(),
  /** Influence line rising from the toe; 45° where the source gives none. */
  influenceDeg: z.number().gt(0).lt(90).optional(),
  /** Loose volume, and compacted volume, per volume in the ground. */
  bulkingRatio: z.number().min(1).max(2),
  compactedRatio: z.number().min(0.5).max(1.5),
  clause: z.string(),
  basis,
  bulkingBasis: basis,
})
const soilsSchema = z.strictObject({ format: z.literal('underplan-soils/1'), assumed: z.string(), soils: z.array(soilSchema) })

export type SoilClass = z.infer<typeof soilSchema>

const soils = soilsSchema.parse(soilsFile)

export const soilClasses: readonly SoilClass[] = soils.soils

/** A class by its id or its name in either language, or OSHA's letter. */
export function findSoil(name: string): SoilClass | null {
  const id = name.trim().toLowerCase().replaceAll(/[\s-]+/g, '_')
  return soils.soils.find(soil => soil.id === id || soil.id === `type_${id}` || Object.values(soil.title).some(title => title.toLowerCase() === name.trim().toLowerCase())) ?? null
}

/** The soil a computation goes by where nobody named one; results say so. */
export const assumedSoil: SoilClass = findSoil(soils.assumed) ?? soils.soils[0]!
