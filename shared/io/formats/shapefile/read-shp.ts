import type { JobControl } from '../../../core/job.ts'
import { SourceRefused, type IssueLog } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature } from '../../source.ts'

type Shape = Pick<SourceFeature, 'geometry' | 'parts'>

const CLASS_OF: Readonly<Record<number, SourceFeature['geometry']>> = {
  1: 'point', 8: 'point', 11: 'point', 18: 'point', 21: 'point', 28: 'point',
  3: 'line', 13: 'line', 23: 'line', 5: 'polygon', 15: 'polygon', 25: 'polygon',
}
const HEADER_BYTES = 100
const MAX_COORDINATE = 1e9
/** Esri writes "no data" as anything below this. */
const NO_DATA = -1e38
const PROGRESS_EVERY = 4096

/**
 * Reads the geometries of a .shp, in the order of its records (Esri Shapefile Technical Description, 1998).
 * @returns per record its shape, or null where it has none or a wrong one (told).
 * @throws SourceRefused not a shapefile, cut off, or beyond a limit.
 */
export function readShp(bytes: Uint8Array, name: string, limits: ImportLimits, job: JobControl, log: IssueLog): (Shape | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_BYTES || view.getInt32(0) !== 9994) throw new SourceRefused('schema_invalid', { problem: bytes.length === 0 ? 'empty' : 'not_a_shapefile' })
  const declared = view.getInt32(32, true)
  const shapes: (Shape | null)[] = []
  const budget = { left: limits.maxVertices }
  let at = HEADER_BYTES
  while (at < bytes.length) {
    if (at + 8 > bytes.length) throw new SourceRefused('schema_invalid', { problem: 'truncated', byte: at })
    const end = at + 8 + 2 * view.getInt32(at + 4)
    if (end < at + 12 || end > bytes.length) throw new SourceRefused('schema_invalid', { problem: 'truncated', byte: at })
    if (shapes.length >= limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
    if (shapes.length % PROGRESS_EVERY === 0) {
      job.progress(at / bytes.length, 'import:stage.reading')
      job.throwIfCancelled()
    }
    const ref = `${name}#${shapes.length + 1}`
    shapes.push(readRecord(view, at + 8, end, declared, ref, budget, limits, log))
    at = end
  }
  return shapes
}

function readRecord(view: DataView, at: number, end: number, declared: number, ref: string, budget: { left: number }, limits: ImportLimits, log: IssueLog): Shape | null {
  const type = view.getInt32(at, true)
  if (type === 0) {
    log.add('geometry_null', 'warning', ref)
    return null
  }
  const geometry = CLASS_OF[type]
  if (!geometry) {
    log.add('feature_unsupported', 'warning', ref, { shapeType: type })
    return null
  }
  if (type !== declared && declared !== 0) log.add('geometry_mismatch', 'warning', ref, { declared, actual: type })
  const parts = readParts(view, at + 4, end, type, geometry)
  if (!parts) {
    log.add('coordinates_invalid', 'error', ref, { shapeType: type })
    return null
  }
  budget.left -= parts.reduce((sum, part) => sum + part.length, 0)
  if (budget.left < 0) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
  if (parts.length === 0) {
    log.add('geometry_null', 'warning', ref)
    return null
  }
  // A "line" of one vertex is the point that its file says it holds.
  if (geometry !== 'point' && parts.every(part => part.length === 1)) return { geometry: 'point', parts }
  return { geometry, parts }
}

/** Parts of positions; null where the record is too short for what it says, or a coordinate is none. */
function readParts(view: DataView, at: number, end: number, type: number, geometry: SourceFeature['geometry']): number[][][] | null {
  const has = (bytes: number) => at + bytes <= end
  const hasZ = type >= 11 && type <= 18
  if (type === 1 || type === 11 || type === 21) {
    if (!has(hasZ ? 24 : 16)) return null
    const position = positionOf(view.getFloat64(at, true), view.getFloat64(at + 8, true), hasZ ? view.getFloat64(at + 16, true) : undefined)
    return position && [[position]]
  }
  const isMultiPoint = geometry === 'point'
  if (!has(isMultiPoint ? 36 : 40)) return null
  const partCount = isMultiPoint ? 0 : view.getInt32(at + 32, true)
  const pointCount = view.getInt32(at + (isMultiPoint ? 32 : 36), true)
  if (partCount < 0 || pointCount < 0 || partCount > pointCount) return null
  const partsAt = at + (isMultiPoint ? 36 : 40)
  const pointsAt = partsAt + 4 * partCount
  const zAt = pointsAt + 16 * pointCount + 16
  if ((hasZ ? zAt + 8 * pointCount : pointsAt + 16 * pointCount) > end) return null
  const positions: number[][] = []
  for (let i = 0; i < pointCount; i++) {
    const position = positionOf(view.getFloat64(pointsAt + 16 * i, true), view.getFloat64(pointsAt + 16 * i + 8, true), hasZ ? view.getFloat64(zAt + 8 * i, true) : undefined)
    if (!position) return null
    positions.push(position)
  }
  if (isMultiPoint) return positions.map(position => [position])
  const parts: number[][][] = []
  for (let p = 0; p < partCount; p++) {
    const from = view.getInt32(partsAt + 4 * p, true)
    const to = p + 1 < partCount ? view.getInt32(partsAt + 4 * (p + 1), true) : pointCount
    if (from < 0 || to < from || to > pointCount) return null
    parts.push(positions.slice(from, to))
  }
  return parts.filter(part => part.length > 0)
}

function positionOf(x: number, y: number, z: number | undefined): number[] | null {
  if (!(Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE)) return null
  // A z of "no data" is no z: told later as a missing level.
  if (z === undefined || z < NO_DATA) return [x, y]
  return Math.abs(z) <= MAX_COORDINATE ? [x, y, z] : null
}
