import type { Attributes, AttributeValue } from '../../../twin/asset.ts'
import type { IssueLog } from '../../issue-log.ts'

const MAX_TEXT = 10_000

/**
 * Properties as attributes. Nested values become their JSON text; over-long texts are cut and told. `__proto__` is
 * renamed: as a key it would reach into objects instead of lying in them.
 */
export function readProperties(raw: unknown, ref: string, log: IssueLog): Attributes {
  if (raw === null || raw === undefined) return {}
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    log.add('schema_invalid', 'warning', ref, { member: 'properties' })
    return {}
  }
  const source = raw as Record<string, unknown>
  // JSON.parse made a fresh object: it is kept as it is where nothing in it needs changing, which is nearly always.
  if (!Object.keys(source).some(key => key === '__proto__' || !isPlain(source[key]))) return source as Attributes
  const entries: [string, AttributeValue][] = []
  for (const [key, value] of Object.entries(source)) {
    const name = key === '__proto__' ? '_proto_' : key
    if (name !== key) log.add('property_invalid', 'info', ref, { property: name })
    if (isPlain(value)) entries.push([name, value])
    else {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (text.length > MAX_TEXT) log.add('property_invalid', 'warning', ref, { property: name.slice(0, 200), length: text.length })
      entries.push([name, text.slice(0, MAX_TEXT)])
    }
  }
  return Object.fromEntries(entries)
}

const isPlain = (value: unknown): value is AttributeValue =>
  value === null || typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= MAX_TEXT)
