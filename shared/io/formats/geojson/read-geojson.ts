import type { JobControl } from '../../../core/job.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { layersOf } from '../../source-layers.ts'
import { toUtf8 } from '../../text-encoding.ts'
import { readCrsMember } from './crs-member.ts'
import { readGeometry, type VertexBudget } from './read-geometry.ts'
import { readProperties } from './read-properties.ts'
import { scanJson } from './scan-json.ts'

/** Largest single feature: its text is parsed in one go. */
const MAX_FEATURE_BYTES = 256 * 1024 * 1024
const PROGRESS_EVERY = 2048
const GEOMETRY_TYPES = new Set(['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon', 'GeometryCollection'])

/**
 * Reads GeoJSON in any of its forms: a FeatureCollection, a Feature, a bare geometry, one of these per line, or an
 * RFC 8142 text sequence. Lines, points and polygons become a layer each, but for the canonical form, which stays one.
 * @throws SourceRefused wrong as a whole: truncated, not JSON, not GeoJSON, or beyond a limit.
 */
export function readGeoJson(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const name = file.name.replace(/\.[^.]*$/, '')
  const collected = collect(bytes, name, limits, job, log)
  return { value: { format: 'geojson', layers: layersOf(name, collected.features, collected.crs), grounds: [] }, issues: log.issues }
}

interface Collected {
  readonly features: SourceFeature[]
  readonly crs: string | null
}

function collect(bytes: Uint8Array, name: string, limits: ImportLimits, job: JobControl, log: IssueLog): Collected {
  const features: SourceFeature[] = []
  const budget: VertexBudget = { left: limits.maxVertices, limit: limits.maxVertices }
  let crs: string | null = null
  let crsRead = false
  let type: unknown
  let count = 0
  let documents = 0

  const take = (raw: unknown, start: number) => {
    count++
    if (count > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
    if (count % PROGRESS_EVERY === 0) {
      job.progress(start / bytes.length, 'import:stage.reading')
      job.throwIfCancelled()
    }
    readFeature(raw, `${name}#${count}`, features, log, budget)
  }
  scanJson(bytes, limits.maxDepth, {
    feature: (start, end) => take(parse(bytes, start, end, log, `${name}#${count + 1}`), start),
    member: (key, start, end) => {
      if (key === 'type') type = parse(bytes, start, end, log)
      if (key === 'crs' && !crsRead) {
        crs = readCrsMember(parse(bytes, start, end, log), log)
        crsRead = true
      }
    },
    document: (start, end, hadFeatures) => {
      documents++
      if (hadFeatures) {
        if (type !== 'FeatureCollection') log.add('schema_invalid', 'warning', undefined, { member: 'type' })
      } else if (type === 'Feature' || (typeof type === 'string' && GEOMETRY_TYPES.has(type))) {
        const raw = parse(bytes, start, end, log, `${name}#${count + 1}`)
        take(type === 'Feature' ? raw : { type: 'Feature', properties: {}, geometry: raw }, start)
      } else throw new SourceRefused('schema_invalid', { problem: 'not_geojson', type: typeof type === 'string' ? type.slice(0, 50) : '' })
      type = undefined
    },
  })
  if (documents === 0) throw new SourceRefused('schema_invalid', { problem: 'empty' })
  if (count === 0) log.add('schema_invalid', 'warning', undefined, { problem: 'no_features' })
  return { features, crs }
}

const decoder = new TextDecoder('utf-8')

/** Parses one byte range. `NaN` and `Infinity`, which some writers leave in numbers' places, become null and are told. */
function parse(bytes: Uint8Array, start: number, end: number, log: IssueLog, ref?: string): unknown {
  if (end - start > MAX_FEATURE_BYTES) throw new SourceRefused('outside_limits', { problem: 'feature_size', limit: MAX_FEATURE_BYTES }, ref)
  const text = decoder.decode(bytes.subarray(start, end))
  try {
    return JSON.parse(text) as unknown
  } catch {
    try {
      const value = JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|nan|Infinity|inf)\b/g, token => (token.startsWith('"') ? token : 'null'))) as unknown
      log.add('property_invalid', 'warning', ref, { property: 'NaN' })
      return value
    } catch {
      throw new SourceRefused('schema_invalid', { problem: 'syntax', byte: start }, ref)
    }
  }
}

function readFeature(raw: unknown, ref: string, features: SourceFeature[], log: IssueLog, budget: VertexBudget): void {
  if (typeof raw !== 'object' || raw === null || (raw as { type?: unknown }).type !== 'Feature') {
    log.add('schema_invalid', 'error', ref, { member: 'type' })
    return
  }
  const { id, geometry, properties, scenario } = raw as { id?: unknown; geometry?: unknown; properties?: unknown; scenario?: unknown }
  const attributes = readProperties(properties, ref, log)
  const isProposal = scenario === true || attributes['scenario'] === true
  for (const read of readGeometry(geometry, ref, log, budget)) {
    features.push({
      id: typeof id === 'string' ? id : typeof id === 'number' ? String(id) : null,
      ref,
      ...read,
      properties: attributes,
      ...(isProposal && { scenario: true as const }),
    })
  }
}
