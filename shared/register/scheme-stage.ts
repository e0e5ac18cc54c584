import { z } from 'zod'
import { daySchema } from './finding-state.ts'

/** Where a scheme stands between a planner's desk and the ground. A scheme without a record is a draft. */
export const SCHEME_STAGES = ['draft', 'in_review', 'approved', 'under_construction', 'as_built'] as const
export type SchemeStage = (typeof SCHEME_STAGES)[number]

/** One signed step: from where to where, by whom, on which day, on what grounds. */
const stepSchema = z.strictObject({
  from: z.enum(SCHEME_STAGES), to: z.enum(SCHEME_STAGES), by: z.string().min(1).max(200), day: daySchema, at: z.string().max(50), note: z.string().max(5000),
  /** Revision of the scheme that was signed, and what its check had found then; null where none was asked for. */
  revision: z.int().min(0),
  check: z.strictObject({ packId: z.string().max(100), packVersion: z.string().max(50), mandatory: z.int().min(0), advisory: z.int().min(0), accepted: z.int().min(0), checkedAt: z.string().max(50) }).nullable(),
})
export type SchemeStep = z.infer<typeof stepSchema>

/** Kept under the scheme's id. */
export const schemeRecordSchema = z.strictObject({ stage: z.enum(SCHEME_STAGES), steps: z.array(stepSchema).max(1000) })
export type SchemeRecord = z.infer<typeof schemeRecordSchema>

/** Steps there are. Back to the draft asks for a reason; the others for what `STEP_NEEDS` says. */
export const NEXT_STAGES: Readonly<Record<SchemeStage, readonly SchemeStage[]>> = {
  draft: ['in_review'], in_review: ['approved', 'draft'], approved: ['under_construction', 'draft'], under_construction: ['as_built', 'draft'], as_built: [],
}

/** What a scheme must show to take a step: something in it; a check of what it is now; no mandatory finding left open. */
export type StepNeed = 'content' | 'fresh_check' | 'no_open_mandatory' | 'reason'
export const stepNeeds = (from: SchemeStage, to: SchemeStage): readonly StepNeed[] =>
  to === 'draft' ? ['reason'] : from === 'draft' ? ['content', 'fresh_check'] : to === 'approved' ? ['fresh_check', 'no_open_mandatory'] : []

/** A scheme that was handed in is not changed under the reviewer's hands: it goes back to the draft first. */
export const isLockedStage = (stage: SchemeStage): boolean => stage !== 'draft'
