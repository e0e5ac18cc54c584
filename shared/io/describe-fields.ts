import type { AttributeValue } from '../twin/asset.ts'
import { SourceRefused } from './issue-log.ts'
import type { SourceFeature, SourceField } from './source.ts'

const MAX_SAMPLES = 100
/** Different values counted per field; beyond it a field is an identifier and only "at least so many" matters. */
const MAX_DISTINCT = 10_000
const MAX_SAMPLE_TEXT = 80
/** More different names are no table: each feature brings keys of its own. */
const MAX_FIELDS = 10_000

interface Tally {
  /** Figures as they are: writing each out would be most of the work. */
  readonly counts: Map<string | number, number>
  readonly types: Set<string>
  present: number
  min: number
  max: number
}

/**
 * What the fields of a layer hold: types, frequent values, gaps, range. In the order the fields first appear.
 * @throws SourceRefused too many different fields.
 */
export function describeFields(features: readonly SourceFeature[]): SourceField[] {
  const tallies = new Map<string, Tally>()
  for (const { properties } of features) {
    for (const name of Object.keys(properties)) {
      const value = properties[name]!
      let tally = tallies.get(name)
      if (!tally && tallies.size === MAX_FIELDS) throw new SourceRefused('outside_limits', { problem: 'fields', limit: MAX_FIELDS })
      if (!tally) tallies.set(name, (tally = { counts: new Map(), types: new Set(), present: 0, min: Infinity, max: -Infinity }))
      count(tally, value)
    }
  }
  return [...tallies].map(([name, tally]) => {
    const types = [...tally.types]
    const counts = asTexts(tally.counts)
    const samples = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MAX_SAMPLES).map(([value, count]) => ({ value, count }))
    return {
      name,
      type: types.length > 1 ? 'mixed' : ((types[0] ?? 'text') as SourceField['type']),
      samples,
      distinct: counts.size,
      missing: features.length - tally.present,
      ...(tally.min <= tally.max && { min: tally.min, max: tally.max }),
    }
  })
}

function count(tally: Tally, value: AttributeValue): void {
  if (value === null || value === '') return
  tally.present++
  tally.types.add(typeof value === 'string' ? 'text' : typeof value)
  if (typeof value === 'number') {
    tally.min = Math.min(tally.min, value)
    tally.max = Math.max(tally.max, value)
  }
  const key = typeof value === 'number' ? value : String(value).slice(0, MAX_SAMPLE_TEXT)
  const known = tally.counts.get(key)
  if (known !== undefined) tally.counts.set(key, known + 1)
  else if (tally.counts.size < MAX_DISTINCT) tally.counts.set(key, 1)
}

/** A figure and a text that reads like it count as one. */
function asTexts(counts: Tally['counts']): Map<string, number> {
  const texts = new Map<string, number>()
  for (const [value, count] of counts) texts.set(String(value), (texts.get(String(value)) ?? 0) + count)
  return texts
}
