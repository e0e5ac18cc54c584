import type { PreparedClearance } from '#shared/clearance/prepare.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { NodeRecord } from '#shared/twin/asset.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** What the clearance worker is told: the twin once, then the proposals of the scheme whenever they change. */
export type ClearanceRequest =
  | { readonly type: 'load'; readonly columns: AssetColumns; readonly pack: RulePack; readonly ground: GroundSurface | null; readonly surfaceFeatures: readonly SurfaceFeature[]; readonly nodes: readonly NodeRecord[] }
  | { readonly type: 'prepare'; readonly serial: number; readonly proposals: readonly Proposal[]; readonly removed: readonly string[] }

export type ClearanceAnswer =
  | { readonly type: 'prepared'; readonly serial: number; readonly prepared: PreparedClearance; readonly buildMs: number }
  | { readonly type: 'failed'; readonly serial: number }
