import type { JobControl } from '../../../core/job.ts'
import type { AssetKind } from '../../../twin/kinds.ts'
import { lookUpCrs } from '../../crs.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import { kindMeaning } from '../../propose/word-lists.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import type { SourceGround } from '../../source-ground.ts'
import { declaredLayer } from '../../source-layers.ts'
import { readXml, type XmlNode } from '../../xml/read-xml.ts'
import { isLineClass, isPointClass, lineFeature, pointFeature, sizeFieldOf, type ObjectPlacing } from './city-objects.ts'
import { gmlCrs, type GmlCrs } from './gml-crs.ts'
import { positionsIn } from './solid-axis.ts'

/**
 * Reads CityGML 2: PLATEAU's underground facilities (i-UR `uro`), the UtilityNetwork ADE (0.9.2 and 1.0), tunnels, and
 * terrain TINs as ground. Axis order follows the reference system's own. Topology graphs repeat the objects and stay out.
 * @throws SourceRefused wrong as a whole.
 */
export function readCityGml(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const objects: XmlNode[] = []
  const tin = new TinBuilder(limits)
  let crs: GmlCrs | null = null
  let links = 0
  readXml(file, {
    open: (element, attributes, path) => {
      if (path.length === 0 && element !== 'CityModel') throw new SourceRefused('schema_invalid', { problem: 'not_citygml', root: element.slice(0, 50) })
      if (attributes['srsName'] !== undefined) crs ??= gmlCrs(attributes['srsName'])
      if (element === 'InteriorFeatureLink' || element === 'InterFeatureLink') links++
      if (path.includes('NetworkGraph') || path.includes('FeatureGraph')) return false
      return isLineClass(element) || isPointClass(element) || element === 'Triangle'
    },
    take: node => {
      if (node.name === 'Triangle') {
        tin.add(positionsIn(node))
        return
      }
      if (objects.length >= limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      crs ??= srsOf(node)
      objects.push(node)
    },
  }, limits, job, log)
  const system: GmlCrs = crs ?? { code: null, northingFirst: false }
  const turn = (position: readonly number[]): number[] => (system.northingFirst ? [position[1]!, position[0]!, ...position.slice(2)] : [...position])
  if (system.northingFirst && objects.length + tin.count > 0) log.add('coordinates_swapped', 'info', file.name, { crs: system.code ?? '' })
  const placing: ObjectPlacing = { turn, isDegrees: system.code !== null && lookUpCrs(system.code)?.geographic === true }
  const lines: SourceFeature[] = []
  const points: SourceFeature[] = []
  let count = 0
  for (const node of objects) {
    count++
    const isLine = isLineClass(node.name)
    const feature = (isLine ? lineFeature : pointFeature)(node, `${name}#${count}`, placing, log)
    if (feature) (isLine ? lines : points).push(feature)
  }
  if (links > 0) log.add('feature_unsupported', 'info', file.name, { type: 'FeatureLink', count: links })
  const layers = [declaredLayer('line', lines, system.code, linesMapping(name, lines)), declaredLayer('point', points, system.code, pointsMapping(`${name}:nodes`, points))].filter(layer => layer.features.length > 0)
  const grounds = tin.count > 0 ? [tin.toGround(name, system.code, turn)] : []
  if (layers.length + grounds.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'citygml', layers, grounds }, issues: log.issues }
}

function srsOf(node: XmlNode): GmlCrs | null {
  const own = node.attributes['srsName']
  if (own !== undefined) return gmlCrs(own)
  for (const child of node.children) {
    const found = srsOf(child)
    if (found) return found
  }
  return null
}

/** Triangles with their corners shared: the same place is one point. */
class TinBuilder {
  count = 0
  private readonly numbers = new Map<string, number>()
  private readonly positions: number[][] = []
  private readonly faces: number[] = []
  private readonly limits: ImportLimits
  constructor(limits: ImportLimits) {
    this.limits = limits
  }

  add(ring: readonly number[][]): void {
    const corners = ring.slice(0, 3)
    if (corners.length < 3 || corners.some(corner => corner.length < 3)) return
    if (++this.count > this.limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: this.limits.maxVertices })
    for (const corner of corners) {
      const key = corner.join(' ')
      let number = this.numbers.get(key)
      if (number === undefined) this.numbers.set(key, (number = this.positions.push(corner) - 1))
      this.faces.push(number)
    }
  }

  toGround(name: string, crs: string | null, turn: (position: readonly number[]) => number[]): SourceGround {
    return { name, crs, surface: { type: 'tin', xyz: Float64Array.from(this.positions.flatMap(turn)), faces: Uint32Array.from(this.faces) } }
  }
}

/** Classes that say by themselves what they carry; others say it in their name, if at all. */
const CLASS_KINDS: Readonly<Record<string, AssetKind>> = {
  WaterPipe: 'water', SewerPipe: 'sewer_combined', OilGasChemicalsPipe: 'gas', ThermalPipe: 'heat', ElectricityCable: 'power', TelecommunicationCable: 'telecom', Tunnel: 'tunnel',
}

function kindsOf(features: readonly SourceFeature[], layer: string) {
  const values: [string, AssetKind][] = []
  for (const { properties } of features) {
    const [carries, className] = [String(properties['carries']), String(properties['class'])]
    const kind = kindMeaning(carries) ?? CLASS_KINDS[className]
    if (kind) values.push([carries, kind])
  }
  return { field: 'carries', values: Object.fromEntries(values), fallback: kindMeaning(layer) ?? values[0]?.[1] ?? ('unknown' as const) }
}

function linesMapping(layer: string, lines: readonly SourceFeature[]) {
  const size = sizeFieldOf(lines)
  const hasBox = lines.some(line => line.properties['boxWidthM'] !== undefined)
  return declaredMapping({
    layer, target: 'assets', id: null, kind: kindsOf(lines, layer), ownerField: 'occupierName',
    size: size ? { field: size.field, unit: size.unit, dimension: size.outer ? 'outer' : 'inner' } : hasBox ? { field: 'boxWidthM', heightField: 'boxHeightM' } : {},
    level: { source: 'geometry', reference: 'axis' },
    status: { field: 'status', values: { inUse: 'in_use', outOfService: 'abandoned', abandoned: 'abandoned', planned: 'planned' }, fallback: 'in_use' },
  })
}

const pointsMapping = (layer: string, points: readonly SourceFeature[]) =>
  declaredMapping({
    layer, target: 'nodes', id: null, kind: kindsOf(points, layer), ownerField: 'occupierName',
    level: { source: 'fields', reference: 'invert', startField: points.some(point => point.properties['bottomM'] !== undefined) ? 'bottomM' : null },
    nodeType: { field: 'class', values: { Manhole: 'manhole', Handhole: 'chamber', StorageDevice: 'tank' }, fallback: 'other' },
  })
