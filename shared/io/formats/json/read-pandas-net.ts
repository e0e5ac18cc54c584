import type { AttributeValue } from '../../../twin/asset.ts'
import type { AssetKind } from '../../../twin/kinds.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { KIND_WORDS, wordMeaning } from '../../propose/word-lists.ts'
import { declaredLayer } from '../../source-layers.ts'
import { member, parseJson, parseText } from './json-text.ts'

type Row = Readonly<Record<string, AttributeValue>>

/**
 * Reads networks of pandapipes (pipes between junctions) and pandapower (cables between buses): tables of pandas inside
 * JSON. Coordinates are those of `geo` (longitude and latitude) or of the `_geodata` tables, often a scheme.
 * @throws SourceRefused not such a network.
 */
export function readPandasNet(file: SourceFile, limits: ImportLimits): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const net = member(parseJson(file, log), '_object')
  const isPipes = tableOf(net, 'junction').size > 0
  const [nodeTable, linkTable, from, to] = isPipes ? (['junction', 'pipe', 'from_junction', 'to_junction'] as const) : (['bus', 'line', 'from_bus', 'to_bus'] as const)
  const [nodes, links] = [tableOf(net, nodeTable), tableOf(net, linkTable)]
  if (nodes.size === 0) throw new SourceRefused('schema_invalid', { problem: 'not_a_network' })
  if (nodes.size + links.size > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  const [nodeGeo, linkGeo] = [tableOf(net, `${nodeTable}_geodata`), tableOf(net, `${linkTable}_geodata`)]
  let isGeographic = false
  const placeOf = (key: string, row: Row): readonly number[] | null => {
    const geo = typeof row['geo'] === 'string' ? coordinatesOf(row['geo']) : null
    if (geo?.[0]) {
      isGeographic = true
      return geo[0]
    }
    const [x, y] = [nodeGeo.get(key)?.['x'], nodeGeo.get(key)?.['y']]
    return positionsOf([[x, y]])?.[0] ?? null
  }
  const places = new Map<string, readonly number[]>()
  const points: SourceFeature[] = []
  for (const [key, row] of nodes) {
    const place = placeOf(key, row)
    const ref = `${name}:${nodeTable}#${key}`
    if (!place) log.add('geometry_null', 'warning', ref)
    else {
      places.set(key, place)
      points.push({ id: String(row['name'] ?? key), ref, geometry: 'point', parts: [[place]], properties: without(row) })
    }
  }
  const lines: SourceFeature[] = []
  for (const [key, row] of links) {
    const ref = `${name}:${linkTable}#${key}`
    const [start, end] = [String(row[from] ?? ''), String(row[to] ?? '')]
    const [a, b] = [places.get(start), places.get(end)]
    const own = typeof row['geo'] === 'string' ? coordinatesOf(row['geo']) : coordsOf(linkGeo.get(key)?.['coords'])
    const line = own && own.length >= 2 ? own : a && b ? [a, b] : null
    if (!line) {
      log.add('geometry_null', 'error', ref, { node: a ? end : start })
      continue
    }
    lines.push({
      id: String(row['name'] ?? key), ref, geometry: 'line', parts: [line],
      properties: { ...without(row), voltageKv: nodes.get(start)?.['vn_kv'] ?? null, groundStartM: nodes.get(start)?.['height_m'] ?? null, groundEndM: nodes.get(end)?.['height_m'] ?? null },
    })
  }
  // Valves, pumps and the like stand between two junctions: lines where these lie apart, else a point, as in an EPANET model.
  for (const table of isPipes ? FITTINGS : []) {
    for (const [key, row] of tableOf(net, table)) {
      const ref = `${name}:${table}#${key}`
      const [start, end] = [String(row[from] ?? ''), String(row[to] ?? '')]
      const [a, b] = [places.get(start), places.get(end)]
      if (!a || !b) {
        log.add('geometry_null', 'error', ref, { node: a ? end : start })
        continue
      }
      const isSpot = a[0] === b[0] && a[1] === b[1]
      const ground = { groundStartM: nodes.get(start)?.['height_m'] ?? null, groundEndM: nodes.get(end)?.['height_m'] ?? null }
      const feature = { id: String(row['name'] ?? `${table} ${key}`), ref, properties: { ...without(row), fitting: table, ...(isSpot ? { height_m: ground.groundStartM } : ground) } }
      if (isSpot) points.push({ ...feature, geometry: 'point', parts: [[a]] })
      else lines.push({ ...feature, geometry: 'line', parts: [[a, b]] })
    }
  }
  const kind: AssetKind = isPipes ? kindOfFluid(member(net, 'fluid')) : 'power'
  const crs = isGeographic ? 'EPSG:4326' : null
  const ground = { source: 'cover', reference: 'depth_to_crown', groundStartField: isPipes ? 'groundStartM' : null, groundEndField: isPipes ? 'groundEndM' : null, zeroIsUnknown: false } as const
  const layers = [
    declaredLayer('line', lines, crs, declaredMapping({
      layer: name, target: 'assets', id: null, kind, level: ground, voltage: { field: isPipes ? null : 'voltageKv', unit: 'kV' },
      ...(isPipes && { size: { field: 'diameter_m', dimension: 'inner' as const } }),
    })),
    declaredLayer('point', points, crs, declaredMapping({ layer: `${name}:${nodeTable}`, target: 'nodes', id: null, kind, level: { ...ground, groundStartField: isPipes ? 'height_m' : null, groundEndField: null }, nodeType: { field: 'fitting', values: { valve: 'valve', press_control: 'valve', flow_control: 'valve', pump: 'pump', compressor: 'pump' }, fallback: 'junction' } })),
  ].filter(layer => layer.features.length > 0)
  return { value: { format: isPipes ? 'pandapipes' : 'pandapower', layers, grounds: [] }, issues: log.issues }
}

