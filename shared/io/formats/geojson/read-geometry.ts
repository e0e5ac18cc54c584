import type { IssueLog } from '../../issue-log.ts'
import { SourceRefused } from '../../issue-log.ts'

export type GeometryClass = 'line' | 'point' | 'polygon'
type Position = readonly number[]

/** Geometry of one class with its parts: a line's or ring's positions; each point is a part of one position. */
export interface ReadGeometry {
  readonly geometry: GeometryClass
  readonly parts: Position[][]
}

/** What is left of the vertices a file may hold; counted down across all its features. */
export interface VertexBudget {
  left: number
  readonly limit: number
}

/** No place in any projected system: beyond this a coordinate is a slip or an attack. */
const MAX_COORDINATE = 1e9

/** GeoJSON geometry types: the class they belong to and how deep their coordinates nest. */
const TYPES: Readonly<Record<string, { readonly geometry: GeometryClass; readonly nesting: number }>> = {
  Point: { geometry: 'point', nesting: 1 },
  MultiPoint: { geometry: 'point', nesting: 2 },
  LineString: { geometry: 'line', nesting: 2 },
  MultiLineString: { geometry: 'line', nesting: 3 },
  Polygon: { geometry: 'polygon', nesting: 3 },
  MultiPolygon: { geometry: 'polygon', nesting: 4 },
}

/**
 * Reads a GeoJSON geometry of any type. A collection gives one entry per class of its members. What cannot be used is
 * left out whole, with an issue: a line with one wrong vertex is not the line that was surveyed.
 * @param depth collections may nest; the scanner has bounded how deep.
 */
export function readGeometry(raw: unknown, ref: string, log: IssueLog, budget: VertexBudget): ReadGeometry[] {
  if (raw === null || raw === undefined) {
    log.add('geometry_null', 'warning', ref)
    return []
  }
  const { type, coordinates, geometries } = typeof raw === 'object' ? (raw as Record<string, unknown>) : {}
  if (type === 'GeometryCollection') return readCollection(geometries, ref, log, budget)
  const declared = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!declared) {
    log.add('feature_unsupported', 'error', ref, { type: describe(type) })
    return []
  }
  if (coordinates === null || (Array.isArray(coordinates) && coordinates.length === 0)) {
    log.add('geometry_null', 'warning', ref)
    return []
  }
  const nesting = nestingOf(coordinates)
  let geometry = declared.geometry
  if (nesting !== declared.nesting && nesting > 0) {
    const actual = byNesting(declared.geometry, nesting)
    // One level more or less of the same class is a Multi- that says it is not, or the reverse: harmless but told.
    log.add('geometry_mismatch', actual ? 'warning' : 'error', ref, { declared: String(type), nesting })
    if (!actual) return []
    geometry = actual
  }
  const parts = nesting > 0 ? readParts(coordinates as unknown[], nesting, geometry, budget) : null
  if (!parts) {
    log.add('coordinates_invalid', 'error', ref, { type: String(type) })
    return []
  }
  return [{ geometry, parts }]
}

function readCollection(raw: unknown, ref: string, log: IssueLog, budget: VertexBudget): ReadGeometry[] {
  if (!Array.isArray(raw)) {
    log.add('schema_invalid', 'error', ref, { member: 'geometries' })
    return []
  }
  if (raw.length === 0) log.add('geometry_null', 'warning', ref)
  const byClass = new Map<GeometryClass, Position[][]>()
  for (const member of raw) {
    for (const { geometry, parts } of readGeometry(member, ref, log, budget)) {
      const known = byClass.get(geometry)
      if (known) for (const part of parts) known.push(part)
      else byClass.set(geometry, [...parts])
    }
  }
  return [...byClass].map(([geometry, parts]) => ({ geometry, parts }))
}

/** Levels of arrays around the first number, or 0 where there is none. */
function nestingOf(raw: unknown): number {
  let nesting = 0
  for (let inner = raw; Array.isArray(inner); inner = inner[0]) nesting++
  return nesting
}

/** The class coordinates of this nesting have, given what the file says they are; null where it makes no sense. */
function byNesting(declared: GeometryClass, nesting: number): GeometryClass | null {
  if (nesting === 1) return 'point'
  if (nesting === 2) return declared === 'polygon' ? null : 'line'
  if (nesting === 3) return declared === 'polygon' ? 'polygon' : 'line'
  return nesting === 4 ? 'polygon' : null
}

/** Flattens coordinates into parts; null where any position is not finite numbers x, y and, maybe, z. */
function readParts(raw: unknown[], nesting: number, geometry: GeometryClass, budget: VertexBudget): Position[][] | null {
  if (nesting === 1) {
    const position = readPosition(raw, budget)
    return position ? [[position]] : null
  }
  if (nesting === 2) {
    const positions: Position[] = []
    for (const item of raw) {
      const position = readPosition(item, budget)
      if (!position) return null
      positions.push(position)
    }
    return geometry === 'point' ? positions.map(position => [position]) : [positions]
  }
  const parts: Position[][] = []
  for (const item of raw) {
    const inner = Array.isArray(item) ? readParts(item, nesting - 1, geometry, budget) : null
    if (!inner) return null
    for (const part of inner) parts.push(part)
  }
  return parts
}

function readPosition(raw: unknown, budget: VertexBudget): Position | null {
  if (!Array.isArray(raw) || raw.length < 2) return null
  const [x, y, z] = raw as unknown[]
  if (--budget.left < 0) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: budget.limit })
  if (!isCoordinate(x) || !isCoordinate(y)) return null
  if (raw.length === 2) return raw as number[]
  // More than three numbers (measures) are allowed and say nothing about the place.
  return isCoordinate(z) ? (raw.length === 3 ? (raw as number[]) : [x, y, z]) : null
}

const isCoordinate = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE

const describe = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 50) : typeof value)
