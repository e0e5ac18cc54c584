import type { RuleName } from '../clearance/finding.ts'
import type { Vec3 } from '../twin/asset.ts'

export type BlockReason = 'zero_length' | 'outside_ground' | 'in_building' | 'keep_out' | 'no_way' | 'limit'

/** Why there is no way, or no further one. */
export interface Blocked {
  readonly reason: BlockReason
  readonly asset: string | null
  readonly rule: RuleName | null
  readonly at: Vec3 | null
}
