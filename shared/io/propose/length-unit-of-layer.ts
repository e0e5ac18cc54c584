import { lookUpCrs } from '../crs.ts'
import { METRES_PER, unitOfName } from '../length-units.ts'
import type { SourceFeature, SourceLayer } from '../source.ts'
import { firstField } from './field-role.ts'

const LENGTH_NAMES = [/ (length|shape length|len|shape leng) /, /长度|管长/]
/** Lines looked at, evenly over the layer. */
const SAMPLE = 500
const AGREE = 0.05

/**
 * The unit of a layer's figures, found by comparing its length field with what is drawn: tables in feet and tables in
 * metres both come with coordinates in feet, and nothing else tells them apart. Without such a field, a layer drawn in
 * feet is taken to be in feet throughout.
 * @returns null where neither says anything (or its name says the length's unit, which says nothing of others).
 */
export function lengthUnitOf(layer: SourceLayer): 'm' | 'ft' | null {
  const metresPerUnit = layer.crs === null ? null : (lookUpCrs(layer.crs)?.metresPerUnit ?? null)
  if (metresPerUnit === null) return null
  const isFeet = Math.abs(metresPerUnit - METRES_PER.ft) < 1e-5
  const field = firstField(layer.fields, LENGTH_NAMES, candidate => candidate.type === 'number')
  const ratios = field && !unitOfName(field.name) ? ratiosOf(layer, field.name) : []
  const agrees = (unit: number) => ratios.length > 0 && ratios.filter(ratio => Math.abs(ratio / unit - 1) < AGREE).length * 2 > ratios.length
  if (agrees(1)) return isFeet ? 'ft' : 'm'
  if (isFeet && agrees(METRES_PER.ft)) return 'm'
  if (!isFeet && agrees(1 / METRES_PER.ft)) return 'ft'
  return isFeet && ratios.length === 0 ? 'ft' : null
}

/** Stated length per drawn length, both as they stand. */
function ratiosOf(layer: SourceLayer, field: string): number[] {
  const step = Math.max(1, Math.floor(layer.features.length / SAMPLE))
  return layer.features.filter((_feature, i) => i % step === 0).flatMap(feature => {
    const stated = feature.properties[field]
    const drawn = planLength(feature)
    return typeof stated === 'number' && stated > 0 && drawn > 0 ? [stated / drawn] : []
  })
}

function planLength({ parts }: SourceFeature): number {
  return parts.reduce((sum, part) => sum + part.reduce((length, position, i) => (i === 0 ? 0 : length + Math.hypot(position[0]! - part[i - 1]![0]!, position[1]! - part[i - 1]![1]!)), 0), 0)
}
