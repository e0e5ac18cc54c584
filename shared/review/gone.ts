import { isScreening } from '../clearance/findings/finding.ts'
import type { FindingState } from '../register/finding-state.ts'

/** A finding somebody worked on that the newest whole check does not find any more. */
export interface GoneFinding {
  readonly key: string
  readonly state: FindingState
}

/**
 * Records of findings that are gone: worked on, not yet resolved, and not among what a whole and current check found.
 * @param records By key, see `findingKey`.
 * @param found Keys of everything the check found.
 * @param scenarioId Scheme that was checked; null for the baseline alone.
 * @param scope What was checked: a check of the proposals alone says nothing of findings between assets of the baseline, and only the lifeline speaks of what it screens.
 * @returns The heaviest first as they were last seen, then by key.
 */
export function goneFindings(records: Readonly<Record<string, { readonly body: FindingState }>>, found: ReadonlySet<string>, scenarioId: string | null, scope: 'proposals' | 'network' | 'lifeline'): GoneFinding[] {
  return Object.entries(records)
    .filter(([key, { body }]) => body.status !== 'resolved' && !found.has(key) && isScreening(body.seen.rule) === (scope === 'lifeline') && (body.scenarioId === null ? scope === 'network' : body.scenarioId === scenarioId))
    .map(([key, { body }]) => ({ key, state: body }))
    .sort((p, q) => Number(q.state.seen.mandatory) - Number(p.state.seen.mandatory) || q.state.seen.shortfall - p.state.seen.shortfall || (p.key < q.key ? -1 : 1))
}
