import { neutralClass } from '#renderer/state/colouring/by-column.ts'
import { ramp } from '#renderer/state/colouring/ramp.ts'
import type { Palette } from '#renderer/state/colouring/colour-classes.ts'
import type { Heat, HeatGrid } from './heat-grid.ts'

/** A class of a heat map: figures from `from` (inclusive) up to `to`. */
export interface HeatClass {
  readonly from: number
  readonly to: number
  readonly colour: string
  /** Squares in it. */
  readonly cells: number
}

/** Bounds between the classes of each heat map; what is grave is dark in all of them. */
const BOUNDS: Readonly<Record<Exclude<Heat, 'none'>, readonly number[]>> = {
  findings: [2, 4, 8, 16, 32],
  missing: [0.01, 0.25, 0.5, 0.75, 0.99],
  depth: [0.6, 1, 1.5, 2.5, 4],
  age: [1970, 1980, 1990, 2000, 2010],
}
const LEAST: Readonly<Record<Exclude<Heat, 'none'>, number>> = { findings: 1, missing: -Infinity, depth: -Infinity, age: -Infinity }

/** Classes with at least one square, lowest first; shallow cover and old pipes are the grave end. Where nothing is missing the map stays quiet. */
export function heatClasses(heat: Exclude<Heat, 'none'>, grid: HeatGrid, palette: Palette): HeatClass[] {
  const bounds = BOUNDS[heat]
  const colours = ramp(palette, bounds.length + 1)
  const isLowGrave = heat === 'depth' || heat === 'age'
  const counts = new Array<number>(bounds.length + 1).fill(0)
  for (const value of grid.values) if (!Number.isNaN(value)) counts[classOf(bounds, value)]!++
  return counts.map((cells, c) => ({
    from: c === 0 ? LEAST[heat] : bounds[c - 1]!, to: bounds[c] ?? Infinity, cells,
    colour: heat === 'missing' && c === 0 ? neutralClass(palette).colour : colours[isLowGrave ? bounds.length - c : c]!,
  }))
}

export const heatColour = (heat: Exclude<Heat, 'none'>, classes: readonly HeatClass[], value: number): string => classes[classOf(BOUNDS[heat], value)]!.colour

function classOf(bounds: readonly number[], value: number): number {
  const found = bounds.findIndex(bound => value < bound)
  return found < 0 ? bounds.length : found
}
