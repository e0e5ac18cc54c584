import { isCanonicalFeature } from './canonical/canonical-form.ts'
import { describeFields } from './describe-fields.ts'
import type { LayerMapping } from './mapping.ts'
import type { SourceFeature, SourceLayer } from './source.ts'

/**
 * One layer per class of geometry, since lines, points and polygons become different things; the canonical form stays one.
 * The first layer keeps the name: a mapping made for it fits the file without the stray points too.
 */
export function layersOf(name: string, features: readonly SourceFeature[], crs: string | null): SourceLayer[] {
  const classes = (['line', 'point', 'polygon'] as const).filter(geometry => features.some(feature => feature.geometry === geometry))
  const canonical = features.some(isCanonicalFeature)
  if (canonical || classes.length <= 1) return [layerOf(name, classes.length > 1 ? 'mixed' : (classes[0] ?? 'line'), features, crs, canonical)]
  return classes.map((geometry, i) => layerOf(i === 0 ? name : `${name}:${geometry}`, geometry, features.filter(feature => feature.geometry === geometry), crs, false))
}

function layerOf(name: string, geometry: SourceLayer['geometry'], features: readonly SourceFeature[], crs: string | null, canonical: boolean): SourceLayer {
  const hasZ = features.length > 0 && features.every(feature => feature.parts.every(part => part.every(position => position.length > 2)))
  return { name, geometry, features, fields: describeFields(features), crs, hasZ, canonical }
}

/** A layer of a format that defines what its fields mean. */
export function declaredLayer(geometry: 'line' | 'point', features: readonly SourceFeature[], crs: string | null, declared: LayerMapping): SourceLayer {
  return { ...layerOf(declared.layer, geometry, features, crs, false), declared }
}
