import { classesOf } from './asset-classes.ts'
import { LimitLookup, type Limit } from './limit-lookup.ts'
import type { PackTest, RulePack } from './rule-pack.ts'

/** A test with the limit the pack gives now. */
export interface PackTestOutcome {
  readonly test: PackTest
  readonly limit: Limit | null
  readonly passes: boolean
}

/** Metres; figures are typed with three decimals at most. */
const SAME_M = 1e-6

/** The limit a test asks a pack for, as a check would take it; null where no cell applies. */
export function testedLimit(pack: RulePack, { a, b, limit, surface }: Pick<PackTest, 'a' | 'b' | 'limit' | 'surface'>): Limit | null {
  const lookup = new LimitLookup(pack, [classesOf(a, pack), classesOf(b, pack)])
  if (limit === 'cover') return lookup.cover(0, surface ?? 'roadway').min
  const { horizontal, firstAbove, secondAbove, distance } = lookup.pair(0, 1)
  return { horizontal, first_above: firstAbove, second_above: secondAbove, distance }[limit]
}

/** Every test of a pack, in its order. */
export const runPackTests = (pack: RulePack): PackTestOutcome[] =>
  (pack.tests ?? []).map(test => {
    const limit = testedLimit(pack, test)
    return { test, limit, passes: test.needsM === null ? limit === null : limit !== null && Math.abs(limit.minM - test.needsM) <= SAME_M }
  })
