import type { JobControl } from '../../../core/job.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import { toUtf8 } from '../../text-encoding.ts'
import { canonicalFeature } from '../../canonical/canonical-feature.ts'
import { isCanonicalFeature } from '../../canonical/canonical-form.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { declaredLayer, layersOf } from '../../source-layers.ts'
import { georeference, type Georeference } from './ifc-georeference.ts'
import { readBoreholes, readGrounds } from './ifc-ground.ts'
import { linesMapping, pointsMapping } from './ifc-mapping.ts'
import { ATTRIBUTE, IfcModel } from './ifc-model.ts'
import { localPlacement, type Point3 } from './ifc-placement.ts'
import { readProfile } from './ifc-profile.ts'
import { ifcRelations, type IfcRelations } from './ifc-relations.ts'
import { shapeOf } from './ifc-shape.ts'
import { StepFile } from './step-file.ts'

export const isIfc = (bytes: Uint8Array): boolean => /^\ufeff?\s*ISO-10303-21\s*;/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))

const LINE_CLASS = /^IFC(PIPE|CABLE|DUCT|CABLECARRIER|FLOW)SEGMENT$/
const POINT_CLASS = /^IFC(DISTRIBUTIONCHAMBERELEMENT|(PIPE|CABLE|DUCT|CABLECARRIER|FLOW)FITTING|VALVE|PUMP|TANK|FLOWMETER|FLOWCONTROLLER|FLOWTERMINAL|FLOWSTORAGEDEVICE|FLOWMOVINGDEVICE|FLOWTREATMENTDEVICE|FIRESUPPRESSIONTERMINAL|WASTETERMINAL|INTERCEPTOR|JUNCTIONBOX|ELECTRICDISTRIBUTIONBOARD|DISTRIBUTIONBOARD)$/

interface Reading {
  readonly model: IfcModel
  readonly relations: IfcRelations
  readonly geo: Georeference
  readonly file: string
  readonly log: IssueLog
}

/**
 * Reads IFC2x3 to IFC4.3: segments of distribution systems as lines along their axis or swept body, chambers and fittings
 * as points, open triangulated surfaces as ground, boreholes with their strata. Everything else of the model is left out
 * and counted.
 * @throws SourceRefused no STEP file, or not IFC.
 */
