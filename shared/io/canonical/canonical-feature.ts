import type { Attributes } from '../../twin/asset.ts'
import type { SourceFeature } from '../source.ts'
import { isCanonicalFeature } from './canonical-form.ts'

/**
 * A feature of a format that carries the canonical properties among its own (our exports do): with those alone, and as a
 * proposal where they say so. Null where they are not there.
 */
export function canonicalFeature(feature: Omit<SourceFeature, 'properties' | 'scenario'>, properties: Attributes): SourceFeature | null {
  if (typeof properties['id'] !== 'string') return null
  const { scenario, ...own } = properties
  const canonical: SourceFeature = { ...feature, id: properties['id'], properties: own, ...(scenario === true && { scenario: true as const }) }
  return isCanonicalFeature(canonical) ? canonical : null
}
