import type { RouteAnswer, RouteInput } from '#shared/routing/search/find-route.ts'
import type { SlotAnswer, SlotInput } from '#shared/routing/free-slots.ts'
import type { FixInput, FixOutcome } from '#shared/routing/fix/fix-scheme.ts'
import type { PackedContext, TwinContext } from '#shared/twin/twin-context.ts'
import type { Proposal } from '#shared/scenario/document.ts'

/** What the worker unpacks for itself: a million records are slow to hand over. */
type Surroundings = Pick<TwinContext, 'ground' | 'surfaceFeatures' | 'nodes'>

/** The surroundings, null where the worker was sent them before, and the number by which they are known again (contextNumber). */
interface Asked {
  readonly context: PackedContext | null
  readonly contextNumber: number
}

/** One question to the planning worker at a time. */
export type PlanningRequest = Asked & (
  /** Only to have the surroundings unpacked: there is no answer. */
  | { readonly type: 'prepare' }
  | { readonly type: 'fix'; readonly input: Omit<FixInput, keyof Surroundings> }
  /** `proposals` and `removed`: the scheme the route is to keep clear of. */
  | { readonly type: 'route'; readonly input: Omit<RouteInput, keyof Surroundings>; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }
  | { readonly type: 'slots'; readonly input: Omit<SlotInput, keyof Surroundings>; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }
)

export type PlanningAnswer =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'fix'; readonly outcome: FixOutcome }
  /** Told anew with each route found, until it is complete. */
  | { readonly type: 'route'; readonly answer: RouteAnswer; readonly isComplete: boolean }
  | { readonly type: 'slots'; readonly answer: SlotAnswer }
  | { readonly type: 'failed' }
