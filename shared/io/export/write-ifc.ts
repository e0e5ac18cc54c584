import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { AssetKind } from '../../twin/kinds.ts'
import { originFor } from '../../twin/twin.ts'
import { knownProperties, namedLines, nodeProperties, type NamedLine } from './canonical-properties.ts'
import type { ExportNetwork } from './export-network.ts'
import { counted, type FormatTerms } from './format-terms.ts'
import { groundTriangles } from './ground-tin.ts'
import { IfcBody } from './ifc-body.ts'
import { enumeration, list, real, StepWriter, stepText, type StepId } from './step-writer.ts'

/** Predefined types of IfcDistributionSystem (IFC 4.3). */
const SYSTEMS: Readonly<Record<AssetKind, string>> = {
  water: 'WATERSUPPLY', reclaimed: 'WATERSUPPLY', sewer_foul: 'SEWAGE', sewer_storm: 'STORMWATER', sewer_combined: 'DRAINAGE', gas: 'GAS', heat: 'HEATING',
  power: 'ELECTRICAL', telecom: 'COMMUNICATION', industrial: 'CHEMICAL', tunnel: 'USERDEFINED', trench: 'USERDEFINED', unknown: 'NOTDEFINED',
}
const IS_CABLE: ReadonlySet<AssetKind> = new Set(['power', 'telecom'])
const NODE_CLASSES: Partial<Readonly<Record<NodeRecord['nodeType'], readonly [type: string, predefined: string]>>> = {
  manhole: ['IFCDISTRIBUTIONCHAMBERELEMENT', 'MANHOLE'], chamber: ['IFCDISTRIBUTIONCHAMBERELEMENT', 'INSPECTIONCHAMBER'], gully: ['IFCWASTETERMINAL', 'GULLYSUMP'], valve: ['IFCVALVE', 'NOTDEFINED'],
  hydrant: ['IFCFIRESUPPRESSIONTERMINAL', 'FIREHYDRANT'], tank: ['IFCTANK', 'NOTDEFINED'], pump: ['IFCPUMP', 'NOTDEFINED'],
}

/**
 * IFC 4.3: a distribution system per kind, lines as segments with their axis and a body swept along it, nodes as chambers,
 * valves and fittings, the ground as terrain. Coordinates stand relative to an origin near the network, placed by
 * IfcMapConversion where the coordinate system is known. The property set `Underplan` carries the canonical properties,
 * which `readIfc` takes back.
 */
export function* writeIfc(network: ExportNetwork, terms: FormatTerms): Generator<string> {
  const { name, textOf, job, ifcGuidOf, at } = terms
  const lines = [...namedLines(network)]
  const [firstX, firstY] = lowCorner(network, lines)
  const [x0, y0] = originFor(firstX, firstY)
  const local = ([x, y, z]: Vec3): Vec3 => [x - x0, y - y0, z]
  const step = new StepWriter()
  yield `ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('ViewDefinition [ReferenceView]'),'2;1');\nFILE_NAME(${stepText(`${name}.ifc`)},${stepText(at.slice(0, 19))},(''),(''),'Underplan','Underplan','');\nFILE_SCHEMA(('IFC4X3_ADD2'));\nENDSEC;\nDATA;\n`
  const frame = projectFrame(step, network.crs, [x0, y0], terms)
  yield step.take()
  const body = new IfcBody(step, frame)
  const members = new Map<AssetKind, StepId[]>()
  const all: StepId[] = []
  const addTo = (kind: AssetKind, id: StepId) => {
    all.push(id)
    members.set(kind, [...(members.get(kind) ?? []), id])
  }
  for (const line of counted(lines, lines.length, job)) {
    addTo(line.record.kind, segment(line, body, step, local, terms))
    yield step.take()
  }
  for (const node of counted(network.nodes, network.nodes.length, job)) {
    addTo(node.kind, fitting(node, body, step, local, terms))
    yield step.take()
  }
  if (network.ground) all.push(terrain(network.ground.name, groundTriangles(network.ground), body, step, local, terms))
  for (const [kind, ids] of members) {
    const label = stepText(textOf(`kinds:kind.${kind}`))
    const system = step.add('IFCDISTRIBUTIONSYSTEM', [stepText(ifcGuidOf('system', kind)), '$', label, '$', stepText(kind), '$', enumeration(SYSTEMS[kind])])
    step.add('IFCRELASSIGNSTOGROUP', [stepText(ifcGuidOf('in-system', kind)), '$', '$', '$', list(ids), '$', system])
    step.add('IFCRELREFERENCEDINSPATIALSTRUCTURE', [stepText(ifcGuidOf('system-serves', kind)), '$', '$', '$', list([system]), frame.site])
  }
  if (all.length > 0) step.add('IFCRELCONTAINEDINSPATIALSTRUCTURE', [stepText(ifcGuidOf('in-site')), '$', '$', '$', list(all), frame.site])
  yield step.take()
  yield 'ENDSEC;\nEND-ISO-10303-21;\n'
}

function lowCorner({ nodes }: ExportNetwork, lines: readonly NamedLine[]): readonly [number, number] {
  let [minX, minY] = [Infinity, Infinity]
  const take = ([x, y]: Vec3) => {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
  }
  for (const { record } of lines) record.axis.forEach(take)
  for (const { at } of nodes) take(at)
  return [minX, minY]
}

