import type { Attributes } from '../../twin/asset.ts'
import { METRES_PER } from '../length-units.ts'
import type { LengthUnit } from '../mapping.ts'

/** A property as trimmed text; empty where the field is not mapped, absent or null. */
export function textOf(properties: Attributes, field: string | null): string {
  if (field === null || !Object.hasOwn(properties, field)) return ''
  const value = properties[field]
  return value === null ? '' : String(value).trim()
}

/** A property as a number, `12.5 ` and `1,234.5` written as text included; null where it is none. */
export function numberOf(properties: Attributes, field: string | null): number | null {
  const text = textOf(properties, field)
  if (text === '') return null
  const value = Number(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text)
  return Number.isFinite(value) ? value : null
}

/** A length in metres; null where it is none. */
export function metresOf(properties: Attributes, field: string | null, unit: LengthUnit): number | null {
  const value = numberOf(properties, field)
  return value === null ? null : value * METRES_PER[unit]
}

/** What a mapping says a value stands for; undefined where it is not listed. Never reaches into Object.prototype. */
export const meaningOf = <T>(values: Readonly<Record<string, T>>, text: string): T | undefined => (Object.hasOwn(values, text) ? values[text] : undefined)
