import type { IssueCode } from '#shared/core/issues.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { readSource } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS, type ImportLimits, type SourceReading, type WithIssues } from '#shared/io/source.ts'

/** GeoJSON for tests of the importer: lines and points with just the properties a test is about. */
export const line = (coordinates: unknown, properties: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  ({ type: 'Feature', properties, geometry: { type: 'LineString', coordinates }, ...more })

export const point = (coordinates: unknown, properties: Record<string, unknown> = {}) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates } })

export const collection = (features: unknown[], more: Record<string, unknown> = {}) => ({ type: 'FeatureCollection', ...more, features })

export const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

export function readText(text: unknown, limits: Partial<ImportLimits> = {}): WithIssues<SourceReading> {
  const bytes = text instanceof Uint8Array ? text : bytesOf(text)
  return readSource([{ name: 'net.geojson', bytes }], { ...DEFAULT_IMPORT_LIMITS, ...limits }, unattendedJob)
}

export const codesOf = ({ issues }: WithIssues<unknown>): IssueCode[] => issues.map(issue => issue.code)
