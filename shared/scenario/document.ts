import type { OuterSection, Vec3 } from '../twin/asset.ts'
import type { AssetKind, Laying, PressureClass } from '../twin/kinds.ts'

/** A planned linear asset. Axis in the project CRS, metres; tuples, never typed arrays (immer records no patch in those). */
export interface Proposal {
  readonly id: string
  readonly name: string
  readonly kind: AssetKind
  readonly owner: string
  readonly section: OuterSection
  readonly axis: readonly Vec3[]
  readonly laying?: Laying
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
}

/** One scheme: a named set of changes to the twin. Small, immutable, JSON-able; every edit is a command. */
export interface ScenarioDocument {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Keyed by proposal id. */
  readonly proposals: Readonly<Record<string, Proposal>>
}
