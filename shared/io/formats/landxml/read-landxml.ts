import type { JobControl } from '../../../core/job.ts'
import { ASSET_KINDS, NODE_TYPES, type AssetKind } from '../../../twin/kinds.ts'
import { parseCrsName } from '../../crs-name.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import type { SourceAlignment } from '../../source-alignments.ts'
import type { SourceGround } from '../../source-ground.ts'
import { declaredLayer, layersOf } from '../../source-layers.ts'
import { descendants, numbersIn, readXml, type XmlNode } from '../../xml/read-xml.ts'
import { readAlignment } from './alignment.ts'
import { landXmlUnits } from './landxml-units.ts'
import { ownNetwork } from './own-network.ts'
import { networkFeatures, type PipeNetwork } from './pipe-network.ts'

interface OpenSurface {
  readonly name: string
  /** Point id → its number here. */
  readonly numbers: Map<string, number>
  readonly xyz: number[]
  readonly faces: number[]
  broken: number
}

const WHOLE = new Set(['Metric', 'Imperial', 'CoordinateSystem', 'Struct', 'Pipe', 'Alignment', 'Parcel', 'P', 'F'])

/**
 * Reads LandXML 1.2 and InfraModel: pipe networks as lines and points, TIN surfaces as ground. Northing comes first in
 * these files, units are the document's own. Alignments become lines on the ground; their levels and parcels are left out,
 * and told.
 * @throws SourceRefused wrong as a whole.
 */
export function readLandXml(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const networks: { name: string; type: string; structs: XmlNode[]; pipes: XmlNode[] }[] = []
  const surfaces: OpenSurface[] = []
  let unitsNode: XmlNode | null = null
  let crs: string | null = null
  let [isOuter, isOwn] = [false, false]
  const alignments: XmlNode[] = []
  let [features, vertices, parcels] = [0, 0, 0]
  readXml(file, {
    open: (element, attributes, path) => {
      if (path.length === 0 && element !== 'LandXML') throw new SourceRefused('schema_invalid', { problem: 'not_landxml', root: element.slice(0, 50) })
      if (path.length === 0) isOuter = /inframodel/i.test(attributes['xmlns'] ?? '')
      if (element === 'Application' && attributes['name'] === 'Underplan') isOuter = isOwn = true
      if (element === 'FeatureDictionary' && /inframodel/i.test(attributes['name'] ?? '')) isOuter = true
      if (element === 'PipeNetwork') networks.push({ name: attributes['name'] ?? '', type: attributes['pipeNetType'] ?? '', structs: [], pipes: [] })
      if (element === 'Surface') surfaces.push({ name: attributes['name'] ?? `${name}#${surfaces.length + 1}`, numbers: new Map(), xyz: [], faces: [], broken: 0 })
      return WHOLE.has(element)
    },
    take: node => {
      if (node.name === 'P' || node.name === 'F') {
        if (++vertices > limits.maxVertices) throw new SourceRefused('outside_limits', { problem: 'vertices', limit: limits.maxVertices })
        const surface = surfaces.at(-1)
        if (surface) (node.name === 'P' ? takePoint : takeFace)(node, surface)
        return
      }
      if (++features > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      if (node.name === 'Metric' || node.name === 'Imperial') unitsNode ??= node
      else if (node.name === 'CoordinateSystem') crs ??= crsOf(node)
      else if (node.name === 'Struct') networks.at(-1)?.structs.push(node)
      else if (node.name === 'Pipe') networks.at(-1)?.pipes.push(node)
      else if (node.name === 'Alignment') alignments.push(node)
      else parcels++
    },
  }, limits, job, log)
  const units = landXmlUnits(unitsNode, file.name, log)
  if (parcels > 0) log.add('feature_unsupported', 'warning', file.name, { type: 'Parcel', count: parcels })
  const lines: SourceFeature[] = []
  const points: SourceFeature[] = []
  const counts = { pipes: 0, structs: 0 }
  const own: SourceFeature[] = []
  for (const given of networks) {
    const taken = isOwn ? ownNetwork(given, units, name) : { features: [], rest: given satisfies PipeNetwork }
    for (const feature of taken.features) own.push(feature)
    const read = networkFeatures(taken.rest, { units, isOuter }, name, counts, log)
    for (const line of read.lines) lines.push(line)
    for (const point of read.points) points.push(point)
  }
  const scaleXy = units.linearM
  const inMetres = (feature: SourceFeature): SourceFeature => ({ ...feature, parts: feature.parts.map(part => part.map(point => point.map(value => value * scaleXy))) })
  // Plan coordinates of a named system are in that system's unit; those of a bare drawing in the document's.
  const placed = (list: SourceFeature[]) => (crs === null && scaleXy !== 1 ? list.map(inMetres) : list)
  const layers = [...(own.length > 0 ? layersOf(`${name}:underplan`, own, crs) : []), declaredLayer('line', placed(lines), crs, linesMapping(name, isOuter)), declaredLayer('point', placed(points), crs, pointsMapping(name))].filter(layer => layer.features.length > 0)
  const grounds = surfaces.flatMap(surface => toGround(surface, crs, crs === null ? scaleXy : 1, units.elevationM, log))
  const drawn = drawAlignments(alignments, crs, crs === null ? scaleXy : 1, units.linearM, name, log)
  if (layers.length + grounds.length + drawn.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'landxml', layers, grounds, ...(drawn.length > 0 && { alignments: drawn }) }, issues: log.issues }
}

