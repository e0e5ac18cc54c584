import { z } from 'zod'

/** Ground that somebody says drains to a manhole, in place of the nearest one. Project CRS, metres. */
export const catchmentSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Corners; a simple polygon. */
  ring: z.array(z.tuple([z.number(), z.number()]).readonly()).min(3).max(2000),
  /** The manhole it drains to; null: the nearest to its middle. */
  node: z.string().min(1).max(200).nullable(),
  /** Its own runoff coefficient; null: that of all. */
  runoffCoefficient: z.number().min(0).max(1).nullable(),
})
export type DrawnCatchment = z.infer<typeof catchmentSchema>
