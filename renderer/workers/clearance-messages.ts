import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { PackedContext } from '#shared/twin/twin-context.ts'

/** What the clearance worker is told: the twin once, then the proposals of the scheme whenever they change. */
export type ClearanceRequest =
  | { readonly type: 'load'; readonly columns: AssetColumns; readonly pack: RulePack; readonly context: PackedContext }
  | { readonly type: 'prepare'; readonly serial: number; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }

export type ClearanceAnswer =
  | { readonly type: 'prepared'; readonly serial: number; readonly prepared: PreparedClearance; readonly buildMs: number }
  | { readonly type: 'failed'; readonly serial: number }
