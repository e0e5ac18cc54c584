import type { SQLInputValue } from 'node:sqlite'
import type { AssetRecord, Attributes, AttributeValue, NodeRecord, OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler, GroundSurface } from '#shared/twin/ground.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, NODE_TYPES, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { SURFACE_FEATURE_TYPES, type Block, type SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { decodeGeometry, encodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import { featureTable, type TwinTable } from '#shared/project-format/layout.ts'
import type { Row } from './database.ts'

/**
 * Records as rows and rows as records. Rows may have been edited in a GIS: what is read is held to the closed lists,
 * and a row without a usable geometry gives null, which the caller counts.
 */

/** Data columns of a twin table in the order rows are written, hashed and read; blobs last, provenance left out. */
export const TWIN_COLUMNS: Readonly<Record<TwinTable, readonly string[]>> = {
  assets: dataColumns('assets'),
  nodes: dataColumns('nodes'),
  surface_points: dataColumns('surface_points'),
  surface_lines: dataColumns('surface_lines'),
  surface_areas: dataColumns('surface_areas'),
  blocks: dataColumns('blocks'),
  ground_surfaces: ['name', 'type', 'shape_json', 'coordinates', 'faces'],
}

function dataColumns(table: string): readonly string[] {
  return [...featureTable(table).columns.map(column => column.name).filter(name => name !== 'import_id'), 'geom']
}

export const sectionValues = (section: OuterSection): SQLInputValue[] =>
  section.shape === 'circle' ? ['circle', section.diameterM, null, null] : ['rectangle', null, section.widthM, section.heightM]

export function assetValues(asset: AssetRecord, srsId: number): SQLInputValue[] {
  return [
    asset.id, asset.kind, asset.owner, ...sectionValues(asset.section), asset.status, asset.pressureClass ?? null, asset.laying ?? null, asset.voltageKv ?? null,
    asset.accuracyPlanM ?? null, asset.accuracyLevelM ?? null, asset.assumed, JSON.stringify(asset.attributes), encodeGeometry('line', asset.axis, srsId),
  ]
}

export function nodeValues(node: NodeRecord, srsId: number): SQLInputValue[] {
  return [
    node.id, node.nodeType, node.kind, node.owner, node.bottomZ ?? null, node.diameterM ?? null, JSON.stringify(node.attributes),
    encodeGeometry('point', [node.at], srsId),
  ]
}

export const SURFACE_TABLES = { point: 'surface_points', line: 'surface_lines', polygon: 'surface_areas' } as const

export function surfaceValues(feature: SurfaceFeature, ground: GroundSampler, srsId: number): SQLInputValue[] {
  return [
    feature.id, feature.type, feature.name, feature.heightM ?? null, JSON.stringify(feature.attributes),
    encodeGeometry(feature.geometry, draped(feature.points, ground), srsId),
  ]
}

export const blockValues = (block: Block, ground: GroundSampler, srsId: number): SQLInputValue[] =>
  [block.id, block.name, block.responsible, encodeGeometry('polygon', draped(block.ring, ground), srsId)]

const draped = (points: readonly (readonly [number, number])[], ground: GroundSampler): Vec3[] => points.map(([x, y]) => [x, y, ground(x, y) ?? 0])

export function groundValues(surface: GroundSurface): SQLInputValue[] {
  if (surface.type === 'tin') return [surface.name, 'tin', '{}', bytesOf(surface.xyz), bytesOf(surface.faces)]
  const { cols, rows, cellSizeM, x0, y0 } = surface
  return [surface.name, 'grid', JSON.stringify({ cols, rows, cellSizeM, x0, y0 }), bytesOf(surface.z), null]
}

export function assetFromRow(row: Row): AssetRecord | null {
  const geometry = geometryOf(row, 'line')
  const section = sectionFromRow(row)
  if (!geometry || geometry.length < 2 || !section) return null
  const pressureClass = oneOf(PRESSURE_CLASSES, row['pressure_class'])
  const laying = oneOf(LAYINGS, row['laying'])
  return {
    id: String(row['asset_id']),
    kind: oneOf(ASSET_KINDS, row['kind']) ?? 'unknown',
    owner: textOf(row['owner']),
    section,
    axis: geometry,
    status: oneOf(ASSET_STATUSES, row['status']) ?? 'in_use',
    assumed: typeof row['assumed'] === 'number' ? row['assumed'] & 0xff : 0,
    attributes: attributesOf(row['attributes']),
    ...(pressureClass && { pressureClass }),
    ...(laying && { laying }),
    ...numberField('voltageKv', row['voltage_kv']),
    ...numberField('accuracyPlanM', row['accuracy_plan_m']),
    ...numberField('accuracyLevelM', row['accuracy_level_m']),
  }
}

