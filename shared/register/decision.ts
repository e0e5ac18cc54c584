import { z } from 'zod'
import { daySchema } from './finding-state.ts'
import { pictureIdSchema } from './picture.ts'

/** What a decision is about. Ids are those of the collections they come from; findings go by their key. */
const decisionSubjectSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('finding'), key: z.string().max(500) }),
  z.strictObject({ type: z.literal('scheme'), id: z.string().max(200) }),
  z.strictObject({ type: z.literal('view'), id: z.string().max(500) }),
  z.strictObject({ type: z.literal('project') }),
])

/** Something decided in a meeting: what, who sees to it, until when. */
export const decisionSchema = z.strictObject({
  subject: decisionSubjectSchema,
  text: z.string().min(1).max(5000),
  owner: z.string().max(200),
  due: daySchema.nullable(),
  /** Day it was decided. */
  date: daySchema,
  /** Name of the meeting. */
  meeting: z.string().max(200),
  /** What was on the screen, with what was drawn on it. */
  picture: pictureIdSchema.optional(),
})
export type Decision = z.infer<typeof decisionSchema>
