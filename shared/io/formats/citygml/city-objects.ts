import type { AttributeValue } from '../../../twin/asset.ts'
import { METRES_PER } from '../../length-units.ts'
import { LENGTH_UNITS, type LengthUnit } from '../../mapping.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { SourceFeature } from '../../source.ts'
import { childText, descendants, type XmlNode } from '../../xml/read-xml.ts'
import { axisOfSurfaces, isClosed, positionsIn } from './solid-axis.ts'

/** Classes of PLATEAU's i-UR (uro), the UtilityNetwork ADE and CityGML that are lines in the ground, and those that are points. */
const LINE_CLASS = /^(\w*Pipe|\w*Cable|\w*Duct|Canal|ClosedCanal|SemiOpenCanal|Tunnel|UndergroundBuilding)$/
const POINT_CLASS = /^(Manhole|Handhole|Appurtenance|\w+Appurtenance|StorageDevice|TerminalElement|ControllerDevice|MeasurementDevice|SimpleFunctionalElement|ComplexFunctionalElement|AnyDevice|OtherDevice)$/

export const isLineClass = (name: string): boolean => LINE_CLASS.test(name)
export const isPointClass = (name: string): boolean => POINT_CLASS.test(name)

const GEOMETRY = /^(?:lod([0-4])(\w*)|\w*[gG]eometry|realization)$/
/** Further down lie boundary surfaces and parts, which repeat the geometry in finer detail. */
const MAX_ATTRIBUTE_DEPTH = 3
const METRES_PER_DEGREE = 111_320

/** Positions of one object, easting first, with what kind of geometry they came from. */
export interface ObjectPlacing {
  readonly turn: (position: readonly number[]) => number[]
  readonly isDegrees: boolean
}

/** A line object as a feature; null (told) where it has no usable geometry. */
export function lineFeature(node: XmlNode, ref: string, { turn, isDegrees }: ObjectPlacing, log: IssueLog): SourceFeature | null {
  const id = node.attributes['id'] ?? null
  const told = id ? `${id} (${ref})` : ref
  const properties = propertiesOf(node)
  checkGeometryTypes(node, told, log)
  const curves = curvesOf(node).map(curve => positionsIn(curve).map(turn)).filter(curve => curve.length >= 2)
  const hasLevels = curves.some(curve => curve.some(position => (position[2] ?? 0) !== 0))
  if (curves.length > 0 && hasLevels) return { id, ref, geometry: 'line', parts: curves, properties, ...levelMethodOf(properties) }
  const surfaces = surfacesOf(node).map(turn)
  const latitude = surfaces[0]?.[1] ?? 0
  const solid = axisOfSurfaces(surfaces, isDegrees ? METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180) : 1, isDegrees ? METRES_PER_DEGREE : 1)
  if (solid) {
    log.add('size_assumed', 'info', told, { from: 'surfaces', widthM: round(solid.widthM), heightM: round(solid.heightM) })
    return { id, ref, geometry: 'line', parts: [solid.ends], properties: { ...properties, boxWidthM: round(solid.widthM), boxHeightM: round(solid.heightM) } }
  }
  if (curves.length > 0) return { id, ref, geometry: 'line', parts: curves, properties }
  log.add('geometry_null', 'warning', told, { class: node.name })
  return null
}

const UNMEASURED = ['calculated', 'interpolated', 'estimated', 'assumed'] as const

/** `elevationQuality` of the UtilityNetwork ADE, where it says that levels were not surveyed. */
function levelMethodOf(properties: Readonly<Record<string, AttributeValue>>): Pick<SourceFeature, 'levelMethod'> {
  const levelMethod = UNMEASURED.find(method => method === properties['elevationQuality'])
  return levelMethod ? { levelMethod } : {}
}

