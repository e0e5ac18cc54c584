import type { OuterSection, Vec3 } from '../asset.ts'
import type { AssetKind, Laying, PressureClass } from '../kinds.ts'

/**
 * A scheme the sample project opens with. The same shape as `ScenarioDocument`, spelt out here because the twin may not
 * know the scenario folder that is built on it.
 */
export interface StarterScheme {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly proposals: Readonly<Record<string, StarterProposal>>
}

interface StarterProposal {
  readonly id: string
  readonly name: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  readonly axis: readonly Vec3[]
  readonly laying: Laying
  readonly pressureClass: PressureClass
}
