import { createStore } from 'zustand/vanilla'
import type { AttributeRole } from '#shared/twin/attribute-roles.ts'
import type { AttributeColumn, ColourBy } from './colour-classes.ts'

/** One attribute of every asset, fetched when first coloured by; `twinHash` says of which twin. */
export interface HeldAttribute {
  readonly twinHash: string
  /** Null while it is being read. */
  readonly column: AttributeColumn | null
}

export const attributeStore = createStore<Readonly<Partial<Record<AttributeRole, HeldAttribute>>>>(() => ({}))

/** What the source says of an asset; empty where it says nothing. */
export const attributeAt = ({ values, codes }: Pick<AttributeColumn, 'values' | 'codes'>, asset: number): string => values[(codes[asset] ?? 0) - 1] ?? ''

/** The attribute a scheme needs beside the columns. */
export const roleOf = (by: ColourBy): AttributeRole | null => (by === 'age' ? 'year' : by === 'material' ? 'material' : null)
