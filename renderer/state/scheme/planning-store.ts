import { createStore } from 'zustand/vanilla'
import type { RouteAnswer } from '#shared/routing/search/find-route.ts'
import type { RecordChange } from '#shared/register/collections.ts'
import type { FixOutcome } from '#shared/routing/fix/fix-scheme.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** What a fix was asked for: one finding, one line, or all of the scheme. */
export type FixSubject = { readonly type: 'finding' | 'line'; readonly id: string } | { readonly type: 'scheme' }

/** A fix as it is shown before it is accepted. `revision`: of the scheme it was computed from. */
export interface FixPreview {
  readonly subject: FixSubject
  readonly scenarioId: string
  readonly revision: number
  /** Null while it is being looked for. */
  readonly outcome: FixOutcome | null
}

/** What is asked of an automatic route beside its points. */
export interface RouteOptions {
  readonly alternatives: number
  readonly minCoverM: number
  readonly maxCoverM: number
  /** Routes clear even within the survey's uncertainty are looked for first. */
  readonly prefersCertain: boolean
}

export interface RoutePreview {
  readonly line: Omit<Proposal, 'axis'>
  /** Id of the proposal whose axis the route becomes; null where a new line is laid. */
  readonly replaces: string | null
  /** Null until the first is found. */
  readonly answer: RouteAnswer | null
  /** Nothing more is looked for. */
  readonly isComplete: boolean
  readonly chosen: number
}

export interface PlanningState {
  readonly fix: FixPreview | null
  readonly route: RoutePreview | null
  readonly routeOptions: RouteOptions
  /** Changes of the project's route costs that can be taken back, and made again: each as the records' changes that do it. */
  readonly costSteps: CostSteps
  /** Areas the route keeps out of. Local frame, on the ground. */
  readonly keepOut: readonly (readonly Vec3[])[]
  /** Another scheme shown ghosted over the active one. */
  readonly ghostId: string | null
  /** Another scheme at the right of a line across the 3D view, the active one at its left. `at`: share of the width. */
  readonly swipe: { readonly otherId: string; readonly at: number } | null
}

interface CostSteps {
  readonly past: readonly (readonly RecordChange[])[]
  readonly next: readonly (readonly RecordChange[])[]
}

export const NO_COST_STEPS: CostSteps = { past: [], next: [] }

export const planningStore = createStore<PlanningState>(() => ({
  fix: null, route: null, routeOptions: { alternatives: 3, minCoverM: 0.7, maxCoverM: 4, prefersCertain: true }, costSteps: NO_COST_STEPS, keepOut: [], ghostId: null, swipe: null,
}))
