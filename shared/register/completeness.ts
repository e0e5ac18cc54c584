import { z } from 'zod'

const partSchema = z.strictObject({ name: z.string().max(200), count: z.int().min(0), score: z.number().min(0).max(1), flaws: z.int().min(0) })

/** How complete the ledger was when it was looked through: a point of the trend over imports and edits. Kept under the twin's hash. */
export const completenessSchema = z.strictObject({
  at: z.string().max(50),
  /** What the twin became by then: the files of the last import, or the edit; empty for the first. */
  after: z.string().max(500),
  count: z.int().min(0), score: z.number().min(0).max(1), flaws: z.int().min(0),
  owners: z.array(partSchema).max(65_536),
  /** By the block's id. */
  blocks: z.array(partSchema).max(100_000),
})
export type CompletenessPoint = z.infer<typeof completenessSchema>
