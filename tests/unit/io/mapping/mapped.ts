import { unattendedJob } from '#shared/core/job.ts'
import { importReadings, type ImportTarget } from '#shared/io/apply/import-readings.ts'
import type { LayerMapping } from '#shared/io/mapping.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import type { ImportedRecords, WithIssues } from '#shared/io/source.ts'
import { collection, readText } from '../geojson-source.ts'

type Change<T> = { readonly [K in keyof T]?: T[K] extends object ? Partial<T[K]> : T[K] }

/** The proposal for a layer with some of it changed, as the user does. */
function changed(mapping: LayerMapping, change: Change<LayerMapping>): LayerMapping {
  const merged = Object.entries(change).map(([key, value]) => {
    const was = mapping[key as keyof LayerMapping]
    return [key, typeof value === 'object' && typeof was === 'object' ? { ...was, ...value } : value]
  })
  return { ...mapping, ...(Object.fromEntries(merged) as Partial<LayerMapping>) }
}

/** Reads, proposes, changes and applies, in a projected system unless the collection says otherwise. */
export function importFeatures(features: unknown[], change: Change<LayerMapping> = {}, target: Partial<ImportTarget> = {}, more: Record<string, unknown> = UTM31): WithIssues<ImportedRecords> {
  const { value } = readText(collection(features, more))
  const mappings = value.layers.map(layer => changed(proposeMapping(layer), change))
  return importReadings([{ reading: value, mappings }], { crs: 'own', surface: null, assetIds: [], ...target }, unattendedJob)
}

export const UTM31 = { crs: { type: 'name', properties: { name: 'EPSG:25831' } } }
/** A point of Barcelona's plain, so that lines of tests lie where the system does. */
export const X = 420_000
export const Y = 4_577_000
