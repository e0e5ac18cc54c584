import type { LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { PackedContext } from '#shared/twin/twin-context.ts'

/** What the clearance worker is told: the twin once, then the proposals of the scheme whenever they change. */
export type ClearanceRequest =
  | { readonly type: 'load'; readonly columns: AssetColumns; readonly pack: RulePack; readonly context: PackedContext }
  | { readonly type: 'prepare'; readonly serial: number; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }
  /** What stands on the ground in a part of the plan, local frame: that of a whole city would take the page's breath. */
  | { readonly type: 'around'; readonly box: PlanBox }

export type ClearanceAnswer =
  | { readonly type: 'around'; readonly box: PlanBox; readonly site: LineSite | null }
  | { readonly type: 'prepared'; readonly serial: number; readonly prepared: PreparedClearance; readonly buildMs: number }
  | { readonly type: 'failed'; readonly serial: number }