/** Project, units, contexts, reference system and site. */
function projectFrame(step: StepWriter, crs: string | null, [x0, y0]: readonly [number, number], { name, ifcGuidOf, isInWorld = false }: FormatTerms) {
  const metre = step.add('IFCSIUNIT', ['*', '.LENGTHUNIT.', '$', '.METRE.'])
  const units = [metre, ...[['AREAUNIT', 'SQUARE_METRE'], ['VOLUMEUNIT', 'CUBIC_METRE'], ['PLANEANGLEUNIT', 'RADIAN']].map(([unit, word]) => step.add('IFCSIUNIT', ['*', enumeration(unit!), '$', enumeration(word!)]))]
  const origin = step.point([0, 0, 0])
  const world = step.add('IFCAXIS2PLACEMENT3D', [origin, '$', '$'])
  const context = step.add('IFCGEOMETRICREPRESENTATIONCONTEXT', ['$', "'Model'", '3', '1.E-5', world, '$'])
  const sub = (identifier: string, view: string) => step.add('IFCGEOMETRICREPRESENTATIONSUBCONTEXT', [stepText(identifier), "'Model'", '*', '*', '*', '*', context, '$', enumeration(view), '$'])
  const project = step.add('IFCPROJECT', [stepText(ifcGuidOf('project')), '$', stepText(name), '$', '$', '$', '$', list([context]), step.add('IFCUNITASSIGNMENT', [list(units)])])
  const [eastings, northings] = isInWorld ? [0, 0] : [x0, y0]
  if (crs !== null) {
    const system = step.add('IFCPROJECTEDCRS', [stepText(crs), '$', '$', '$', '$', '$', metre])
    step.add('IFCMAPCONVERSION', [context, system, real(eastings), real(northings), '0.', '1.', '0.', '1.'])
  }
  // Without a system the site's placement says where the origin lies.
  const sitePlace = crs === null || isInWorld ? step.point([x0, y0, 0]) : origin
  const placement = step.add('IFCLOCALPLACEMENT', ['$', step.add('IFCAXIS2PLACEMENT3D', [sitePlace, '$', '$'])])
  const site = step.add('IFCSITE', [stepText(ifcGuidOf('site')), '$', stepText(name), '$', '$', placement, '$', '$', '.ELEMENT.', '$', '$', '$', '$', '$'])
  step.add('IFCRELAGGREGATES', [stepText(ifcGuidOf('project-site')), '$', '$', '$', project, list([site])])
  return { site, placement, world, bodyContext: sub('Body', 'MODEL_VIEW'), axisContext: sub('Axis', 'GRAPH_VIEW') }
}

function segment({ id, record, isProposal, properties }: NamedLine, body: IfcBody, step: StepWriter, local: (place: Vec3) => Vec3, { ifcGuidOf, textOf }: FormatTerms): StepId {
  const shape = body.swept(record.axis.map(local), record.section)
  const isCable = IS_CABLE.has(record.kind)
  const element = step.add(isCable ? 'IFCCABLESEGMENT' : 'IFCPIPESEGMENT', [
    stepText(ifcGuidOf('asset', id)), '$', stepText(id), '$', stepText(textOf(`kinds:kind.${record.kind}`)), body.placement, shape, stepText(id), isCable ? '.CABLESEGMENT.' : '.RIGIDSEGMENT.',
  ])
  addProperties(element, id, knownProperties(id, properties, isProposal), step, ifcGuidOf)
  return element
}

function fitting(node: NodeRecord, body: IfcBody, step: StepWriter, local: (place: Vec3) => Vec3, { ifcGuidOf, textOf }: FormatTerms): StepId {
  const [type, predefined] = NODE_CLASSES[node.nodeType] ?? (IS_CABLE.has(node.kind) ? (['IFCCABLEFITTING', 'NOTDEFINED'] as const) : (['IFCPIPEFITTING', 'NOTDEFINED'] as const))
  const { placement, shape } = body.chamber(local(node.at), node.diameterM, node.bottomZ)
  const element = step.add(type, [stepText(ifcGuidOf('node', node.id)), '$', stepText(node.id), '$', stepText(textOf(`kinds:nodeType.${node.nodeType}`)), placement, shape, stepText(node.id), enumeration(predefined)])
  addProperties(element, `node:${node.id}`, knownProperties(node.id, nodeProperties(node)), step, ifcGuidOf)
  return element
}

function terrain(name: string, triangles: ReturnType<typeof groundTriangles>, body: IfcBody, step: StepWriter, local: (place: Vec3) => Vec3, { ifcGuidOf }: FormatTerms): StepId {
  return step.add('IFCGEOGRAPHICELEMENT', [stepText(ifcGuidOf('ground', name)), '$', stepText(name || 'ground'), '$', '$', body.placement, body.triangulated(triangles, local), '$', '.TERRAIN.'])
}

function addProperties(element: StepId, key: string, properties: ReturnType<typeof knownProperties>, step: StepWriter, ifcGuidOf: FormatTerms['ifcGuidOf']): void {
  const singles = properties.filter(([, value]) => value !== null).map(([name, value]) => {
    const typed = typeof value === 'number' ? `IFCREAL(${real(value)})` : typeof value === 'boolean' ? `IFCBOOLEAN(${value ? '.T.' : '.F.'})` : `IFCTEXT(${stepText(String(value))})`
    return step.add('IFCPROPERTYSINGLEVALUE', [stepText(name), '$', typed, '$'])
  })
  const set = step.add('IFCPROPERTYSET', [stepText(ifcGuidOf('properties', key)), '$', "'Underplan'", '$', list(singles)])
  step.add('IFCRELDEFINESBYPROPERTIES', [stepText(ifcGuidOf('has-properties', key)), '$', '$', '$', list([element]), set])
}
