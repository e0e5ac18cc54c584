import { stableGuid } from '../core/stable-guid.ts'
import { isScreening, type Finding } from '../clearance/findings/finding.ts'

/** Longest key a register takes. */
const MAX_KEY = 500

/**
 * Under which a finding's record is kept, from one check to the next: a finding between assets of the baseline is the same
 * one in every scheme, one with a proposal belongs to its scheme, as does what a scheme makes worse.
 * @param scenarioId Scheme that was checked; null for the baseline alone.
 */
export function findingKey(finding: Pick<Finding, 'id' | 'rule' | 'a' | 'b'>, scenarioId: string | null, isProposal: (id: string) => boolean): { readonly key: string; readonly scenarioId: string | null } {
  const owner = scenarioId !== null && (isScreening(finding.rule) || [...finding.a, ...finding.b].some(isProposal)) ? scenarioId : null
  const key = `${owner ?? ''}/${finding.id}`
  return { key: key.length <= MAX_KEY ? key : stableGuid('underplan-finding-key', key), scenarioId: owner }
}
