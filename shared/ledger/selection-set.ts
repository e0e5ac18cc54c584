import { z } from 'zod'
import { RULE_NAMES, type Finding } from '../clearance/finding.ts'
import { idSchema } from '../scenario/field-schemas.ts'
import { assetQuerySchema } from './asset-query.ts'

/** A query worth coming back to, and a set that checks can be made of. */
export const savedQuerySchema = z.strictObject({ name: z.string().min(1).max(200), query: assetQuerySchema })
export type SavedQuery = z.infer<typeof savedQuerySchema>

/** One side of a check: everything, what the scheme proposes, or what a saved query finds. */
export const setRefSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all') }),
  z.strictObject({ type: z.literal('proposals') }),
  z.strictObject({ type: z.literal('query'), id: idSchema }),
])
export type SetRef = z.infer<typeof setRefSchema>

/** A check made again and again: one set against another, with the scheme worked on in the ground. */
export const checkJobSchema = z.strictObject({ name: z.string().min(1).max(200), a: setRefSchema, b: setRefSchema })
export type CheckJob = z.infer<typeof checkJobSchema>

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/**
 * What is not to be listed, and why: findings between two sets. Nothing is deleted by it; how many it hides is always shown.
 */
export const ignoreRuleSchema = z.strictObject({
  reason: z.string().min(1).max(5000), person: z.string().max(200), date: daySchema,
  /** Last day it holds; null for good. */
  expires: daySchema.nullable(),
  a: setRefSchema, b: setRefSchema,
  /** Empty: whatever the rule. */
  rules: z.array(z.enum(RULE_NAMES)).max(RULE_NAMES.length),
  /** Mandatory limits are hidden only where this says so. */
  alsoMandatory: z.boolean(),
  isActive: z.boolean(),
})
export type IgnoreRule = z.infer<typeof ignoreRuleSchema>

/** Whether an asset is in a set. */
export type SetTest = (id: string) => boolean

export const isInForce = ({ isActive, expires }: IgnoreRule, today: string): boolean => isActive && (expires === null || expires >= today)

/**
 * Which of the findings an ignore rule hides: all assets of one side in one of its sets, all of the other in the other. A
 * finding of a line alone is hidden where the line is in one of the sets and the other is everything.
 */
export function hiddenBy(rule: IgnoreRule, findings: readonly Finding[], testOf: (set: SetRef) => SetTest): boolean[] {
  const [inA, inB] = [testOf(rule.a), testOf(rule.b)]
  const rules = new Set(rule.rules)
  return findings.map(({ a, b, rule: broken, mandatory }) => {
    if (mandatory && !rule.alsoMandatory) return false
    if (rules.size > 0 && !rules.has(broken)) return false
    if (b.length === 0) return (rule.b.type === 'all' && a.every(inA)) || (rule.a.type === 'all' && a.every(inB))
    return (a.every(inA) && b.every(inB)) || (a.every(inB) && b.every(inA))
  })
}
