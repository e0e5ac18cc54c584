import { ASSUMED, type AssetRecord, type Attributes, type NodeRecord, type OuterSection, type Vec3 } from '../../twin/asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, NODE_TYPES, PRESSURE_CLASSES, type AssetKind } from '../../twin/kinds.ts'
import { ASSUMED_COVER_M, ASSUMED_DIAMETER_M } from '../assumptions.ts'
import type { IssueLog } from '../issue-log.ts'
import { assetsOfLine } from '../line-assets.ts'
import { joinParts } from '../line-parts.ts'
import type { SourceFeature, SourceLayer } from '../source.ts'
import type { UniqueIds } from '../unique-ids.ts'
import { CanonicalValues } from './canonical-values.ts'

export interface CanonicalContext {
  readonly assetIds: UniqueIds
  readonly nodeIds: UniqueIds
  /** Source position → project CRS in plan. */
  readonly place: (position: readonly number[]) => readonly [number, number]
}

interface CanonicalRecords {
  readonly assets: AssetRecord[]
  readonly nodes: NodeRecord[]
  readonly proposals: AssetRecord[]
}

/** Records of a layer in the canonical form. */
export function readCanonicalLayer(layer: SourceLayer, log: IssueLog, context: CanonicalContext): CanonicalRecords {
  const records: CanonicalRecords = { assets: [], nodes: [], proposals: [] }
  for (const feature of layer.features) {
    if (feature.geometry === 'polygon') log.add('feature_unsupported', 'warning', feature.ref, { type: 'polygon' })
    else if (feature.geometry === 'point') readNodes(feature, log, context, records.nodes)
    else readLine(feature, log, context, feature.scenario ? records.proposals : records.assets)
  }
  return records
}

/** What became a field of its own is not repeated among the attributes. */
const LINE_PROPERTIES = [
  'id', 'kind', 'owner', 'diameterM', 'widthM', 'heightM', 'pressureClass', 'voltageKv', 'laying', 'status', 'accuracyPlanM', 'accuracyLevelM', 'scenario',
]
const NODE_PROPERTIES = ['id', 'kind', 'owner', 'nodeType', 'diameterM', 'bottomZ', 'scenario']
const without = (properties: Attributes, names: readonly string[]): Attributes => Object.fromEntries(Object.entries(properties).filter(([key]) => !names.includes(key)))

function readLine(feature: SourceFeature, log: IssueLog, context: CanonicalContext, into: AssetRecord[]): void {
  const ref = refOf(feature)
  const values = new CanonicalValues(feature.properties, ref, log)
  const { kind, assumed: kindAssumed } = readKind(values, ref, log)
  const { section, assumed: sizeAssumed } = readSection(values, kind, ref, log)
  const { toAxisM, assumed: wallAssumed } = readLevelReference(values, section, ref, log)
  const heightM = section.shape === 'circle' ? section.diameterM : section.heightM

  const hasLevel = feature.parts.every(part => part.every(position => position.length > 2))
  if (!hasLevel) log.add('level_missing', 'warning', ref, { coverM: ASSUMED_COVER_M[kind] })
  // Without a level the pipe is put at the assumed cover below a ground of level 0: visible, marked, never lost.
  const levelAssumed = hasLevel ? 0 : ASSUMED.level | ASSUMED.ground
  const toAxis = (position: readonly number[]): Vec3 => {
    const [x, y] = context.place(position)
    return [x, y, hasLevel ? position[2]! + toAxisM : -ASSUMED_COVER_M[kind] - heightM / 2]
  }

  const status = readStatus(values, feature, ref, log)
  const pressureClass = values.choice('pressureClass', PRESSURE_CLASSES)
  const laying = values.choice('laying', LAYINGS)
  const voltageKv = values.number('voltageKv', Number.MIN_VALUE, 2000)
  const accuracyPlanM = values.number('accuracyPlanM', 0, 1000)
  const accuracyLevelM = values.number('accuracyLevelM', 0, 1000)
  const toldAsAssumed = readAssumed(values)
  const record: Omit<AssetRecord, 'id' | 'axis'> = {
    kind, section, status,
    owner: values.text('owner'),
    assumed: kindAssumed | sizeAssumed | wallAssumed | levelAssumed | toldAsAssumed,
    attributes: without(feature.properties, toldAsAssumed === 0 ? LINE_PROPERTIES : [...LINE_PROPERTIES, 'assumed']),
    ...(pressureClass && { pressureClass }),
    ...(laying && { laying }),
    ...(voltageKv !== undefined && { voltageKv }),
    ...(accuracyPlanM !== undefined && { accuracyPlanM }),
    ...(accuracyLevelM !== undefined && { accuracyLevelM }),
  }
  const axes = joinParts(feature.parts.map(part => part.map(toAxis)))
  const name = { id: idOf(feature, values), place: feature.ref, ref }
  for (const asset of assetsOfLine(axes, feature.parts.length, record, name, context.assetIds, log)) into.push(asset)
}

