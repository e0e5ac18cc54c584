import type { JobControl } from '../../../core/job.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import { ASSET_KINDS, NODE_TYPES, PRESSURE_CLASSES } from '../../../twin/kinds.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import { joinParts } from '../../line-parts.ts'
import { PRESSURE_BOUNDS_MPA } from '../../propose/word-lists.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { declaredLayer } from '../../source-layers.ts'
import { childOf, childText, descendants, numberOr, readXml, type XmlNode } from '../../xml/read-xml.ts'
import { gmlCrs, type GmlCrs } from '../citygml/gml-crs.ts'
import { positionsIn } from '../citygml/solid-axis.ts'
import { levelled, managersOf, type LevelSort } from './imkl-levels.ts'
import { accuracyM, isContainer, isLineClass, isPointClass, kindOfLine, STATES, typeOfPoint } from './imkl-terms.ts'
import { ById, codeOf, metresIn, plainValues, refsOf } from './imkl-values.ts'

/** Objects that lines and points refer to. */
const BESIDE = new Set(['UtilityLink', 'Link', 'Utiliteitsnet', 'UtilityNetwork', 'DiepteTovMaaiveld', 'DiepteNAP', 'ExtraGeometrie', 'Beheerder', 'AanduidingEisVoorzorgsmaatregel'])
const MEMBERS = new Set(['featureMember', 'featureMembers', 'member'])

/** True for GML of the Dutch or Flemish model of cables and pipes, or of INSPIRE's utility networks. */
export const isImkl = (bytes: Uint8Array): boolean => /imkl|us-net/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1 << 14)))

/**
 * Reads what KLIC (IMKL 1.2, 2.0, 3.0), KLIP and INSPIRE services deliver: lines drawn by their utility links, with the depths
 * measured on them or the one their network is usually laid at; manholes, cabinets and fittings. Sizes are those of the outside
 * (INSPIRE `pipeDiameter`). What lies inside a duct and is drawn where the duct is becomes part of the duct. Labels, dimension
 * lines, topography and attachments are counted and left out.
 * @throws SourceRefused wrong as a whole.
 */
export function readImkl(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const { lines, points, beside, byId, leftOut, crs } = collect(file, limits, job, log)
  const system: GmlCrs = crs ?? { code: null, northingFirst: false }
  const turn = (position: readonly number[]): number[] => (system.northingFirst ? [position[1]!, position[0]!, ...position.slice(2)] : [...position])
  const world: World = { byId, turn, managers: managersOf(beside.filter(node => node.name === 'Beheerder')), log }

  const drawn = lines.map((node, i) => ({ node, ref: `${name}#${i + 1}`, plan: planOf(node, world) }))
  const inside = insideContainers(drawn, byId)
  const layers = new Map<LevelSort, SourceFeature[]>()
  for (const { node, ref, plan } of drawn) {
    job.throwIfCancelled()
    if (inside.contents.has(node)) continue
    const read = plan.length > 0 ? lineFeature(node, ref, plan, inside.held.get(node) ?? [], world) : null
    if (!read) log.add('geometry_null', 'warning', `${node.attributes['id'] ?? ''} (${ref})`, { class: node.name })
    else if (!layers.get(read.sort)?.push(read.feature)) layers.set(read.sort, [read.feature])
  }
  const nodes = points.map((node, i) => pointFeature(node, `${name}:points#${i + 1}`, world)).filter(feature => feature !== null)
  if (inside.contents.size > 0) log.add('inside_container', 'info', file.name, { count: inside.contents.size })
  for (const [type, count] of leftOut) log.add('feature_unsupported', 'info', file.name, { type, count })
  const made = [
    ...[...layers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([sort, features], i) => declaredLayer('line', features, system.code, linesMapping(i === 0 ? name : `${name}:${sort}`, sort))),
    ...(nodes.length > 0 ? [declaredLayer('point', nodes, system.code, pointsMapping(`${name}:points`))] : []),
  ]
  if (made.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'imkl', layers: made, grounds: [] }, issues: log.issues }
}

interface World {
  readonly byId: ById
  readonly turn: (position: readonly number[]) => number[]
  readonly managers: ReadonlyMap<string, string>
  readonly log: IssueLog
}

