import type { RuleName } from '../../clearance/findings/finding.ts'
import type { Vec3 } from '../../twin/asset.ts'

export type BlockReason = 'zero_length' | 'outside_ground' | 'in_building' | 'keep_out' | 'no_way' | 'limit' | 'too_deep' | 'too_shallow' | 'no_fall' | 'bend'

/** Why there is no way, or no further one. */
export interface Blocked {
  readonly reason: BlockReason
  readonly asset: string | null
  readonly rule: RuleName | null
  readonly at: Vec3 | null
  /** Too deep: the least cover a line that falls as it must has there, and the greatest allowed, metres. */
  readonly cover?: { readonly neededM: number; readonly mostM: number }
  /** Too shallow: the cover at the level given, and the least allowed. No fall: what the levels given leave, and what the length needs. A bend: the radius that fits, and that of the line. Metres. */
  readonly figures?: { readonly foundM: number; readonly requiredM: number }
}
