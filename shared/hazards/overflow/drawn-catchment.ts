import { z } from 'zod'

/** Ground that somebody says drains to a manhole, in place of the nearest one. Project CRS, metres. */
export const catchmentSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Corners; a simple polygon. */
  ring: z.array(z.tuple([z.number(), z.number()]).readonly()).min(3).max(2000),
  /** The manhole it drains to; null: the nearest to its middle. */
  node: z.string().min(1).max(200).nullable(),
  /** Its own runoff coefficient; null: what follows from its impervious share, else that of all. */
  runoffCoefficient: z.number().min(0).max(1).nullable(),
  /** What a model states of it (SWMM): counts in place of the outline's area, which may be a scheme. */
  areaM2: z.number().positive().max(1e11).optional(),
  imperviousPercent: z.number().min(0).max(100).optional(),
  /** Of the overland flow. */
  widthM: z.number().positive().optional(),
  slopePercent: z.number().min(0).optional(),
})
export type DrawnCatchment = z.infer<typeof catchmentSchema>

/** Runoff coefficients of GB 50014 for paving and roofs (0.85–0.95) and for green ground (0.10–0.20): the middle of each. */
const [PAVED, GREEN] = [0.9, 0.15]

/** Of ground that is paved in part: the two by area, as GB 50014 has it for mixed ground. */
export const mixedCoefficient = (imperviousPercent: number): number => (PAVED * imperviousPercent + GREEN * (100 - imperviousPercent)) / 100
