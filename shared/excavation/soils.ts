import { z } from 'zod'
import soilsFile from '../../assets/excavation/soils.json' with { type: 'json' }
import safeDigFile from '../../assets/excavation/safe-dig.json' with { type: 'json' }
import { ASSET_KINDS, PRESSURE_CLASSES, type AssetKind, type PressureClass } from '../twin/kinds.ts'

const title = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
const basis = z.enum(['quoted', 'sister', 'memory', 'conflict'])

const soilSchema = z.strictObject({
  id: z.string(),
  title,
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

const distanceSchema = z.strictObject({
  kinds: z.array(z.enum(ASSET_KINDS)).nullable(),
  pressureClasses: z.array(z.enum(PRESSURE_CLASSES)).nullable(),
  distanceM: z.number().positive(),
  clause: z.string(),
  basis,
})
const safeDigSchema = z.strictObject({
  format: z.literal('underplan-safe-dig/1'),
  handDigM: z.number().positive(),
  handDigClause: z.string(),
  unknownAccuracyM: z.number().positive(),
  unknownAccuracyClause: z.string(),
  distances: z.array(distanceSchema),
})

const soils = soilsSchema.parse(soilsFile)
const safeDig = safeDigSchema.parse(safeDigFile)

export const soilClasses: readonly SoilClass[] = soils.soils

/** A class by its id or its name in either language, or OSHA's letter. */
export function findSoil(name: string): SoilClass | null {
  const id = name.trim().toLowerCase().replaceAll(/[\s-]+/g, '_')
  return soils.soils.find(soil => soil.id === id || soil.id === `type_${id}` || Object.values(soil.title).some(title => title.toLowerCase() === name.trim().toLowerCase())) ?? null
}

/** The soil a computation goes by where nobody named one; results say so. */
export const assumedSoil: SoilClass = findSoil(soils.assumed) ?? soils.soils[0]!

/** Angle of the influence line where the soil says nothing (standards §4.3, 1:1). */
export const DEFAULT_INFLUENCE_DEG = 45

/** Distance from an asset's outer surface inside which it is dug by hand, before its uncertainty is added. */
export const handDigM = safeDig.handDigM

/** What an unknown position counts for: unknown is never zero. */
export const unknownAccuracyM = safeDig.unknownAccuracyM

/** Safe-digging distance of a kind: the largest of those that name it. */
export function safeDigM(kind: AssetKind, pressureClass: PressureClass | null): number {
  const matching = safeDig.distances.filter(row => (row.kinds?.includes(kind) ?? true) && (row.pressureClasses === null || (pressureClass !== null && row.pressureClasses.includes(pressureClass))))
  return Math.max(0, ...matching.map(row => row.distanceM))
}

/** No asset farther from the cut than this is within its safe-digging distance. */
export const MAX_SAFE_DIG_M = Math.max(...safeDig.distances.map(row => row.distanceM))
