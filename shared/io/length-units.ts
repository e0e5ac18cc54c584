import type { LengthUnit } from './mapping.ts'
import type { SourceField } from './source.ts'

export const METRES_PER: Readonly<Record<LengthUnit, number>> = { m: 1, mm: 0.001, cm: 0.01, in: 0.0254, ft: 0.3048 }

const UNIT_PARTS: readonly (readonly [RegExp, LengthUnit])[] = [
  [/(^|[_\s(（[])(mm|millimet(er|re)s?|毫米)[)）\]]?$/i, 'mm'],
  [/(^|[_\s(（[])(cm|centimet(er|re)s?|厘米)[)）\]]?$/i, 'cm'],
  [/(^|[_\s(（[])(in|inch|inches|英寸)[)）\]]?$/i, 'in'],
  [/(^|[_\s(（[])(ft|feet|foot|英尺)[)）\]]?$/i, 'ft'],
  [/(^|[_\s(（[])(m|met(er|re)s?|米)[)）\]]?$/i, 'm'],
  [/[a-z](Mm|MM)$/, 'mm'], [/[a-z](Cm|CM)$/, 'cm'], [/[a-z]M$/, 'm'],
]

/** The unit a field's name ends in (`dia_mm`, `管径(mm)`, `diameterM`), or null. */
export const unitOfName = (name: string): LengthUnit | null => UNIT_PARTS.find(([pattern]) => pattern.test(name.trim()))?.[1] ?? null

/** Sizes of pipes, cables and culverts as they occur, metres. */
const PLAUSIBLE_SIZE_M = { least: 0.012, most: 5 } as const

export const isPlausibleSizeM = (sizeM: number): boolean => sizeM >= PLAUSIBLE_SIZE_M.least && sizeM <= PLAUSIBLE_SIZE_M.most

/**
 * The unit of a size field: what the name says, as long as the usual value is then a size that occurs; else what the
 * values say (a diameter of 300 is in millimetres, one of 0.3 in metres).
 * @param layerUnit the unit the layer's other lengths were found to be in.
 */
export function proposeSizeUnit(field: SourceField | null, layerUnit: LengthUnit | null = null): LengthUnit {
  if (!field) return 'm'
  const typical = typicalSize(field)
  const named = unitOfName(field.name)
  if (!named && layerUnit === 'ft' && typical !== null && isUsualSize(typical * METRES_PER.ft)) return 'ft'
  if (typical === null) return named ?? 'mm'
  if (named && isUsualSize(typical * METRES_PER[named])) return named
  if (typical > 20) return 'mm'
  if (typical <= 4) return 'm'
  return /[."″]|inch/i.test(field.name) ? 'in' : typical >= 6 && field.samples.every(({ value }) => Number(value) % 1 === 0) ? 'in' : 'cm'
}

/** Tighter than plausible: most pipes of any network are between 20 mm and 3 m. */
const isUsualSize = (sizeM: number): boolean => sizeM >= 0.02 && sizeM <= 3

/** The middle one of a field's frequent values, zeros aside; null where it holds none. */
function typicalSize(field: SourceField): number | null {
  const values = field.samples.map(({ value }) => leadingNumber(value)).filter(value => value > 0).sort((a, b) => a - b)
  return values[values.length >> 1] ?? null
}

/** The first number in a text such as `DN300`, `Φ500` or `600X400`; NaN where there is none. */
export function leadingNumber(text: string): number {
  const match = /\d+(?:\.\d+)?/.exec(text)
  return match ? Number(match[0]) : NaN
}
