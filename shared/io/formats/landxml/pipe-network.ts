import type { AttributeValue } from '../../../twin/asset.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { SourceFeature } from '../../source.ts'
import { childText, descendants, numberOr, numbersIn, type XmlNode } from '../../xml/read-xml.ts'
import type { LandXmlUnits } from './landxml-units.ts'

/** A `PipeNetwork` as read: its own words and its parts. */
export interface PipeNetwork {
  readonly name: string
  readonly type: string
  readonly structs: readonly XmlNode[]
  readonly pipes: readonly XmlNode[]
}

interface Struct {
  readonly place: readonly number[] | null
  /** Invert level by pipe name, metres. */
  readonly inverts: ReadonlyMap<string, number>
  readonly sumpM: number | null
  readonly rimM: number | null
}

/** What the document's figures mean: units, and whether diameters are those of the outside. */
interface SizeTerms {
  readonly units: LandXmlUnits
  readonly isOuter: boolean
}

/** Northing stands first in LandXML; here easting does. Heights, where given, are in the elevation's unit. */
export function pointOf(text: string, units: LandXmlUnits): readonly number[] | null {
  const [north, east, level] = numbersIn(text) ?? []
  if (north === undefined || east === undefined) return null
  return level === undefined ? [east, north] : [east, north, level * units.elevationM]
}

/** Pipes as lines between their structures, structures as points; figures in metres, the source's own words beside. */
export function networkFeatures(network: PipeNetwork, { units, isOuter }: SizeTerms, file: string, counts: { pipes: number; structs: number }, log: IssueLog): { lines: SourceFeature[]; points: SourceFeature[] } {
  const structs = new Map<string, Struct>()
  const points: SourceFeature[] = []
  for (const node of network.structs) {
    const name = node.attributes['name'] ?? ''
    const ref = `${file}:structs#${++counts.structs}`
    const struct = readStruct(node, units)
    structs.set(name, struct)
    if (!struct.place) {
      log.add(childText(node, 'Center') === '' ? 'geometry_null' : 'coordinates_invalid', 'warning', `${name} (${ref})`)
      continue
    }
    points.push({ id: name || null, ref, geometry: 'point', parts: [[struct.place.slice(0, 2)]], properties: { ...wordsOf(node), networkType: kindWord(node, network), rimM: struct.rimM, sumpM: struct.sumpM, ...structSize(node, units, isOuter) } })
  }
  const lines: SourceFeature[] = []
  for (const node of network.pipes) {
    const name = node.attributes['name'] ?? ''
    const ref = `${file}#${++counts.pipes}`
    const [start, end] = [structs.get(node.attributes['refStart'] ?? ''), structs.get(node.attributes['refEnd'] ?? '')]
    const [stated, statedEnd] = [pointOf(propertyOf(node, 'pipeStart'), units), pointOf(propertyOf(node, 'pipeEnd'), units)]
    const [from, to] = [start?.place ?? stated, end?.place ?? statedEnd]
    if (!from || !to) {
      log.add('geometry_null', 'error', `${name} (${ref})`, { struct: (start?.place ? node.attributes['refEnd'] : node.attributes['refStart']) ?? '' })
      continue
    }
    const bends = node.children.filter(child => child.name === 'Center').map(child => pointOf(child.text, units)).filter(point => point !== null)
    const invert = (struct: Struct | undefined, point: readonly number[] | null) => struct?.inverts.get(name) ?? (/invert/i.test(propertyOf(node, 'elevType')) ? point?.[2] : undefined) ?? struct?.sumpM ?? null
    const properties = {
      ...wordsOf(node), networkType: kindWord(node, network), ...pipeSize(node, units),
      invertStartM: invert(start, stated), invertEndM: invert(end, statedEnd), groundStartM: start?.rimM ?? null, groundEndM: end?.rimM ?? null,
    }
    lines.push({ id: name || null, ref, geometry: 'line', parts: [[from, ...bends, to].map(point => point.slice(0, 2))], properties })
  }
  return { lines, points }
}

/** What the element itself says it carries (our own files do), else its network. */
const kindWord = (node: XmlNode, network: PipeNetwork): string => propertyOf(node, 'kind') || network.type

function readStruct(node: XmlNode, units: LandXmlUnits): Struct {
  const scaled = (text: string | undefined) => {
    const value = numberOr(text)
    return value === null ? null : value * units.elevationM
  }
  const inverts = new Map<string, number>()
  for (const { name, attributes } of node.children) {
    const level = name === 'Invert' ? scaled(attributes['elev']) : null
    if (level !== null && attributes['refPipe'] !== undefined) inverts.set(attributes['refPipe'], level)
  }
  return { place: pointOf(childText(node, 'Center'), units), inverts, sumpM: scaled(node.attributes['elevSump']), rimM: scaled(node.attributes['elevRim']) }
}

/** Shape and inner size by LandXML's elements for pipes, metres. */
function pipeSize(node: XmlNode, units: LandXmlUnits): Record<string, AttributeValue> {
  const shape = node.children.find(child => /Pipe$/.test(child.name))
  const number = (attribute: string, metres: number) => scale(numberOr(shape?.attributes[attribute]), metres)
  const circle = shape?.name === 'CircPipe' || shape === undefined
  return {
    sectionShape: circle ? 'circle' : 'rectangle',
    heightM: circle ? number('diameter', units.diameterM) : number('height', units.heightM),
    widthM: circle ? null : (number('width', units.widthM) ?? number('span', units.widthM)),
    wallM: number('thickness', units.diameterM), material: shape?.attributes['material'] ?? null, desc: shape?.attributes['desc'] ?? node.attributes['desc'] ?? null,
  }
}

function structSize(node: XmlNode, units: LandXmlUnits, isOuter: boolean): Record<string, AttributeValue> {
  const shape = node.children.find(child => /Struct$/.test(child.name))
  const givenM = scale(numberOr(shape?.attributes['diameter']), units.diameterM) ?? scale(numberOr(shape?.attributes['length']), units.widthM)
  const wallM = scale(numberOr(shape?.attributes['thickness']), units.diameterM)
  return { diameterM: givenM === null ? null : givenM + (isOuter ? 0 : 2 * (wallM ?? 0)), structType: shape?.name ?? null, material: shape?.attributes['material'] ?? null }
}

const scale = (value: number | null, metres: number): number | null => (value === null ? null : value * metres)

/** A property of the document's `Feature` extensions, empty where there is none. */
function propertyOf(node: XmlNode, label: string): string {
  return descendants(node, 'Property').find(({ attributes }) => attributes['label'] === label)?.attributes['value'] ?? ''
}

/** What the source itself says: attributes and labelled properties. */
function wordsOf(node: XmlNode): Record<string, AttributeValue> {
  const own = Object.entries(node.attributes)
  const labelled = descendants(node, 'Property').map(({ attributes }): [string, string] => [attributes['label'] ?? '', attributes['value'] ?? ''])
  return Object.fromEntries([...own, ...labelled].filter(([key, value]) => key !== '' && key !== '__proto__' && value !== ''))
}

