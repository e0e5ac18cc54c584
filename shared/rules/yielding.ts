import { GRAVITY_KINDS, type AssetKind } from '../twin/kinds.ts'
import type { RulePack } from './rule-pack.ts'

/** What the yielding rules of a pack look at. */
export interface YieldingSide {
  readonly kind: AssetKind
  /** The larger outer dimension, metres; 0 where not known. */
  readonly diameterM: number
  /** Proposed or otherwise not yet built. */
  readonly isPlanned: boolean
  /** Ids of the pack's classes the asset takes: rules may name these, or kinds, directly. */
  readonly classes: ReadonlySet<string>
}

/** Who gives way, and by which rule. */
export interface Yielding {
  readonly side: 'a' | 'b'
  readonly yields: string
  readonly to: string
  readonly clause: string
}

/** Carried under pressure, or drawn in: what can be led over or under a gravity line. */
const PRESSURE_KINDS: ReadonlySet<AssetKind> = new Set(['water', 'reclaimed', 'gas', 'heat', 'industrial'])
/** Laid in any curve. */
const BENDABLE_KINDS: ReadonlySet<AssetKind> = new Set(['power', 'telecom'])

/**
 * Who gives way to whom: the first rule of the pack that tells the two sides apart decides; null where none does.
 * Known words beside kinds and class ids: pressure, gravity, bendable, stiff, small_diameter, large_diameter, new, existing.
 * What the data does not say (branch or trunk, temporary or permanent) decides nothing.
 */
export function whoYields(a: YieldingSide, b: YieldingSide, rules: RulePack['yielding']): Yielding | null {
  for (const { yields, to, clause = '' } of rules) {
    const aYields = is(a, b, yields) && is(b, a, to)
    const bYields = is(b, a, yields) && is(a, b, to)
    if (aYields !== bYields) return { side: aYields ? 'a' : 'b', yields, to, clause }
  }
  return null
}

function is(side: YieldingSide, other: YieldingSide, word: string): boolean {
  switch (word) {
    case 'pressure': return PRESSURE_KINDS.has(side.kind)
    case 'gravity': return GRAVITY_KINDS.has(side.kind)
    case 'bendable': return BENDABLE_KINDS.has(side.kind)
    case 'stiff': return !BENDABLE_KINDS.has(side.kind) && side.kind !== 'unknown'
    case 'small_diameter': return side.diameterM > 0 && side.diameterM < other.diameterM - 1e-9
    case 'large_diameter': return other.diameterM > 0 && side.diameterM > other.diameterM + 1e-9
    case 'new': return side.isPlanned
    case 'existing': return !side.isPlanned
    default: return side.kind === word || side.classes.has(word)
  }
}
