import type { CallOutput } from '#shared/contract/contract.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GroundSurface } from '#shared/twin/ground.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { CheckResult } from '../findings/findings-store.ts'

export type AttributeColumn = CallOutput<'twin.attributeColumn'>

/** What the colour of a line says. */
export const COLOUR_BY = ['kind', 'owner', 'status', 'depth', 'age', 'material', 'quality', 'findings'] as const
export type ColourBy = (typeof COLOUR_BY)[number]
export type Palette = 'standard' | 'colour_blind'

/** What a class is called: a name from the data, or a text of the catalogue `colouring`. */
export type ClassLabel =
  | { readonly text: string }
  | { readonly key: string; readonly values?: Readonly<Record<string, string | number>> }

export interface ColourClass {
  readonly id: string
  readonly label: ClassLabel
  /** `#rrggbb` */
  readonly colour: string
}

/** Each asset's class, at most 256 of them; nodes get theirs by kind or owner, else the last class. */
export interface ColourClasses {
  readonly classes: readonly ColourClass[]
  /** Index into `classes` per asset. */
  readonly codes: Uint8Array
  /** Class of a node, by what a node knows of itself. */
  readonly nodeClass: (kind: AssetKind, owner: string) => number
}

/** Everything a scheme may look at. */
export interface ColouringInput {
  readonly columns: AssetColumns
  readonly ground: GroundSurface | null
  /** The column of the attribute the scheme needs; null while it is being read. */
  readonly attribute: AttributeColumn | null
  /** Results that hold for what is open. */
  readonly results: readonly CheckResult[]
}
