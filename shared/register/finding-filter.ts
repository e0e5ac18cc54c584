import { z } from 'zod'
import { FINDING_STATUSES } from './finding-state.ts'

export const FINDING_GROUPINGS = ['none', 'run', 'owner', 'rule', 'street', 'block', 'status', 'assignee', 'hand'] as const
export type FindingGrouping = (typeof FINDING_GROUPINGS)[number]

/** A way of looking at the findings worth coming back to. */
export const findingFilterSchema = z.strictObject({
  name: z.string().min(1).max(200),
  text: z.string().max(500),
  /** Empty: all. */
  statuses: z.array(z.enum(FINDING_STATUSES)).max(FINDING_STATUSES.length),
  showTouching: z.boolean(),
  groupBy: z.enum(FINDING_GROUPINGS),
})
export type FindingFilter = z.infer<typeof findingFilterSchema>
