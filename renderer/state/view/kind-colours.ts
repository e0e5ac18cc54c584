import palettes from '#assets/colours/kinds.json' with { type: 'json' }
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { ViewState } from './view-store.ts'

/** Colour of a kind in the palette the user chose, `#rrggbb`. */
export const kindColour = (kind: AssetKind, palette: ViewState['colours']): string => palettes[palette][kind]
