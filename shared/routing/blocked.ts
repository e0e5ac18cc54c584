import type { RuleName } from '../clearance/finding.ts'
import type { Vec3 } from '../twin/asset.ts'

export type BlockReason = 'zero_length' | 'outside_ground' | 'in_building' | 'keep_out' | 'no_way' | 'limit' | 'too_deep'

/** Why there is no way, or no further one. */
export interface Blocked {
  readonly reason: BlockReason
  readonly asset: string | null
  readonly rule: RuleName | null
  readonly at: Vec3 | null
  /** Too deep: the least cover a line that falls as it must has there, and the greatest allowed, metres. */
  readonly cover?: { readonly neededM: number; readonly mostM: number }
}
