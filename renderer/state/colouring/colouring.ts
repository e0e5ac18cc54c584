import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { axisFacts } from '../twin/asset-facts.ts'
import { ageClasses, materialClasses } from './by-attribute.ts'
import { kindClasses, ownerClasses, statusClasses } from './by-column.ts'
import { depthClasses } from './by-depth.ts'
import { findingClasses } from './by-findings.ts'
import { qualityClasses } from './by-quality.ts'
import type { ColourBy, ColourClass, ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

const SCHEMES: Readonly<Record<ColourBy, (input: ColouringInput, palette: Palette) => ColourClasses>> = {
  kind: kindClasses, owner: ownerClasses, status: statusClasses, depth: depthClasses,
  age: ageClasses, material: materialClasses, quality: qualityClasses, findings: findingClasses,
}

export const colourClasses = (by: ColourBy, input: ColouringInput, palette: Palette): ColourClasses => SCHEMES[by](input, palette)

/** A row of the legend: a class with how much of it is shown now. */
export interface LegendRow extends ColourClass {
  readonly count: number
  readonly lengthM: number
}

/** Classes that something shown belongs to, with lines and length; in the order of the scheme. */
export function legendRows(columns: AssetColumns, { classes, codes }: ColourClasses, isShown: (kind: AssetKind, owner: string) => boolean): LegendRow[] {
  const { lengthM } = axisFacts(columns)
  const shown = ASSET_KINDS.map(kind => columns.owners.map(owner => isShown(kind, owner)))
  const counts = new Uint32Array(classes.length)
  const lengths = new Float64Array(classes.length)
  for (let i = 0; i < columns.count; i++) {
    if (!shown[columns.kind[i]!]![columns.owner[i]!]) continue
    counts[codes[i]!]!++
    lengths[codes[i]!]! += lengthM[i]!
  }
  return classes.map((entry, c) => ({ ...entry, count: counts[c]!, lengthM: lengths[c]! })).filter(row => row.count > 0)
}
