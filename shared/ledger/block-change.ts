import { z } from 'zod'
import { coordinate, idSchema } from '../scenario/field-schemas.ts'

const MOST_CORNERS = 10_000
const text = z.string().max(200)

/** A block of responsibility as an edit leaves it; null takes it out. Corners in the project CRS, the first not repeated. */
export const blockChangeSchema = z.strictObject({
  id: idSchema,
  after: z.strictObject({ id: idSchema, name: text, responsible: text, ring: z.array(z.tuple([coordinate, coordinate]).readonly()).min(3).max(MOST_CORNERS) }).nullable(),
})
