import { createStore } from 'zustand/vanilla'
import type { z } from 'zod'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { checkResultSchema } from '#shared/contract/shapes.ts'

export type CheckResult = Omit<z.infer<typeof checkResultSchema>, 'findings'> & { readonly findings: readonly Finding[] }
export type CheckScope = CheckResult['scope']

/** Jobs have names of their own, and all look at the same. */
export const scopeSort = (scope: CheckScope): 'proposals' | 'network' | 'lifeline' | 'job' => (scope === 'proposals' || scope === 'network' || scope === 'lifeline' ? scope : 'job')

/**
 * The newest result of each scenario and scope, with the label of what it was computed from.
 * Whether it is current is derived by comparing that label with what is open now: never stored.
 */
export interface FindingsState {
  readonly results: Readonly<Record<string, CheckResult>>
  readonly running: ReadonlySet<string>
}

export const resultKey = (scenarioId: string | null, scope: CheckScope): string => `${scope}:${scenarioId ?? ''}`

export const findingsStore = createStore<FindingsState>(() => ({ results: {}, running: new Set() }))

/** The result of a scheme (null: the baseline) and scope, if there is one. */
export const resultOf = (state: FindingsState, scenarioId: string | null, scope: CheckScope): CheckResult | null =>
  state.results[resultKey(scenarioId, scope)] ?? null