function collect(file: SourceFile, limits: ImportLimits, job: JobControl, log: IssueLog) {
  const [lines, points, beside]: XmlNode[][] = [[], [], []]
  const byId = new ById()
  const leftOut = new Map<string, number>()
  let crs: GmlCrs | null = null
  let count = 0
  readXml(file, {
    open: (element, attributes, path) => {
      if (path.length === 0 && element !== 'FeatureCollection' && element !== 'SpatialDataSet') throw new SourceRefused('schema_invalid', { problem: 'not_imkl', root: element.slice(0, 50) })
      if (attributes['srsName'] !== undefined) crs ??= gmlCrs(attributes['srsName'])
      if (isLineClass(element) || isPointClass(element) || BESIDE.has(element)) return true
      if (MEMBERS.has(path.at(-1) ?? '') && path.length <= 3) leftOut.set(element.slice(0, 50), (leftOut.get(element.slice(0, 50)) ?? 0) + 1)
      return false
    },
    take: node => {
      if (++count > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      crs ??= srsOf(node)
      byId.add(node)
      ;(isLineClass(node.name) ? lines : isPointClass(node.name) ? points : beside)!.push(node)
    },
  }, limits, job, log)
  return { lines: lines!, points: points!, beside: beside!, byId, leftOut, crs: crs as GmlCrs | null }
}

function srsOf(node: XmlNode): GmlCrs | null {
  const own = node.attributes['srsName']
  return own === undefined ? (node.children.map(srsOf).find(found => found !== null) ?? null) : gmlCrs(own)
}

/** Positions of the lines an element holds, easting first. Two numbers each unless the list or its curve says three. */
function curvesIn(node: XmlNode, { turn }: World): number[][][] {
  const curves = ['Curve', 'LineString', 'LineStringSegment'].map(type => descendants(node, type)).find(found => found.length > 0) ?? []
  return curves.map(curve => positionsIn(curve, Number(curve.attributes['srsDimension'] ?? 2)).map(turn)).filter(positions => positions.length >= 2)
}

/** The links of a line, in the order it names them, those that meet as one; a line may hold its geometry itself. */
function planOf(node: XmlNode, world: World): number[][][] {
  const links = refsOf(node, 'link').map(href => world.byId.find(href)).filter(link => link !== undefined)
  return joinParts(links.length > 0 ? links.flatMap(link => curvesIn(link, world)) : curvesIn(node, world)).map(part => part.map(position => [...position]))
}

interface Drawn {
  readonly node: XmlNode
  readonly plan: readonly number[][][]
}

const CONTENTS = ['cables', 'pipes', 'ducts'] as const

/** Which lines are drawn exactly where the duct around them is, and what each duct holds. */
function insideContainers(drawn: readonly Drawn[], byId: ById): { contents: Set<XmlNode>; held: Map<XmlNode, XmlNode[]> } {
  const contents = new Set<XmlNode>()
  const held = new Map<XmlNode, XmlNode[]>()
  const placeOf = new Map(drawn.map(({ node, plan }) => [node, JSON.stringify(plan)]))
  for (const { node, plan } of drawn) {
    if (!isContainer(node.name) || plan.length === 0) continue
    const inner = CONTENTS.flatMap(property => refsOf(node, property)).map(href => byId.find(href)).filter(found => found !== undefined && found !== node && isLineClass(found.name)) as XmlNode[]
    held.set(node, inner)
    for (const line of inner) if (placeOf.get(line) === placeOf.get(node)) contents.add(line)
  }
  return { contents, held }
}

function lineFeature(node: XmlNode, ref: string, plan: readonly number[][][], held: readonly XmlNode[], world: World): { feature: SourceFeature; sort: LevelSort } | null {
  const { byId, log } = world
  const id = node.attributes['id'] ?? null
  const told = `${id ?? ''} (${ref})`
  const network = networkOf(node, world)
  const theme = network ? codeOf(network, 'thema') || codeOf(network, 'utilityNetworkType') : ''
  const extra = refsOf(node, 'extraGeometrie').map(href => byId.find(href)).filter(found => found !== undefined)
  const heights = extra.flatMap(geometry => ['lijngeometrie2.5D', 'geometrie3D'].flatMap(property => (childOf(geometry, property) ? curvesIn(childOf(geometry, property)!, world) : []))).at(0) ?? null
  const depths = refsOf(node, 'dieptelegging').map(href => byId.find(href)).filter(found => found !== undefined && /^Diepte/.test(found.name)) as XmlNode[]
  const usual = network ? metresIn(network, 'standaardDieptelegging') : { valueM: null }
  const levels = levelled(plan, heights, depths, usual.valueM)
  if (levels.unused > 0 && levels.sort !== 'none') log.add('property_invalid', 'info', told, { property: 'dieptelegging', count: levels.unused })
  const precautions = refsOf(node, 'heeftExtraInformatie').map(href => byId.find(href)).filter(found => found?.name === 'AanduidingEisVoorzorgsmaatregel')
  const nominalKv = Math.max(0, ...[node, ...held].map(voltageKvOf))
  const sizes = ['pipeDiameter', 'kabelDiameter', 'ductWidth', 'buitenDiameter'].map(property => ({ property, ...metresIn(node, property) }))
  for (const { property, strangeUnit } of sizes) if (strangeUnit) log.add('unit_suspect', 'warning', told, { field: property, unit: strangeUnit })
  const pressureMpa = (numberOr(childText(node, 'pressure')) ?? 0) / 10
  const planM = accuracyM(codeOf(node, 'geoNauwkeurigheidXY'))
  const own = plainValues(node)
  const properties: Record<string, AttributeValue> = {
    ...own, theme,
    carries: kindOfLine(node.name, theme, codeOf(node, 'sewerWaterType'), codeOf(node, 'oilGasChemicalsProductType')),
    ownerName: ownerOf(node, network, world), outerDiameterM: sizes.find(size => size.valueM !== null && size.valueM > 0)?.valueM ?? null,
    ...(codeOf(node, 'buismateriaalType') !== '' && { material: codeOf(node, 'buismateriaalType') }),
    ...(pressureMpa > 0 && { pressureClass: PRESSURE_BOUNDS_MPA.find(([bound]) => pressureMpa <= bound)?.[1] ?? null }),
    ...(nominalKv > 0 && { voltageKv: nominalKv }),
    ...(isContainer(node.name) && { laying: 'duct' }),
    ...(held.length > 0 && { contains: held.map(inner => inner.attributes['id'] ?? inner.name).join(', ').slice(0, 1000) }),
    ...(precautions.length > 0 && { precaution: precautions.map(found => childText(found!, 'eisVoorzorgsmaatregel') || childText(found!, 'netbeheerderNetAanduiding') || 'yes').join('; ').slice(0, 1000) }),
  }
  return {
    sort: levels.sort,
    feature: {
      id, ref, geometry: 'line', parts: levels.parts, properties,
      ...(levels.isUsual && { levelMethod: 'assumed' as const }),
      ...(planM !== undefined && { accuracyPlanM: planM }),
      ...(levels.accuracyLevelM !== undefined && { accuracyLevelM: levels.accuracyLevelM }),
    },
  }
}

function pointFeature(node: XmlNode, ref: string, world: World): SourceFeature | null {
  const id = node.attributes['id'] ?? null
  const at = descendants(node, 'Point').flatMap(point => positionsIn(point, Number(point.attributes['srsDimension'] ?? 2)))[0]
  if (!at) {
    world.log.add('geometry_null', 'warning', `${id ?? ''} (${ref})`, { class: node.name })
    return null
  }
  const network = networkOf(node, world)
  const theme = network ? codeOf(network, 'thema') || codeOf(network, 'utilityNetworkType') : ''
  return {
    id, ref, geometry: 'point', parts: [[world.turn(at)]],
    properties: { ...plainValues(node), theme, carries: kindOfLine('', theme, '', ''), ownerName: ownerOf(node, network, world), nodeType: typeOfPoint(node.name, codeOf(node, 'appurtenanceType')) },
  }
}

const networkOf = (node: XmlNode, { byId }: World): XmlNode | undefined => refsOf(node, 'inNetwork').map(href => byId.find(href)).find(found => found !== undefined)

/** Who manages it: the name behind the code in its id or its network's, else the code itself. */
function ownerOf(node: XmlNode, network: XmlNode | undefined, { managers, byId }: World): string {
  const stated = childOf(node, 'eigenaar')
  const named = stated && (stated.text.trim() || descendants(stated, 'naam')[0]?.text.trim())
  if (named) return named.slice(0, 200)
  const code = [stated && byId.find(stated.attributes['href'] ?? '')?.attributes['id'], node.attributes['id'], network?.attributes['id']].map(id => /^nl\.imkl-([^.]+)\./.exec(id ?? '')?.[1]).find(found => found !== undefined)
  return code === undefined ? '' : (managers.get(code) ?? code)
}

function voltageKvOf(node: XmlNode): number {
  const property = childOf(node, 'nominalVoltage') ?? childOf(node, 'operatingVoltage')
  const value = numberOr(property?.text) ?? 0
  const kv = /kV$/.test(property?.attributes['uom'] ?? '') ? value : value / 1000
  return kv > 0 && kv <= 2000 ? kv : 0
}

const same = <T extends string>(values: readonly T[]) => Object.fromEntries(values.map(value => [value, value])) as Record<T, T>

const linesMapping = (layer: string, sort: LevelSort) =>
  declaredMapping({
    layer, target: 'assets', id: null, kind: { field: 'carries', values: same(ASSET_KINDS), fallback: 'unknown' }, ownerField: 'ownerName',
    size: { field: 'outerDiameterM', dimension: 'outer' },
    level: sort === 'none' ? { source: 'cover' } : { source: 'geometry', reference: sort, zeroIsUnknown: sort.startsWith('depth') },
    status: { field: 'currentStatus', values: { ...STATES }, fallback: 'in_use' },
    pressureClass: { field: 'pressureClass', values: same(PRESSURE_CLASSES) }, laying: { field: 'laying', values: { duct: 'duct' } }, voltage: { field: 'voltageKv', unit: 'kV' },
  })

const pointsMapping = (layer: string) =>
  declaredMapping({
    layer, target: 'nodes', id: null, kind: { field: 'carries', values: same(ASSET_KINDS), fallback: 'unknown' }, ownerField: 'ownerName',
    nodeType: { field: 'nodeType', values: same(NODE_TYPES), fallback: 'other' },
  })