/** A point object: its own point, else the middle of its surfaces with their top as its level. */
export function pointFeature(node: XmlNode, ref: string, { turn }: ObjectPlacing, log: IssueLog): SourceFeature | null {
  const id = node.attributes['id'] ?? null
  const told = id ? `${id} (${ref})` : ref
  const properties = propertiesOf(node)
  checkGeometryTypes(node, told, log)
  const surfaces = surfacesOf(node).map(turn)
  const levels = surfaces.map(position => position[2] ?? 0)
  const [top, bottom] = [levels.reduce((high, z) => Math.max(high, z), -Infinity), levels.reduce((low, z) => Math.min(low, z), Infinity)]
  const point = descendants(node, 'Point').flatMap(list => positionsIn(list)).map(turn)[0]
  const ends = surfaces.length > 0 ? { topM: round(top), bottomM: round(bottom) } : {}
  if (point) return { id, ref, geometry: 'point', parts: [[surfaces.length > 0 && (point[2] ?? 0) === 0 ? [point[0]!, point[1]!, top] : point]], properties: { ...properties, ...ends } }
  const places = surfaces.length > 0 ? surfaces : curvesOf(node).flatMap(list => positionsIn(list)).map(turn)
  if (places.length === 0) {
    log.add('geometry_null', 'warning', told, { class: node.name })
    return null
  }
  const middle = (axis: number) => (places.reduce((low, p) => Math.min(low, p[axis]!), Infinity) + places.reduce((high, p) => Math.max(high, p[axis]!), -Infinity)) / 2
  return { id, ref, geometry: 'point', parts: [[surfaces.length > 0 ? [middle(0), middle(1), top] : [middle(0), middle(1)]]], properties: { ...properties, ...ends } }
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6

/** Line strings of the coarsest level of detail that has any. */
function curvesOf(node: XmlNode): XmlNode[] {
  for (const holder of geometryHolders(node)) {
    const curves = [...descendants(holder, 'LineStringSegment'), ...descendants(holder, 'LineString')]
    if (curves.length > 0) return curves
  }
  return []
}

/** Positions of the surfaces of the coarsest level of detail that has any. */
function surfacesOf(node: XmlNode): number[][] {
  for (const holder of geometryHolders(node)) {
    const positions = descendants(holder, 'LinearRing').flatMap(list => positionsIn(list))
    if (positions.length > 0) return positions
  }
  return []
}

/** Elements that hold geometry, coarsest level of detail first; boundary surfaces hold more of the same. */
function geometryHolders(node: XmlNode): XmlNode[] {
  const found: { lod: number; node: XmlNode }[] = []
  const visit = (element: XmlNode) => {
    for (const child of element.children) {
      const match = GEOMETRY.exec(child.name)
      if (match) found.push({ lod: Number(match[1] ?? 5), node: child })
      else visit(child)
    }
  }
  visit(node)
  return found.sort((a, b) => a.lod - b.lod).map(entry => entry.node)
}

/** PLATEAU fixes the type per level of detail: solids in LOD 2, surfaces in LOD 3. A solid has to be closed. */
function checkGeometryTypes(node: XmlNode, told: string, log: IssueLog): void {
  if (node.name === 'Tunnel') return // CityGML's own module, with parts that share their surfaces by reference
  for (const child of node.children) {
    const type = child.children[0]?.name
    if (child.name === 'lod2Geometry' && type !== undefined && type !== 'Solid') log.add('geometry_mismatch', 'warning', told, { declared: 'lod2 Solid', actual: type })
    if (child.name === 'lod3Geometry' && type === 'Solid') log.add('geometry_mismatch', 'warning', told, { declared: 'lod3 MultiSurface', actual: type })
    for (const solid of descendants(child, 'Solid')) if (!isClosed(solid)) log.add('schema_invalid', 'warning', told, { problem: 'solid_not_closed' })
  }
}

/** Simple values of an object, with the unit in the name where the value carries one. */
function propertiesOf(node: XmlNode): Record<string, AttributeValue> {
  const properties: Record<string, AttributeValue> = { class: node.name }
  const visit = (element: XmlNode, depth: number) => {
    for (const child of element.children) {
      if (GEOMETRY.test(child.name) || child.name === 'boundedBy') continue
      const text = child.text.trim()
      if (child.children.length === 0 && text !== '') {
        const uom = child.attributes['uom']
        const key = uom ? `${child.name} (${uom})` : child.name === 'class' ? 'classCode' : child.name
        if (key !== '__proto__' && !Object.hasOwn(properties, key)) properties[key] = uom && Number.isFinite(Number(text)) ? Number(text) : text
      } else if (depth < MAX_ATTRIBUTE_DEPTH) visit(child, depth + 1)
    }
  }
  visit(node, 0)
  // What a kind can be told from: the object's own name, else its class.
  properties['carries'] = childText(node, 'name') || node.name
  return properties
}

/** Largest usual main; a median beyond it in the stated unit is a slip of the unit. */
const USUAL_MOST_M = 1.2

/**
 * The size field of line objects and the unit its figures are in. Where the unit stated beside them would make most pipes
 * larger than pipes are while millimetres would make them usual, millimetres are proposed; the mapping step says so.
 */
export function sizeFieldOf(features: readonly SourceFeature[]): { field: string; unit: LengthUnit; outer: boolean } | null {
  for (const name of ['exteriorDiameter', 'outerDiameter', 'outerDiamiter', 'interiorDiameter', 'innerDiameter', 'innerDiamiter', 'exteriorWidth', 'maxWidth']) {
    const field = features.flatMap(feature => Object.keys(feature.properties)).find(key => key === name || key.startsWith(`${name} (`))
    if (!field) continue
    const stated = /\(([a-z#]+)\)$/.exec(field)?.[1]
    const unit = LENGTH_UNITS.find(known => known === stated) ?? 'm'
    const values = features.map(feature => Number(feature.properties[field] ?? 0)).filter(value => value > 0).sort((a, b) => a - b)
    const typical = values[values.length >> 1] ?? 0
    const isSlip = typical * METRES_PER[unit] > USUAL_MOST_M && typical * METRES_PER.mm >= 0.02 && typical * METRES_PER.mm <= USUAL_MOST_M
    return { field, unit: isSlip ? 'mm' : unit, outer: !/^in(ner|terior)/.test(name) }
  }
  return null
}
