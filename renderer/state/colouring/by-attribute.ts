import schemes from '#assets/colours/schemes.json' with { type: 'json' }
import { neutralClass, otherColour } from './by-column.ts'
import { ramp } from './ramp.ts'
import type { AttributeColumn, ColourClass, ColourClasses, ColouringInput, Palette } from './colour-classes.ts'

const NO_COLUMN: Pick<AttributeColumn, 'values' | 'codes'> = { values: [], codes: new Uint32Array() }

/** Old is dark, new is bright; one class a decade, those before the oldest named one together. */
export function ageClasses({ columns, attribute }: ColouringInput, palette: Palette): ColourClasses {
  const { values, codes } = attribute ?? NO_COLUMN
  const decades = values.map(value => 10 * Math.floor(Number(value) / 10))
  const present = [...new Set(decades)].sort((a, b) => b - a)
  const colours = ramp(palette, MOST_DECADES)
  const first = present[Math.min(present.length, MOST_DECADES) - 1] ?? 0
  const named = present.slice(0, MOST_DECADES)
  const classes: ColourClass[] = named.map((decade, c) => ({
    id: `decade:${decade}`, colour: colours[named.length < 2 ? 0 : Math.round((c * (MOST_DECADES - 1)) / Math.max(named.length - 1, 3))]!,
    label: decade === first && present.length > MOST_DECADES ? { key: 'colouring:age.before', values: { year: decade + 10 } } : { key: 'colouring:age.decade', values: { decade, last: decade + 9 } },
  }))
  classes.push({ id: 'unknown', label: { key: 'colouring:age.unknown' }, colour: neutralClass(palette).colour })
  const classOf = decades.map(decade => named.indexOf(Math.max(first, decade)))
  return coded(columns.count, codes, classOf, classes)
}

const MOST_DECADES = 8

/** The commonest materials have a colour each, the others share one. */
export function materialClasses({ columns, attribute }: ColouringInput, palette: Palette): ColourClasses {
  const { values, codes } = attribute ?? NO_COLUMN
  const { qualitative } = schemes[palette]
  const counts = new Uint32Array(values.length)
  for (const code of codes) if (code > 0) counts[code - 1]!++
  const ranked = values.map((_, v) => v).sort((a, b) => counts[b]! - counts[a]! || (values[a]! < values[b]! ? -1 : 1))
  const named = ranked.slice(0, qualitative.length)
  const classes: ColourClass[] = named.map((v, i) => ({ id: `material:${values[v]}`, label: { text: values[v]! }, colour: qualitative[i]! }))
  classes.push({ id: 'others', label: { key: 'colouring:material.others', values: { count: ranked.length - named.length } }, colour: otherColour(palette) })
  classes.push({ id: 'unknown', label: { key: 'colouring:material.unknown' }, colour: neutralClass(palette).colour })
  const place = new Map(named.map((v, i) => [v, i]))
  return coded(columns.count, codes, values.map((_, v) => place.get(v) ?? named.length), classes)
}

/** The last class is for what the source does not say. */
function coded(count: number, codes: Uint32Array, classOf: readonly number[], classes: readonly ColourClass[]): ColourClasses {
  const unknown = classes.length - 1
  const result = new Uint8Array(count).fill(unknown)
  for (let i = 0; i < count; i++) if ((codes[i] ?? 0) > 0) result[i] = classOf[codes[i]! - 1]!
  return { classes, codes: result, nodeClass: () => unknown }
}
