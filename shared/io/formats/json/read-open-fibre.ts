import type { AttributeValue } from '../../../twin/asset.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import { declaredLayer } from '../../source-layers.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { isObject, member, parseJson } from './json-text.ts'

/**
 * Reads a network package of the Open Fibre Data Standard 0.3: spans as lines along their route, nodes as points, both in
 * longitude and latitude (CRS84) as the standard prescribes.
 * @throws SourceRefused not such a package.
 */
export function readOpenFibre(file: SourceFile, limits: ImportLimits): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const networks = member(parseJson(file, log), 'networks')
  if (!Array.isArray(networks)) throw new SourceRefused('schema_invalid', { problem: 'not_a_network' })
  const listed = (key: string): unknown[] => networks.flatMap((network: unknown) => { const list = member(network, key); return Array.isArray(list) ? (list as unknown[]) : [] })
  const [spans, nodes] = [listed('spans'), listed('nodes')]
  if (spans.length + nodes.length > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  const lines = features(spans, 'route', 'line', `${name}:spans`, log)
  const points = features(nodes, 'location', 'point', `${name}:nodes`, log)
  const layers = [
    declaredLayer('line', lines, 'EPSG:4326', declaredMapping({
      layer: name, target: 'assets', id: null, kind: 'telecom', ownerField: 'physicalInfrastructureProvider',
      status: { field: 'status', values: { proposed: 'planned', planned: 'planned', underConstruction: 'planned', operational: 'in_use', inactive: 'abandoned', decommissioned: 'abandoned' } },
    })),
    declaredLayer('point', points, 'EPSG:4326', declaredMapping({ layer: `${name}:nodes`, target: 'nodes', id: null, kind: 'telecom', ownerField: 'physicalInfrastructureProvider', nodeType: { fallback: 'chamber' } })),
  ].filter(layer => layer.features.length > 0)
  if (layers.length === 0) throw new SourceRefused('schema_invalid', { problem: 'not_a_network' })
  return { value: { format: 'open-fibre', layers, grounds: [] }, issues: log.issues }
}

function features(items: readonly unknown[], geometryKey: string, geometry: 'line' | 'point', layer: string, log: IssueLog): SourceFeature[] {
  return items.flatMap((item, i): SourceFeature[] => {
    const id = member(item, 'id')
    const ref = `${layer}#${i + 1}`
    const coordinates = member(member(item, geometryKey), 'coordinates')
    const positions = (geometry === 'line' ? (Array.isArray(coordinates) ? (coordinates as unknown[]) : []) : [coordinates]).map(positionOf)
    if (positions.length < (geometry === 'line' ? 2 : 1) || positions.some(position => position === null)) {
      log.add(coordinates === undefined ? 'geometry_null' : 'coordinates_invalid', 'warning', ref)
      return []
    }
    return [{ id: typeof id === 'string' ? id : null, ref, geometry, parts: [positions.filter(position => position !== null)], properties: wordsOf(item, geometryKey) }]
  })
}

function positionOf(value: unknown): readonly number[] | null {
  return Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every(n => typeof n === 'number' && Math.abs(n) <= 180) ? [value[0] as number, value[1] as number] : null
}

/** Simple values as they are, an organisation by its name, lists and the rest as text. */
function wordsOf(item: unknown, geometryKey: string): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(isObject(item) ? item : {}).filter(([key]) => key !== geometryKey && key !== '__proto__').map(([key, value]): [string, AttributeValue] => {
    const name = member(value, 'name')
    if (typeof name === 'string') return [key, name.slice(0, 10_000)]
    return [key, value === null || typeof value === 'number' || typeof value === 'boolean' ? value : typeof value === 'string' ? value.slice(0, 10_000) : JSON.stringify(value).slice(0, 10_000)]
  }))
}
