import { z } from 'zod'
import safeDigFile from '../../assets/excavation/safe-dig.json' with { type: 'json' }
import { ASSET_KINDS, PRESSURE_CLASSES, type AssetKind, type PressureClass } from '../twin/kinds.ts'

const cited = { clause: z.string(), basis: z.enum(['quoted', 'sister', 'memory', 'conflict']) }
const distanceSchema = z.strictObject({
  kinds: z.array(z.enum(ASSET_KINDS)).nullable(),
  pressureClasses: z.array(z.enum(PRESSURE_CLASSES)).nullable(),
  distanceM: z.number().positive(),
  ...cited,
})
const safeDigSchema = z.strictObject({
  format: z.literal('underplan-safe-dig/1'),
  handDigM: z.number().positive(),
  handDigClause: z.string(),
  unknownAccuracyM: z.number().positive(),
  unknownAccuracyClause: z.string(),
  influence: z.strictObject({ deg: z.number().gt(0).lt(90), ...cited }),
  boreEnvelope: z.strictObject({ distanceM: z.number().positive(), ...cited }),
  distances: z.array(distanceSchema),
})

const safeDig = safeDigSchema.parse(safeDigFile)

/** Angle of the influence line where the soil says nothing, over the horizontal. */
export const DEFAULT_INFLUENCE = safeDig.influence

/** Around a bored hole. */
export const BORE_ENVELOPE = safeDig.boreEnvelope

/** Distance from an asset's outer surface inside which it is dug by hand, before its uncertainty is added. */
export const handDigM = safeDig.handDigM

/** What an unknown position counts for: unknown is never zero. */
export const unknownAccuracyM = safeDig.unknownAccuracyM

/** A distance with the source it is from. */
export type SafeDigRule = Pick<z.infer<typeof distanceSchema>, 'distanceM' | 'clause' | 'basis'>

/** The largest safe-digging distance that names a kind; null where none does. */
export function safeDigRule(kind: AssetKind, pressureClass: PressureClass | null): SafeDigRule | null {
  const matching = safeDig.distances.filter(row => (row.kinds?.includes(kind) ?? true) && (row.pressureClasses === null || (pressureClass !== null && row.pressureClasses.includes(pressureClass))))
  return matching.reduce<SafeDigRule | null>((largest, row) => (largest === null || row.distanceM > largest.distanceM ? row : largest), null)
}

/** Safe-digging distance of a kind: the largest of those that name it. */
export const safeDigM = (kind: AssetKind, pressureClass: PressureClass | null): number => safeDigRule(kind, pressureClass)?.distanceM ?? 0

/** No asset farther from the cut than this is within its safe-digging distance. */
export const MAX_SAFE_DIG_M = Math.max(...safeDig.distances.map(row => row.distanceM))
