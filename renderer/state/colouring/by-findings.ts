import { assetIndexOf } from '#shared/twin/asset-index.ts'
import schemes from '#assets/colours/schemes.json' with { type: 'json' }
import { neutralClass } from './by-column.ts'
import type { ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

/** Gravest first. */
const GRAVITIES = ['mandatory_certain', 'mandatory_possible', 'advisory_certain', 'advisory_possible', 'clear'] as const
const [CLEAR, NEUTRAL] = [4, 5]

/** The gravest finding each line takes part in, of the results that hold now. */
export function findingClasses({ columns, results }: ColouringInput, palette: Palette): ColourClasses {
  const codes = new Uint8Array(columns.count).fill(results.length > 0 ? CLEAR : NEUTRAL)
  for (const { findings } of results) {
    for (const { a, b, mandatory, verdict } of findings) {
      if (verdict === 'clear') continue
      const gravity = (mandatory ? 0 : 2) + (verdict === 'certain' ? 0 : 1)
      for (const id of [...a, ...b]) {
        const asset = assetIndexOf(columns, id)
        if (asset !== null && codes[asset]! > gravity) codes[asset] = gravity
      }
    }
  }
  const hasNetwork = results.some(result => result.scope === 'network')
  return {
    classes: [
      ...GRAVITIES.map(gravity => ({
        id: gravity, colour: schemes[palette].findings[gravity],
        label: { key: gravity !== 'clear' ? `colouring:findings.${gravity}` : hasNetwork ? 'colouring:findings.clear' : 'colouring:findings.schemeOnly' },
      })),
      { ...neutralClass(palette), label: { key: 'colouring:findings.unchecked' } },
    ],
    codes,
    nodeClass: () => NEUTRAL,
  }
}