/** Tables of pandapipes whose rows join two junctions without being a pipe. */
const FITTINGS = ['valve', 'pump', 'compressor', 'press_control', 'flow_control', 'heat_exchanger', 'heat_consumer'] as const

/** Rows of a pandas table by index: `{_object: '{"columns", "index", "data"}'}`. */
function tableOf(net: unknown, name: string): Map<string, Row> {
  const rows = new Map<string, Row>()
  const raw = member(member(net, name), '_object')
  const table = typeof raw === 'string' ? parseText(raw) : raw
  const [columns, index, data] = ['columns', 'index', 'data'].map(key => member(table, key))
  if (!Array.isArray(columns) || !Array.isArray(index) || !Array.isArray(data)) return rows
  data.forEach((cells: unknown, i) => {
    if (!Array.isArray(cells)) return
    rows.set(String(index[i]), Object.fromEntries(columns.map((column, c): [string, AttributeValue] => {
      const value = cells[c] as unknown
      const key = String(column)
      return [key === '__proto__' ? '_proto_' : key, value === undefined || value === null ? null : typeof value === 'number' ? figureOf(value) : typeof value === 'boolean' ? value : typeof value === 'string' ? value.slice(0, 100_000) : JSON.stringify(value).slice(0, 100_000)]
    })))
  })
  return rows
}

/** No figure of a network is larger: beyond it one is a slip, and nothing can be computed with it. */
const LARGEST_FIGURE = 1e15
const figureOf = (value: number): number | null => (Math.abs(value) <= LARGEST_FIGURE ? value : null)

/** Coordinates of a GeoJSON geometry written as text: a point gives one. */
function coordinatesOf(text: string): (readonly number[])[] | null {
  const geometry = parseText(text)
  const coordinates = member(geometry, 'coordinates')
  return Array.isArray(coordinates) && typeof coordinates[0] === 'number' ? positionsOf([coordinates]) : positionsOf(coordinates)
}

const coordsOf = (value: AttributeValue | undefined): (readonly number[])[] | null => (typeof value === 'string' && value.startsWith('[') ? positionsOf(parseText(value)) : null)

function positionsOf(value: unknown): (readonly number[])[] | null {
  if (!Array.isArray(value)) return null
  const positions = value.flatMap((item: unknown) => (Array.isArray(item) && item.length >= 2 && item.slice(0, 2).every(n => typeof n === 'number' && Math.abs(n) <= 1e9) ? [[item[0] as number, item[1] as number]] : []))
  return positions.length === value.length ? positions : null
}

/** The geometry stays out of the attributes. */
const without = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'geo' && key !== 'coords').map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, 10_000) : value]))

/** What flows: by name where it has one we know, else gas or, as a liquid, water. */
function kindOfFluid(fluid: unknown): AssetKind {
  const own = member(fluid, '_object')
  const [name, isGas] = ['name', 'is_gas'].map(key => member(typeof own === 'string' ? parseText(own) : own, key))
  return wordMeaning(KIND_WORDS, String(name ?? '')) ?? (isGas === true ? 'gas' : isGas === false ? 'water' : 'unknown')
}
