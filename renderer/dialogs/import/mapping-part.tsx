import type { ReactNode } from 'react'
import type { LayerMapping } from '#shared/io/mapping.ts'
import type { InspectedLayer } from '../../actions/files/import-actions.ts'

/** Part of the mapping that one section edits. */
export interface MappingPartProps {
  readonly layer: InspectedLayer
  readonly mapping: LayerMapping
  readonly change: (part: Partial<LayerMapping>) => void
}

/** A titled part of the form. */
export const FormPart = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset className="import-part"><legend>{title}</legend>{children}</fieldset>
)