/** Flags of `assumed: "level,size"`, as our own export marks what is not from a survey; 0 where the property says something else. */
function readAssumed(values: CanonicalValues): number {
  const words = values.text('assumed').split(',')
  const told = Object.entries(ASSUMED).filter(([name]) => words.includes(name))
  return told.length === words.length ? told.reduce((sum, [, flag]) => sum | flag, 0) : 0
}

function readKind(values: CanonicalValues, ref: string, log: IssueLog): { kind: AssetKind; assumed: number } {
  const raw = values.text('kind')
  if ((ASSET_KINDS as readonly string[]).includes(raw)) return { kind: raw as AssetKind, assumed: 0 }
  log.add('kind_unknown', 'warning', ref, { kind: raw.slice(0, 50) })
  return { kind: 'unknown', assumed: ASSUMED.kind }
}

/** Circle by `diameterM`, rectangle by `widthM` and `heightM`; where sizes are missing, the kind's assumed diameter. */
function readSection(values: CanonicalValues, kind: AssetKind, ref: string, log: IssueLog): { section: OuterSection; assumed: number } {
  const diameterM = values.size('diameterM')
  const widthM = values.size('widthM')
  const heightM = values.size('heightM')
  if (widthM !== undefined && heightM !== undefined) {
    if (diameterM !== undefined) log.add('property_invalid', 'warning', ref, { property: 'diameterM', value: diameterM })
    return { section: { shape: 'rectangle', widthM, heightM }, assumed: 0 }
  }
  if (diameterM !== undefined) return { section: { shape: 'circle', diameterM }, assumed: 0 }
  const one = widthM ?? heightM
  const assumedM = one ?? ASSUMED_DIAMETER_M[kind]
  log.add('size_missing', 'warning', ref, { kind, assumedM })
  return { section: one === undefined ? { shape: 'circle', diameterM: assumedM } : { shape: 'rectangle', widthM: one, heightM: one }, assumed: ASSUMED.size }
}

/**
 * Rise from the given level to the axis. Sizes are outer ones, so an invert (inside bottom) lies a wall above the
 * outside: `wallM` where given, else no wall is assumed, and told.
 */
function readLevelReference(values: CanonicalValues, section: OuterSection, ref: string, log: IssueLog): { toAxisM: number; assumed: number } {
  const reference = values.choice('levelReference', ['axis', 'crown', 'invert'] as const) ?? 'axis'
  const halfM = (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
  if (reference === 'axis') return { toAxisM: 0, assumed: 0 }
  if (reference === 'crown') return { toAxisM: -halfM, assumed: 0 }
  const wallM = values.number('wallM', 0, halfM)
  if (wallM === undefined) log.add('wall_assumed', 'info', ref, { wallM: 0 })
  return { toAxisM: halfM - (wallM ?? 0), assumed: wallM === undefined ? ASSUMED.wall : 0 }
}

function readStatus(values: CanonicalValues, feature: SourceFeature, ref: string, log: IssueLog) {
  const raw = values.text('status')
  const status = ASSET_STATUSES.find(known => known === raw)
  if (status) return status
  if (raw !== '') log.add('status_unknown', 'warning', ref, { status: raw.slice(0, 50) })
  return feature.scenario ? ('planned' as const) : ('in_use' as const)
}

function readNodes(feature: SourceFeature, log: IssueLog, context: CanonicalContext, into: NodeRecord[]): void {
  const ref = refOf(feature)
  const values = new CanonicalValues(feature.properties, ref, log)
  const nodeType = values.choice('nodeType', NODE_TYPES) ?? 'other'
  const kind = values.choice('kind', ASSET_KINDS) ?? 'unknown'
  const diameterM = values.size('diameterM')
  const bottomZ = values.number('bottomZ', -12_000, 12_000)
  feature.parts.forEach(([position], i) => {
    if (position!.length < 3) log.add('level_missing', 'info', ref)
    const id = context.nodeIds.claim(idOf(feature, values), feature.ref, ref)
    const [x, y] = context.place(position!)
    into.push({
      id: i === 0 ? id : context.nodeIds.claimPart(id, i + 1), nodeType, kind, owner: values.text('owner'), at: [x, y, position![2] ?? 0],
      attributes: without(feature.properties, NODE_PROPERTIES), ...(diameterM !== undefined && { diameterM }), ...(bottomZ !== undefined && { bottomZ }),
    })
  })
}

const idOf = (feature: SourceFeature, values: CanonicalValues): string | null => values.text('id') || feature.id

/** Id and place, so that an issue can be found both in the file and in the project. */
const refOf = ({ id, properties, ref }: SourceFeature): string => {
  const name = properties['id'] ?? id
  return name === null ? ref : `${String(name).slice(0, 100)} (${ref})`
}