export function nodeFromRow(row: Row): NodeRecord | null {
  const at = geometryOf(row, 'point')?.[0]
  if (!at) return null
  return {
    id: String(row['node_id']),
    nodeType: oneOf(NODE_TYPES, row['node_type']) ?? 'other',
    kind: oneOf(ASSET_KINDS, row['kind']) ?? 'unknown',
    owner: textOf(row['owner']),
    at,
    attributes: attributesOf(row['attributes']),
    ...numberField('bottomZ', row['bottom_z']),
    ...numberField('diameterM', row['diameter_m']),
  }
}

export function surfaceFromRow(row: Row, geometry: SurfaceFeature['geometry']): SurfaceFeature | null {
  const points = geometryOf(row, geometry)
  const type = oneOf(SURFACE_FEATURE_TYPES, row['type'])
  if (!points || !type) return null
  return {
    id: String(row['feature_id']), type, geometry, points: planRing(points, geometry === 'polygon'), name: textOf(row['name']),
    attributes: attributesOf(row['attributes']), ...numberField('heightM', row['height_m']),
  }
}

export function blockFromRow(row: Row): Block | null {
  const ring = geometryOf(row, 'polygon')
  return ring && { id: String(row['block_id']), name: textOf(row['name']), responsible: textOf(row['responsible']), ring: planRing(ring, true) }
}

export function groundFromRow(row: Row): GroundSurface | null {
  const { coordinates, faces } = row
  if (!(coordinates instanceof Uint8Array) || coordinates.byteLength % 8 !== 0) return null
  const name = textOf(row['name'])
  const values = float64s(coordinates)
  if (row['type'] === 'tin') {
    if (!(faces instanceof Uint8Array) || faces.byteLength % 12 !== 0) return null
    const indices = new Uint32Array(aligned(faces))
    return indices.every(index => 3 * index < values.length) ? { type: 'tin', name, xyz: values, faces: indices } : null
  }
  const { cols, rows, cellSizeM, x0, y0 } = attributesOf(row['shape_json'])
  const isGrid = typeof cols === 'number' && typeof rows === 'number' && isSize(cellSizeM) && typeof x0 === 'number' && typeof y0 === 'number' && cols * rows === values.length
  return isGrid ? { type: 'grid', name, cols, rows, cellSizeM, x0, y0, z: values } : null
}

/** Every row of the project's own tables holds a section; one that a GIS emptied has nothing to be tested with. */
function sectionFromRow(row: Row): OuterSection | null {
  const [diameterM, widthM, heightM] = [row['diameter_m'], row['width_m'], row['height_m']]
  if (row['shape'] === 'rectangle') return isSize(widthM) && isSize(heightM) ? { shape: 'rectangle', widthM, heightM } : null
  return isSize(diameterM) ? { shape: 'circle', diameterM } : null
}

const isSize = (value: unknown): value is number => typeof value === 'number' && value > 0

function geometryOf(row: Row, type: 'point' | 'line' | 'polygon'): Vec3[] | null {
  const blob = row['geom']
  const decoded = blob instanceof Uint8Array ? decodeGeometry(blob) : null
  if (decoded?.type !== type || !decoded.xyz.every(Number.isFinite)) return null
  return Array.from({ length: decoded.xyz.length / 3 }, (_, i): Vec3 => [decoded.xyz[3 * i]!, decoded.xyz[3 * i + 1]!, decoded.xyz[3 * i + 2]!])
}

/** Rings are closed implicitly in memory and explicitly in the file. */
function planRing(points: readonly Vec3[], isRing: boolean): (readonly [number, number])[] {
  const plan = points.map(([x, y]) => [x, y] as const)
  return isRing && plan.length > 1 && plan[0]![0] === plan.at(-1)![0] && plan[0]![1] === plan.at(-1)![1] ? plan.slice(0, -1) : plan
}

/** Things laid together share their attributes word for word: read once, and one object for all. */
const MOST_REMEMBERED = 4096
const remembered = new Map<string, Attributes>()

export function attributesOf(value: unknown): Attributes {
  if (typeof value !== 'string') return {}
  const known = remembered.get(value)
  if (known) return known
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const attributes = Object.freeze(parseAttributes(value))
  remembered.set(value, attributes)
  return attributes
}

function parseAttributes(value: string): Attributes {
  try {
    const parsed: unknown = JSON.parse(value)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return {}
    return Object.fromEntries(Object.entries(parsed).map(([key, item]) => [key, plain(item)]))
  } catch {
    return {}
  }
}

const plain = (item: unknown): AttributeValue =>
  item === null || typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? item : JSON.stringify(item)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const oneOf = <T extends string>(list: readonly T[], value: unknown): T | undefined => list.find(item => item === value)
const numberField = <K extends string>(key: K, value: unknown) => (typeof value === 'number' ? ({ [key]: value } as Record<K, number>) : {})
const bytesOf = (array: Float64Array | Uint32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
const aligned = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer
const float64s = (bytes: Uint8Array): Float64Array => new Float64Array(aligned(bytes))

/** Those of the rows that can be read. */
export function present<T>(rows: readonly Row[], read: (row: Row) => T | null): T[] {
  return rows.map(read).filter(record => record !== null)
}
