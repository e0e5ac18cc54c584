import type { PlanPoint } from '../geometry/plan-polygon.ts'
import type { DuctBank } from '../twin/duct-bank.ts'
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
  /** As the trade writes it: PE, ductile iron. */
  readonly material?: string
  /** Least radius the line can be laid with, metres: its bends are checked against it beside what the pack asks. */
  readonly bendRadiusM?: number
  /** A bank of ducts: what its section is made of. */
  readonly ductBank?: DuctBank
  /** Of a line laid by cover: the vertices the ground alone has made, in place; every other is its own. Absent where levels are given. */
  readonly groundBends?: readonly Vec3[]
  /** A diversion: baseline assets that this one takes the place of. They are out of the ground in this scheme. */
  readonly replaces?: readonly string[]
}

/** Plan of a pit's bottom (toe, not closed), the line and width of a trench's bottom, or the axis of a bore. Project CRS, metres. */
export type ExcavationShape =
  | { readonly type: 'pit'; readonly outline: readonly PlanPoint[] }
  | { readonly type: 'trench'; readonly line: readonly PlanPoint[]; readonly widthM: number }
  | { readonly type: 'bore'; readonly axis: readonly Vec3[]; readonly diameterM: number; readonly minRadiusM?: number }

/** A planned cut or bore. */
export interface Excavation {
  readonly id: string
  readonly name: string
  readonly shape: ExcavationShape
  /** Depth below the lowest ground on the outline, or the bottom's level; null for bores. */
  readonly bottom: { readonly depthM: number } | { readonly levelM: number } | null
  /** Run of the sides per 1 of rise; 0: vertical, supported. */
  readonly slopeRatio: number
  /** Id of a soil class (twin/soils). */
  readonly soil?: string
  readonly bench?: { readonly everyM: number; readonly widthM: number }
  readonly structuresM3?: number
  /** Place in the order of works, and first and last day open (ISO dates). */
  readonly stage?: { readonly order: number; readonly from?: string; readonly to?: string }
}

/** One scheme: a named set of changes to the twin. Small, immutable, JSON-able; every edit is a command. */
export interface ScenarioDocument {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Keyed by proposal id. */
  readonly proposals: Readonly<Record<string, Proposal>>
  /** Keyed by excavation id. */
  readonly excavations: Readonly<Record<string, Excavation>>
  /** Baseline assets the scheme takes out of the ground, keyed by asset id; those a diversion replaces are not listed here. */
  readonly removals: Readonly<Record<string, { readonly reason: string }>>
  /** `#rrggbb`. */
  readonly colour?: string
  /** The scheme this one branched off, as it was at a revision. */
  readonly basedOn?: { readonly id: string; readonly revision: number }
}

export const emptyScenario = (id: string, name: string): ScenarioDocument => ({ id, name, description: '', proposals: {}, excavations: {}, removals: {} })

/** A scheme that begins as this one is and remembers where it branched off. */
export const branchOf = (from: { readonly document: ScenarioDocument; readonly revision: number }, id: string, name: string): ScenarioDocument =>
  ({ ...from.document, id, name, basedOn: { id: from.document.id, revision: from.revision } })
