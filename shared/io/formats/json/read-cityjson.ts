import type { AttributeValue } from '../../../twin/asset.ts'
import { parseCrsName } from '../../crs-name.ts'
import { canonicalFeature } from '../../canonical/canonical-feature.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { layersOf } from '../../source-layers.ts'
import { isObject, member, parseJson } from './json-text.ts'

const PIPE = /^\+?(\w*Pipe|\w*Cable|\w*Duct|Canal)$/
const LINK = /^\+?InteriorFeatureLink$/
const NODE = /^\+?(Node|Manhole|\w*Appurtenance|\w*Element|\w*Device)$/
const MAX_NESTING = 6

/**
 * Reads utility networks of CityJSON 1.1 and 2.0 (UtilityNetwork extension): pipes with lines of their own, else along the
 * link of their feature graph; nodes as points.
 * @throws SourceRefused not CityJSON, or a transform that puts every vertex in one place.
 */
export function readCityJson(file: SourceFile, limits: ImportLimits): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/(\.city)?\.json$/i, '')
  const document = parseJson(file, log)
  if (member(document, 'type') !== 'CityJSON') throw new SourceRefused('schema_invalid', { problem: 'not_cityjson' })
  const vertices = verticesOf(document, limits)
  const objects = member(document, 'CityObjects')
  if (!isObject(objects)) throw new SourceRefused('schema_invalid', { problem: 'city_objects' })
  const said = String(member(member(document, 'metadata'), 'referenceSystem') ?? '')
  const crs = parseCrsName(said)
  const lines: SourceFeature[] = []
  const points: SourceFeature[] = []
  const entries = Object.entries(objects)
  if (entries.length > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  const links = entries.filter(([, object]) => LINK.test(typeOf(object)))
  entries.forEach(([id, object], i) => {
    const ref = `${name}#${i + 1}`
    const type = typeOf(object)
    const isPipe = PIPE.test(type)
    if (!isPipe && !NODE.test(type)) return
    const own = partsOf(object, vertices)
    // A pipe without lines of its own runs along the links of the graph it belongs to.
    const graph = parentOf(object)
    const parts = isPipe && own.length === 0 && graph !== '' ? links.filter(([, link]) => parentOf(link) === graph).flatMap(([, link]) => partsOf(link, vertices)) : own
    const usable = isPipe ? parts.filter(part => part.length >= 2) : parts.filter(part => part.length >= 1).map(part => part.slice(0, 1))
    if (usable.length === 0) log.add('geometry_null', 'warning', `${id} (${ref})`)
    else {
      const shape = { id, ref, geometry: isPipe ? ('line' as const) : ('point' as const), parts: usable }
      const { class: className, ...attributes } = attributesOf(object, type)
      ;(isPipe ? lines : points).push(canonicalFeature(shape, attributes) ?? { ...shape, properties: { class: className!, ...attributes } })
    }
  })
  if (lines.length + points.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'cityjson', layers: [...layersOf(name, lines, crs), ...layersOf(`${name}:nodes`, points, crs)].filter(layer => layer.features.length > 0), grounds: [] }, issues: log.issues }
}

const typeOf = (object: unknown): string => String(member(object, 'type') ?? '')
const parentOf = (object: unknown): string => {
  const parents = member(object, 'parents')
  return Array.isArray(parents) ? String(parents[0] ?? '') : ''
}

function verticesOf(document: Record<string, unknown>, limits: ImportLimits): readonly (readonly number[] | null)[] {
  const transform = member(document, 'transform')
  const [scale, translate] = [triple(member(transform, 'scale')) ?? [1, 1, 1], triple(member(transform, 'translate')) ?? [0, 0, 0]]
  if (scale.some(value => value === 0)) throw new SourceRefused('coordinates_invalid', { problem: 'transform_scale_zero', scale: scale.join(' ') })
  const raw = member(document, 'vertices')
  if (!Array.isArray(raw)) throw new SourceRefused('schema_invalid', { problem: 'vertices' })
  if (raw.length > limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
  return raw.map(vertex => {
    const position = triple(vertex)?.map((value, axis) => value * scale[axis]! + translate[axis]!)
    return position && position.every(value => Math.abs(value) <= 1e9) ? position : null
  })
}

function triple(value: unknown): number[] | null {
  return Array.isArray(value) && value.length === 3 && value.every(item => typeof item === 'number' && Number.isFinite(item)) ? (value as number[]) : null
}

/** Lists of vertices at the bottom of an object's boundaries; a part with an unknown vertex is left out. */
function partsOf(object: unknown, vertices: readonly (readonly number[] | null)[]): (readonly number[])[][] {
  const geometry = member(object, 'geometry')
  const parts: (readonly number[])[][] = []
  const walk = (value: unknown, depth: number) => {
    if (!Array.isArray(value) || depth > MAX_NESTING) return
    if (value.some(item => typeof item === 'number')) {
      const positions = value.map(index => (typeof index === 'number' ? (vertices[index] ?? null) : null))
      if (positions.every(position => position !== null)) parts.push(positions)
    } else for (const item of value) walk(item, depth + 1)
  }
  for (const entry of Array.isArray(geometry) ? geometry : []) walk(member(entry, 'boundaries'), 0)
  return parts
}

/** Attributes, measures (`{value, uom}`) with their unit in the name. */
function attributesOf(object: unknown, type: string): Record<string, AttributeValue> {
  const attributes = member(object, 'attributes')
  const entries = Object.entries(isObject(attributes) ? attributes : {}).filter(([key]) => key !== '__proto__').map(([key, value]): [string, AttributeValue] => {
    const [amount, uom] = [member(value, 'value'), member(value, 'uom')]
    if (typeof amount === 'number' && typeof uom === 'string') return [`${key} (${uom})`.slice(0, 200), amount]
    return [key, value === null || typeof value === 'number' || typeof value === 'boolean' ? value : typeof value === 'string' ? value.slice(0, 10_000) : JSON.stringify(value).slice(0, 10_000)]
  })
  return { class: type.replace(/^\+/, ''), ...Object.fromEntries(entries) }
}