export function readIfc(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const { bytes, encoding } = toUtf8(file.bytes)
  if (encoding !== 'utf-8') log.add('encoding', 'info', file.name, { encoding })
  const step = new StepFile(bytes, limits, job)
  if (!step.schema.startsWith('IFC')) throw new SourceRefused('schema_invalid', { problem: 'not_ifc', schema: step.schema })
  // Drafts of IFC 4.3 differ from what was published; most of them read alike, but not all.
  if (/_?RC\d|_?TC\d|DRAFT|ALPHA|BETA/.test(step.schema)) log.add('schema_invalid', 'info', file.name, { problem: 'schema_draft', schema: step.schema })
  const name = file.name.replace(/\.[^.]*$/, '')
  const model = new IfcModel(step, file.name, log)
  const reading: Reading = { model, relations: ifcRelations(model), geo: georeference(model), file: name, log }
  const [lineIds, pointIds] = [LINE_CLASS, POINT_CLASS].map(pattern => [...step.types()].filter(type => pattern.test(type)).flatMap(type => step.ofType(type)).sort((a, b) => a - b)) as [number[], number[]]
  if (lineIds.length + pointIds.length > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
  const lines = lineIds.map(id => lineFeature(reading, id, job)).filter(feature => feature !== null)
  const points = pointIds.map(id => pointFeature(reading, id, job)).filter(feature => feature !== null)
  const { crs } = reading.geo
  const [own, ownPoints] = [lines, points].map(features => features.filter(isCanonicalFeature)) as [SourceFeature[], SourceFeature[]]
  const [otherLines, otherPoints] = [lines, points].map(features => features.filter(feature => !isCanonicalFeature(feature))) as [SourceFeature[], SourceFeature[]]
  const layers = [
    ...(own.length + ownPoints.length > 0 ? layersOf(`${name}:underplan`, [...own, ...ownPoints], crs) : []),
    declaredLayer('line', named(otherLines), crs, linesMapping(name, otherLines)), declaredLayer('point', named(otherPoints), crs, pointsMapping(`${name}:nodes`, otherPoints)),
  ].filter(layer => layer.features.length > 0)
  const grounds = readGrounds(model, reading.geo, name, log)
  const boreholes = readBoreholes(model, reading.geo, reading.relations, name)
  tellLeftOut(reading)
  if (layers.length + grounds.length + boreholes.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features' })
  return { value: { format: 'ifc', layers, grounds, boreholes }, issues: log.issues }
}

/** Elements are called by their name where no other has it; else by their guid. */
function named(features: readonly SourceFeature[]): SourceFeature[] {
  const counts = new Map<string, number>()
  const nameOf = ({ properties }: SourceFeature) => String(properties['tag'] || properties['name'] || '')
  for (const feature of features) counts.set(nameOf(feature), (counts.get(nameOf(feature)) ?? 0) + 1)
  return features.map(feature => (nameOf(feature) !== '' && counts.get(nameOf(feature)) === 1 ? { ...feature, id: nameOf(feature) } : feature))
}

function lineFeature(reading: Reading, id: number, job: JobControl): SourceFeature | null {
  job.throwIfCancelled()
  const { model, relations, geo, file, log } = reading
  const ref = `${file}#${id}`
  const shape = shapeOf(model, id)
  const ports = shape.axes.length > 0 ? [] : relations.nestedIn(id).filter(port => model.step.typeOf(port) === 'IFCDISTRIBUTIONPORT')
  const portEnds = ports.map(port => localPlacement(model, model.reference(port, ATTRIBUTE.placement)).origin)
  const axes = shape.axes.length > 0 ? shape.axes : portEnds.length >= 2 ? [[portEnds[0]!, portEnds.at(-1)!]] : []
  if (axes.length === 0) {
    log.add('geometry_null', 'warning', ref, { class: model.step.typeOf(id) })
    return null
  }
  const parts = axes.map(axis => axis.map(geo.toMap))
  if (!parts.every(isUsable)) {
    log.add('coordinates_invalid', 'error', ref)
    return null
  }
  const own = relations.ownPropertiesOf(id)
  const canonical = own && canonicalFeature({ id: null, ref, geometry: 'line', parts }, own)
  if (canonical) return canonical
  const profile = shape.section ? null : readProfile(model, relations.profileOf(id))
  const section = shape.section ?? (profile && { shape: profile.shape, width: profile.sizeX, height: profile.sizeY, wall: profile.wall })
  const metres = (value: number | null | undefined) => (value === null || value === undefined ? null : rounded(value * geo.lengthM))
  const size = { sectionShape: section?.shape ?? null, sectionWidthM: section?.shape === 'rectangle' ? metres(section.width) : null, sectionHeightM: metres(section?.height), sectionWallM: metres(section?.wall) }
  return { id: model.text(id, ATTRIBUTE.globalId) || null, ref, geometry: 'line', parts, properties: { ...propertiesOf(reading, id), ...size } }
}

function pointFeature(reading: Reading, id: number, job: JobControl): SourceFeature | null {
  job.throwIfCancelled()
  const { model, relations, geo, file, log } = reading
  const ref = `${file}#${id}`
  const own = relations.ownPropertiesOf(id)
  const origin = localPlacement(model, model.reference(id, ATTRIBUTE.placement)).origin
  const canonical = own && isUsable([geo.toMap(origin)]) ? canonicalFeature({ id: null, ref, geometry: 'point', parts: [[geo.toMap(origin)]] }, own) : null
  if (canonical) return canonical
  const shape = shapeOf(model, id)
  // A fitting stands in the middle of its body; a chamber on the axis it was raised along.
  const place: Point3 = shape.axes[0]?.[0] ?? origin
  const [low, high] = shape.levels ?? [null, null]
  const at = geo.toMap([place[0], place[1], high ?? place[2]])
  if (!isUsable([at])) {
    log.add('coordinates_invalid', 'error', ref)
    return null
  }
  const bottom = low === null ? null : geo.toMap([place[0], place[1], low])[2]
  const properties = { ...propertiesOf(reading, id), topM: rounded(at[2]), bottomM: bottom === null ? null : rounded(bottom), outerDiameterM: shape.section ? rounded(Math.max(shape.section.width, shape.section.height) * geo.lengthM) : null }
  return { id: model.text(id, ATTRIBUTE.globalId) || null, ref, geometry: 'point', parts: [[at]], properties }
}

const isUsable = (points: readonly Point3[]): boolean => points.every(point => point.every(value => Math.abs(value) <= 1e9))
const rounded = (metres: number): number => Math.round(1e6 * metres) / 1e6

/** The element's own words; `carries` is what its kind is told from. */
function propertiesOf({ model, relations }: Reading, id: number): Record<string, AttributeValue> {
  const properties = relations.propertiesOf(id)
  const system = relations.systemOf(id)
  const [name, objectType] = [model.text(id, ATTRIBUTE.name), model.text(id, ATTRIBUTE.objectType)]
  const own = typeof properties['kind'] === 'string' ? properties['kind'] : ''
  return {
    ...properties, class: model.step.typeOf(id), name, tag: model.text(id, ATTRIBUTE.tag) || null, description: model.text(id, ATTRIBUTE.description) || null,
    predefinedType: model.word(id, ATTRIBUTE.predefinedType) || null, globalId: model.text(id, ATTRIBUTE.globalId), material: relations.materialOf(id) || (properties['material'] ?? null),
    system: system?.name || null, carries: own || system?.type.replace(/^(NOTDEFINED|USERDEFINED)$/, '') || system?.name || objectType || name || null,
  }
}

/** Classes of what stands in the model's spaces and is not read, with how many there are. */
function tellLeftOut({ model, log, file }: Reading): void {
  const counts = new Map<string, number>()
  for (const relation of model.step.ofType('IFCRELCONTAINEDINSPATIALSTRUCTURE')) {
    for (const product of model.references(relation, 4)) {
      const type = model.step.typeOf(product)
      if (!LINE_CLASS.test(type) && !POINT_CLASS.test(type) && !/^IFC(BOREHOLE|SOLIDSTRATUM|GEOMODEL|DISTRIBUTIONPORT|GEOGRAPHICELEMENT)$/.test(type)) counts.set(type, (counts.get(type) ?? 0) + 1)
    }
  }
  for (const [type, count] of [...counts].slice(0, 20)) log.add('feature_unsupported', 'info', file, { type, count })
}
