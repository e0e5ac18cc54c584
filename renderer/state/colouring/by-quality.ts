import { neutralClass } from './by-column.ts'
import { ramp } from './ramp.ts'
import type { ColourClass, ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

/** Upper bounds of the classes of position, 95 % in plan, metres; what most quality-level schemes tell apart. */
const BOUNDS_M = [0.05, 0.15, 0.3, 0.5, 1] as const

/** How well the position is known: the better, the brighter; unknown never counts as good. */
export function qualityClasses({ columns }: ColouringInput, palette: Palette): ColourClasses {
  const colours = ramp(palette, BOUNDS_M.length + 1)
  const classes: ColourClass[] = colours.map((colour, c) => ({
    id: `plan:${c}`, colour,
    label: c === BOUNDS_M.length ? { key: 'colouring:quality.worse', values: { from: BOUNDS_M[c - 1]!.toFixed(2) } } : { key: 'colouring:quality.within', values: { to: BOUNDS_M[c]!.toFixed(2) } },
  }))
  classes.push({ id: 'unknown', label: { key: 'colouring:quality.unknown' }, colour: neutralClass(palette).colour })
  const codes = Uint8Array.from(columns.accuracyPlanM, limit => {
    if (Number.isNaN(limit)) return classes.length - 1
    const found = BOUNDS_M.findIndex(bound => limit <= bound + 1e-9)
    return found < 0 ? BOUNDS_M.length : found
  })
  return { classes, codes, nodeClass: () => classes.length - 1 }
}
