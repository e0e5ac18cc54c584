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

/** The attribute a scheme needs beside the columns. */
export const roleOf = (by: ColourBy): AttributeRole | null => (by === 'age' ? 'year' : by === 'material' ? 'material' : null)
