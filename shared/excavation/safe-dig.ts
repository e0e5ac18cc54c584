import { z } from 'zod'
import safeDigFile from '../../assets/excavation/safe-dig.json' with { type: 'json' }
import { ASSET_KINDS, PRESSURE_CLASSES, type AssetKind, type PressureClass } from '../twin/kinds.ts'

const distanceSchema = z.strictObject({
  kinds: z.array(z.enum(ASSET_KINDS)).nullable(),
  pressureClasses: z.array(z.enum(PRESSURE_CLASSES)).nullable(),
  distanceM: z.number().positive(),
  clause: z.string(),
  basis: z.enum(['quoted', 'sister', 'memory', 'conflict']),
})
const safeDigSchema = z.strictObject({
  format: z.literal('underplan-safe-dig/1'),
  handDigM: z.number().positive(),
  handDigClause: z.string(),
  unknownAccuracyM: z.number().positive(),
  unknownAccuracyClause: z.string(),
  distances: z.array(distanceSchema),
})

const safeDig = safeDigSchema.parse(safeDigFile)

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
