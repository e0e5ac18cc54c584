import type { AssetKind, AssetStatus, Laying, NodeType, PressureClass } from './kinds.ts'

/** [x, y, z] in metres; z up. Which frame is said where it is used: project CRS or local. */
export type Vec3 = readonly [number, number, number]

/** Outer section (design §5): a circle, or a rectangle swept as a vertical cylinder of half-width × half-height. */
export type OuterSection =
  | { readonly shape: 'circle'; readonly diameterM: number }
  | { readonly shape: 'rectangle'; readonly widthM: number; readonly heightM: number }

/** What was not in the source and had to be filled from a named assumption. Bit flags: one byte per asset. */
export const ASSUMED = { level: 1, size: 2, wall: 4, kind: 8, ground: 16 } as const

export type AttributeValue = string | number | boolean | null
export type Attributes = Readonly<Record<string, AttributeValue>>

/**
 * One linear asset as a record: how importers, builders, the sample city and the project file speak of it.
 * Coordinates are those of the axis of the outer section, in the project's CRS, metres.
 */
export interface AssetRecord {
  readonly id: string
  readonly kind: AssetKind
  /** Empty where the owner is not known. */
  readonly owner: string
  readonly section: OuterSection
  readonly axis: readonly Vec3[]
  readonly status: AssetStatus
  readonly pressureClass?: PressureClass
  readonly laying?: Laying
  readonly voltageKv?: number
  /** 95 % limits of position; absent means unknown, which never counts as zero. */
  readonly accuracyPlanM?: number
  readonly accuracyLevelM?: number
  /** Sum of ASSUMED flags; 0 where everything was in the source. */
  readonly assumed: number
  /** Everything else the source said (material, year, code …), shown in the inspector. */
  readonly attributes: Attributes
}

/** A point object. `at` is its ground or cover level where known; `bottomZ` the level of its floor. */
export interface NodeRecord {
  readonly id: string
  readonly nodeType: NodeType
  readonly kind: AssetKind
  readonly owner: string
  readonly at: Vec3
  /** Project-CRS level of the inside bottom; absent where not known. */
  readonly bottomZ?: number
  /** Outer plan diameter (round) of a manhole or chamber; absent for fittings. */
  readonly diameterM?: number
  readonly attributes: Attributes
}
