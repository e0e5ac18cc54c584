import type { Blocked } from '#shared/routing/blocked.ts'
import type { FoundRoute, RouteInput } from '#shared/routing/find-route.ts'
import type { SlotAnswer, SlotInput } from '#shared/routing/free-slots.ts'
import type { FixInput, FixOutcome } from '#shared/routing/fix-scheme.ts'
import type { Proposal } from '#shared/scenario/document.ts'

/** One question to the planning worker; it answers once and is ended. */
export type PlanningRequest =
  | { readonly type: 'fix'; readonly input: FixInput }
  /** `proposals` and `removed`: the scheme the route is to keep clear of. */
  | { readonly type: 'route'; readonly input: RouteInput; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }
  | { readonly type: 'slots'; readonly input: SlotInput; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }

export interface RouteAnswer {
  readonly routes: readonly FoundRoute[]
  readonly blocked: readonly Blocked[]
}

export type PlanningAnswer =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'fix'; readonly outcome: FixOutcome }
  | { readonly type: 'route'; readonly answer: RouteAnswer }
  | { readonly type: 'slots'; readonly answer: SlotAnswer }
  | { readonly type: 'failed' }
