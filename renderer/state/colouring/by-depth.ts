import { groundOf } from '../twin/ground-levels.ts'
import { neutralClass } from './by-column.ts'
import { ramp } from './ramp.ts'
import type { ColourClass, ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

/** Upper bounds of the classes of cover, metres; the last has none. The first is what every code calls too shallow. */
const BOUNDS_M = [0.6, 1, 1.5, 2.5, 4, 6] as const

/** Least cover at the vertices of each asset (ground to crown), metres; NaN where no ground is known at any. */
export function leastCover({ columns, ground }: Pick<ColouringInput, 'columns' | 'ground'>): Float32Array {
  const groundAt = groundOf(ground)
  const { count, vertexStart, xyz, halfHeightM } = columns
  const cover = new Float32Array(count).fill(NaN)
  for (let i = 0; i < count; i++) {
    for (let v = vertexStart[i]!; v < vertexStart[i + 1]!; v++) {
      const level = groundAt(xyz[3 * v]!, xyz[3 * v + 1]!)
      if (level === null) continue
      const here = level - xyz[3 * v + 2]! - halfHeightM[i]!
      if (!(here >= cover[i]!)) cover[i] = here
    }
  }
  return cover
}

/** Shallow is bright: what a digger meets first. */
export function depthClasses(input: ColouringInput, palette: Palette): ColourClasses {
  const colours = ramp(palette, BOUNDS_M.length + 1)
  const classes: ColourClass[] = colours.map((colour, c) => ({ id: `cover:${c}`, label: boundLabel(c), colour }))
  classes.push({ id: 'unknown', label: { key: 'colouring:depth.unknown' }, colour: neutralClass(palette).colour })
  const codes = Uint8Array.from(leastCover(input), cover => (Number.isNaN(cover) ? classes.length - 1 : classOf(cover)))
  return { classes, codes, nodeClass: () => classes.length - 1 }
}

function classOf(cover: number): number {
  const found = BOUNDS_M.findIndex(bound => cover < bound)
  return found < 0 ? BOUNDS_M.length : found
}

function boundLabel(c: number): ColourClass['label'] {
  if (c === 0) return { key: 'colouring:depth.below', values: { to: BOUNDS_M[0].toFixed(1) } }
  if (c === BOUNDS_M.length) return { key: 'colouring:depth.from', values: { from: BOUNDS_M[c - 1]!.toFixed(1) } }
  return { key: 'colouring:depth.between', values: { from: BOUNDS_M[c - 1]!.toFixed(1), to: BOUNDS_M[c]!.toFixed(1) } }
}
