import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, NODE_TYPES, PRESSURE_CLASSES, type AssetKind, type NodeType } from '../../../twin/kinds.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import type { LayerMapping } from '../../mapping.ts'
import { kindMeaning } from '../../propose/word-lists.ts'
import type { SourceFeature } from '../../source.ts'

/** IfcDistributionSystemEnum by what the system carries. */
const SYSTEM_KINDS: Readonly<Record<string, AssetKind>> = {
  STORMWATER: 'sewer_storm', RAINWATER: 'sewer_storm', SEWAGE: 'sewer_foul', WASTEWATER: 'sewer_foul', DRAINAGE: 'sewer_combined',
  DOMESTICCOLDWATER: 'water', DOMESTICHOTWATER: 'water', WATERSUPPLY: 'water', FIREPROTECTION: 'water',
  GAS: 'gas', HEATING: 'heat', CHEMICAL: 'industrial', FUEL: 'industrial', OIL: 'industrial', COMPRESSEDAIR: 'industrial',
  ELECTRICAL: 'power', LIGHTING: 'power', POWERGENERATION: 'power', OVERHEAD_CONTACTLINE_SYSTEM: 'power',
  COMMUNICATION: 'telecom', DATA: 'telecom', TELEPHONE: 'telecom', TV: 'telecom', SIGNAL: 'telecom', FIXEDTRANSMISSIONNETWORK: 'telecom', MOBILENETWORK: 'telecom', MONITORINGSYSTEM: 'telecom',
}

const CLASS_NODES: Readonly<Record<string, NodeType>> = {
  IFCDISTRIBUTIONCHAMBERELEMENT: 'manhole', IFCVALVE: 'valve', IFCFLOWCONTROLLER: 'valve', IFCPUMP: 'pump', IFCFLOWMOVINGDEVICE: 'pump', IFCTANK: 'tank', IFCFLOWSTORAGEDEVICE: 'tank',
  IFCFIRESUPPRESSIONTERMINAL: 'hydrant', IFCWASTETERMINAL: 'gully', IFCPIPEFITTING: 'junction', IFCCABLEFITTING: 'junction', IFCDUCTFITTING: 'junction', IFCFLOWFITTING: 'junction',
  IFCFLOWTERMINAL: 'connection', IFCJUNCTIONBOX: 'chamber',
}

/** A word stands for itself: values that are already ours. */
const itself = <T extends string>(words: readonly T[]): Record<string, T> => Object.fromEntries(words.map(word => [word, word])) as Record<string, T>

function kindsOf(features: readonly SourceFeature[]): LayerMapping['kind'] {
  const values = new Map<string, AssetKind>()
  for (const { properties } of features) {
    const carries = String(properties['carries'] ?? '')
    const kind = ASSET_KINDS.find(own => own === carries) ?? (Object.hasOwn(SYSTEM_KINDS, carries) ? SYSTEM_KINDS[carries] : undefined) ?? kindMeaning(carries)
    if (kind) values.set(carries, kind)
  }
  return { field: 'carries', values: Object.fromEntries(values), fallback: 'unknown' }
}

const hasField = (features: readonly SourceFeature[], field: string): string | null => (features.some(({ properties }) => Object.hasOwn(properties, field)) ? field : null)

/** What the fields of segments mean: sections are outer ones, axes those of the solid. */
export function linesMapping(layer: string, lines: readonly SourceFeature[]): LayerMapping {
  return declaredMapping({
    layer, target: 'assets', id: null, kind: kindsOf(lines), ownerField: hasField(lines, 'owner') ?? 'Owner',
    size: { field: 'sectionHeightM', widthField: 'sectionWidthM', shapeField: 'sectionShape', dimension: 'outer', wallField: 'sectionWallM', wallUnit: 'm' },
    level: { source: 'geometry', reference: 'axis', zeroIsUnknown: false },
    status: { field: hasField(lines, 'status'), values: itself(ASSET_STATUSES), fallback: 'in_use' },
    laying: { field: hasField(lines, 'laying'), values: itself(LAYINGS) },
    pressureClass: { field: hasField(lines, 'pressureClass'), values: itself(PRESSURE_CLASSES) },
    voltage: { field: hasField(lines, 'voltageKv'), unit: 'kV' },
  })
}

export function pointsMapping(layer: string, points: readonly SourceFeature[]): LayerMapping {
  const typed = hasField(points, 'nodeType')
  return declaredMapping({
    layer, target: 'nodes', id: null, kind: kindsOf(points), ownerField: hasField(points, 'owner') ?? 'Owner', size: { field: 'outerDiameterM' },
    level: { source: 'fields', reference: 'invert', startField: 'bottomM', groundStartField: 'topM', zeroIsUnknown: false },
    nodeType: { field: typed ?? 'class', values: typed ? itself(NODE_TYPES) : { ...CLASS_NODES }, fallback: 'other' },
  })
}