function crsOf({ attributes }: XmlNode): string | null {
  return parseCrsName(attributes['epsgCode'] ?? '') ?? parseCrsName(attributes['horizontalCoordinateSystemName'] ?? attributes['name'] ?? '')
}

function drawAlignments(nodes: readonly XmlNode[], crs: string | null, scaleXy: number, unitM: number, file: string, log: IssueLog): SourceAlignment[] {
  const withLevels = nodes.filter(node => descendants(node, 'ProfAlign').length > 0)
  if (withLevels.length > 0) log.add('feature_unsupported', 'info', withLevels[0]!.attributes['name'] ?? file, { type: 'Profile', count: withLevels.length })
  return nodes.flatMap((node, i) => {
    const ref = `${file}:alignments#${i + 1}`
    const read = readAlignment(node, unitM, ref, log)
    return read ? [{ name: read.name, ref, crs, points: read.points.map(([x, y]) => [x * scaleXy, y * scaleXy] as const) }] : []
  })
}

function takePoint({ attributes, text }: XmlNode, surface: OpenSurface): void {
  const [north, east, level] = numbersIn(text) ?? []
  if (north === undefined || east === undefined || level === undefined) {
    surface.broken++
    return
  }
  surface.numbers.set(attributes['id'] ?? '', surface.xyz.length / 3)
  surface.xyz.push(east, north, level)
}

function takeFace({ attributes, text }: XmlNode, surface: OpenSurface): void {
  if (attributes['i'] === '1') return // said to be invisible: a hole or beyond the edge
  const corners = text.trim().split(/\s+/).map(id => surface.numbers.get(id))
  if (corners.length === 3 && corners.every(corner => corner !== undefined)) surface.faces.push(...corners)
  else surface.broken++
}

function toGround({ name, xyz, faces, broken }: OpenSurface, crs: string | null, scaleXy: number, scaleZ: number, log: IssueLog): SourceGround[] {
  if (broken > 0) log.add('coordinates_invalid', 'warning', name, { pointsOrFaces: broken })
  if (faces.length === 0) {
    log.add('surface_missing', 'warning', name, { problem: 'no_faces', points: xyz.length / 3 })
    return []
  }
  return [{ name, crs, surface: { type: 'tin', xyz: Float64Array.from(xyz, (value, i) => value * (i % 3 === 2 ? scaleZ : scaleXy)), faces: Uint32Array.from(faces) } }]
}

const KINDS = {
  ...Object.fromEntries(ASSET_KINDS.map(kind => [kind, kind])) as Record<AssetKind, AssetKind>,
  storm: 'sewer_storm', sanitary: 'sewer_foul', combined: 'sewer_combined', water: 'water', sewer: 'sewer_foul' } as const
const STATES = { existing: 'in_use', proposed: 'planned', abandoned: 'abandoned', removed: 'removed', destroyed: 'removed' } as const

/** LandXML gives a pipe's inside and its wall; InfraModel's IFC counterparts show that its diameters are those of the outside, as in our own files. */
const linesMapping = (layer: string, isOuter: boolean) =>
  declaredMapping({
    layer, target: 'assets', id: 'name', kind: { field: 'networkType', values: { ...KINDS }, fallback: 'unknown' }, ownerField: 'owner',
    size: { field: 'heightM', widthField: 'widthM', shapeField: 'sectionShape', dimension: isOuter ? 'outer' : 'inner', wallField: 'wallM', wallUnit: 'm' },
    level: { source: 'fields', reference: 'invert', startField: 'invertStartM', endField: 'invertEndM', groundStartField: 'groundStartM', groundEndField: 'groundEndM', zeroIsUnknown: false },
    status: { field: 'state', values: { ...STATES }, fallback: 'in_use' },
  })

const pointsMapping = (layer: string) =>
  declaredMapping({
    layer: `${layer}:structs`, target: 'nodes', id: 'name', kind: { field: 'networkType', values: { ...KINDS }, fallback: 'unknown' },
    size: { field: 'diameterM' },
    level: { source: 'fields', reference: 'invert', startField: 'sumpM', groundStartField: 'rimM', zeroIsUnknown: false },
    ownerField: 'owner',
    nodeType: { field: 'nodeType', values: Object.fromEntries(NODE_TYPES.map(type => [type, type])), fallback: 'manhole' },
  })
