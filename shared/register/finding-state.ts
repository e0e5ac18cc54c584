import { z } from 'zod'
import { RULE_NAMES, VERDICTS } from '../clearance/findings/finding.ts'
import { pictureIdSchema } from './picture.ts'

/** How far a finding has come. A finding nobody touched has no record and is new. */
export const FINDING_STATUSES = ['new', 'active', 'reviewed', 'accepted', 'resolved'] as const
export type FindingStatus = (typeof FINDING_STATUSES)[number]

/** A day, `YYYY-MM-DD`. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const name = z.string().max(200)

const commentSchema = z.strictObject({ id: z.string().min(1).max(100), at: z.string().max(50), author: name, text: z.string().min(1).max(10_000), picture: pictureIdSchema.optional() })
export type FindingComment = z.infer<typeof commentSchema>

/** Why a finding may stay, and for what exactly: it holds no longer once a side moves, the pack changes, what is screened gets worse or its day has passed. */
const exceptionSchema = z.strictObject({
  reason: z.string().min(1).max(5000),
  measure: z.string().min(1).max(5000),
  person: z.string().min(1).max(200),
  date: daySchema,
  /** Last day it holds. */
  expires: daySchema,
  /** Geometry of either side, see review/side-hash. */
  geometry: z.strictObject({ a: z.string().max(100), b: z.string().max(100) }),
  pack: z.strictObject({ id: z.string().max(100), version: z.string().max(50), hash: z.string().max(200) }),
  /** By how much it was exceeded when it was accepted, in the rule's unit: what is screened gets worse without a side moving. */
  shortfall: z.number().optional(),
})
export type FindingException = z.infer<typeof exceptionSchema>

/** The finding as it was when it was last touched: what "worse" and "gone" are told by. Metres. */
const seenSchema = z.strictObject({
  at: z.string().max(50), rule: z.enum(RULE_NAMES), a: z.array(z.string().max(200)).max(10_000), b: z.array(z.string().max(200)).max(10_000),
  required: z.number(), found: z.number(), shortfall: z.number(), clause: z.string().max(200), mandatory: z.boolean(), verdict: z.enum(VERDICTS),
})

/** What people made of a finding. Kept under `findingKey`: it belongs to the finding, not to one run of the check. */
export const findingStateSchema = z.strictObject({
  /** Scheme the finding belongs to; null where no proposal takes part. */
  scenarioId: z.string().max(200).nullable(),
  findingId: z.string().min(1).max(1000),
  status: z.enum(FINDING_STATUSES),
  assignee: name,
  due: daySchema.nullable(),
  tags: z.array(z.string().min(1).max(100)).max(50),
  /** Name of the group it was put into by hand; empty for none. */
  group: name,
  comments: z.array(commentSchema).max(1000),
  exception: exceptionSchema.nullable(),
  seen: seenSchema,
})
export type FindingState = z.infer<typeof findingStateSchema>
