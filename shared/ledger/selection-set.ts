import { z } from 'zod'
import { RULE_NAMES, type Finding } from '../clearance/findings/finding.ts'
import { idSchema } from '../scenario/field-schemas.ts'
import { ASSET_KINDS, ASSET_STATUSES } from '../twin/kinds.ts'
import { assetQuerySchema, EVERYTHING, type AssetQuery } from './asset-query.ts'

/** A query worth coming back to, and a set that checks can be made of. */
export const savedQuerySchema = z.strictObject({ name: z.string().min(1).max(200), query: assetQuerySchema })
export type SavedQuery = z.infer<typeof savedQuerySchema>

/** One side of a check: everything, what the scheme proposes, what a saved query finds, or all of one kind, owner, block or status. */
export const setRefSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all') }),
  z.strictObject({ type: z.literal('proposals') }),
  z.strictObject({ type: z.literal('query'), id: idSchema }),
  z.strictObject({ type: z.literal('kind'), kind: z.enum(ASSET_KINDS) }),
  /** An empty name is nobody's. */
  z.strictObject({ type: z.literal('owner'), owner: z.string().max(200) }),
  z.strictObject({ type: z.literal('block'), id: z.string().max(200) }),
  z.strictObject({ type: z.literal('status'), status: z.enum(ASSET_STATUSES) }),
])
export type SetRef = z.infer<typeof setRefSchema>

/** What a set asks of an asset. @param saved The query kept under an id. @returns Undefined where that is no more. */
export function queryOfSet(set: Exclude<SetRef, { type: 'all' | 'proposals' }>, saved: (id: string) => AssetQuery | undefined): AssetQuery | undefined {
  switch (set.type) {
    case 'query': return saved(set.id)
    case 'kind': return { ...EVERYTHING, kinds: [set.kind] }
    case 'owner': return { ...EVERYTHING, owners: [set.owner] }
    case 'block': return { ...EVERYTHING, blocks: [set.id] }
    case 'status': return { ...EVERYTHING, statuses: [set.status] }
  }
}

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
