import { isScreening, type Finding } from '../clearance/findings/finding.ts'
import type { FindingState, FindingStatus } from '../register/finding-state.ts'
import { sideHash, type SideGeometry } from './side-hash.ts'

/** Why an accepted finding is open again. */
export const REOPENINGS = ['moved', 'pack', 'worse', 'expired'] as const
export type Reopening = (typeof REOPENINGS)[number]

/** How a finding compares with what it was when somebody last touched it; `again`: it was resolved and is still there. */
export type Trend = 'new' | 'same' | 'worse' | 'better' | 'again'

/** Where a finding stands now. Derived from its record and what is open, never stored. */
export interface Standing {
  readonly state: FindingState | null
  readonly status: FindingStatus
  readonly reopened: Reopening | null
  readonly trend: Trend
}

/** What standings are judged against. */
export interface StandingContext {
  readonly pack: { readonly id: string; readonly version: string; readonly hash: string }
  /** `YYYY-MM-DD`. */
  readonly today: string
  readonly geometryOf: (id: string) => SideGeometry | null
}

/** Differences below a millimetre, or a thousandth of a rule's unit, are none. */
const SAME_M = 1e-3

/**
 * Where a finding that was found now stands. An exception that no longer holds and a resolved finding that is still found
 * are active again, by themselves.
 */
export function standingOf(finding: Finding, state: FindingState | null, context: StandingContext): Standing {
  if (!state) return { state, status: 'new', reopened: null, trend: 'new' }
  const reopened = state.status === 'accepted' ? reopeningOf(finding, state, context) : null
  const isAgain = state.status === 'resolved'
  return { state, status: reopened !== null || isAgain ? 'active' : state.status, reopened, trend: isAgain ? 'again' : trendOf(finding, state) }
}

/** Why the exception of an accepted finding holds no longer, or null where it does. An acceptance without one never holds. */
export function reopeningOf({ a, b, rule, shortfall }: Pick<Finding, 'a' | 'b' | 'rule' | 'shortfall'>, { exception }: Pick<FindingState, 'exception'>, { pack, today, geometryOf }: StandingContext): Reopening | null {
  if (!exception) return 'expired'
  if (exception.geometry.a !== sideHash(a, geometryOf) || exception.geometry.b !== sideHash(b, geometryOf)) return 'moved'
  if (exception.pack.id !== pack.id || exception.pack.hash !== pack.hash) return 'pack'
  if (isScreening(rule) && shortfall > (exception.shortfall ?? Infinity) + SAME_M) return 'worse'
  return exception.expires < today ? 'expired' : null
}

function trendOf({ shortfall, rule }: Finding, { seen }: FindingState): Trend {
  if (rule !== seen.rule) return rule === 'hard' ? 'worse' : seen.rule === 'hard' ? 'better' : 'same'
  const change = shortfall - seen.shortfall
  return change > SAME_M ? 'worse' : change < -SAME_M ? 'better' : 'same'
}

/** A finding as a record keeps it. @param at ISO 8601. */
export const seenOf = ({ rule, a, b, required, found, shortfall, clause, mandatory, verdict }: Finding, at: string): FindingState['seen'] =>
  ({ at, rule, a: [...a], b: [...b], required, found, shortfall, clause, mandatory, verdict })
