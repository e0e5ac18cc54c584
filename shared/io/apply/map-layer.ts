import { ASSUMED, type AssetRecord, type NodeRecord } from '../../twin/asset.ts'
import { FLOW_DIRECTION } from '../../twin/flow-direction.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import { leadingNumber, unitOfName } from '../length-units.ts'
import type { IssueLog } from '../issue-log.ts'
import { assetsOfLine } from '../line-assets.ts'
import { joinParts } from '../line-parts.ts'
import type { LayerMapping } from '../mapping.ts'
import { lookUpCrs, type PlanPoint } from '../crs.ts'
import type { SourceFeature, SourceLayer } from '../source.ts'
import type { UniqueIds } from '../unique-ids.ts'
import { meaningOf, metresOf, textOf } from './field-values.ts'
import type { GroundPoint } from './known-ground.ts'
import { endGrounds, mapLevels, type GroundSources } from './map-levels.ts'
import { mapSection } from './map-section.ts'

export interface MappingContext {
  readonly log: IssueLog
  readonly assetIds: UniqueIds
  readonly nodeIds: UniqueIds
  /** Position of the layer → project CRS in plan. */
  readonly place: (position: readonly number[]) => PlanPoint
  readonly ground: GroundSources
  /** Called per feature: progress and cancel. */
  readonly tick: () => void
}

const MAX_TEXT = 200

/** What is worth saying once about a layer and its mapping: fields that are not there, units that contradict themselves. */
export function checkMapping(layer: SourceLayer, mapping: LayerMapping, log: IssueLog): void {
  const { size, level } = mapping
  const known = new Set(layer.fields.map(field => field.name))
  const used = [
    mapping.id.field, mapping.kind.field, mapping.owner.field, size.field, size.heightField, size.widthField, size.shapeField, size.wallField,
    level.startField, level.endField, level.groundStartField, level.groundEndField, mapping.status.field, mapping.voltage.field,
    mapping.pressureClass.field, mapping.laying.field,
  ]
  // A format's own mapping names all its fields; files leave out those they have nothing to say in.
  for (const field of layer.declared ? [] : new Set(used)) if (field !== null && !known.has(field)) log.add('property_invalid', 'warning', layer.name, { property: field })
  if (mapping.target !== 'assets') return
  const named = size.field === null ? null : unitOfName(size.field)
  if (named && named !== size.unit) log.add('unit_suspect', 'warning', layer.name, { field: size.field!, unit: size.unit, named })
  const drawnIn = layer.crs === null ? null : (lookUpCrs(layer.crs)?.metresPerUnit ?? null)
  if (drawnIn !== null && drawnIn !== 1 && size.field !== null && !named && size.unit !== 'ft' && size.unit !== 'in') {
    log.add('unit_suspect', 'warning', layer.name, { field: size.field, unit: size.unit, coordinates: 'ft' })
  }
  if (mapping.kind.field === null) log.add(mapping.kind.fallback === 'unknown' ? 'kind_unknown' : 'kind_assumed', mapping.kind.fallback === 'unknown' ? 'warning' : 'info', layer.name, { kind: mapping.kind.fallback })
  if (mapping.owner.field === null && mapping.owner.fallback === '') log.add('owner_missing', 'info', layer.name)
}

/** Ground levels a layer states, so that assets which say nothing can use their neighbours'. */
export function groundPointsOf(layer: SourceLayer, mapping: LayerMapping, place: MappingContext['place']): GroundPoint[] {
  if (mapping.target === 'skip' || mapping.level.groundStartField === null) return []
  const points: GroundPoint[] = []
  const add = (position: readonly number[] | undefined, z: number | null) => {
    if (!position || z === null) return
    const [x, y] = place(position)
    points.push({ x, y, z })
  }
  for (const { parts, properties } of layer.features) {
    const { start, end } = endGrounds(properties, mapping.level)
    add(parts[0]?.[0], start)
    if (mapping.target === 'assets') add(parts.at(-1)?.at(-1), end)
  }
  return points
}

/** Lines of a layer as assets. */
export function mapLines(layer: SourceLayer, mapping: LayerMapping, context: MappingContext): AssetRecord[] {
  const { log } = context
  const assets: AssetRecord[] = []
  for (const feature of layer.features) {
    context.tick()
    const ref = refOf(feature, mapping)
    if (feature.geometry !== 'line') {
      log.add('feature_unsupported', 'warning', ref, { type: feature.geometry })
      continue
    }
    const { properties } = feature
    const kind = kindOf(feature, mapping, ref, log)
    const { gravityReference } = mapping.level
    const own = gravityReference !== null && GRAVITY_KINDS.has(kind.kind) ? { ...mapping, level: { ...mapping.level, reference: gravityReference } } : mapping
    const section = mapSection(properties, own, kind.kind, ref, log)
    if (!section) continue
    const chains = joinParts(feature.parts.map(part => part.map(position => placed(position, context))))
    const levels = mapLevels(chains, properties, section, own.level, context.ground, ref, log)
    if (!levels) continue
    // Levels that had to be assumed here were told already.
    const isEstimated = feature.levelMethod !== undefined && own.level.source !== 'cover' && (levels.assumed & ASSUMED.level) === 0
    if (isEstimated) log.add('level_assumed', 'warning', ref, { method: feature.levelMethod! })
    const pressureClass = listed(feature, mapping.pressureClass, ref, log)
    const laying = listed(feature, mapping.laying, ref, log)
    const voltageKv = voltageOf(feature, mapping)
    const flow = mapping.flowDirection && listed(feature, mapping.flowDirection, ref, log)
    const record: Omit<AssetRecord, 'id' | 'axis'> = {
      kind: kind.kind, section: section.section,
      owner: ownerOf(feature, mapping),
      status: statusOf(feature, mapping, ref, log),
      assumed: section.assumed | levels.assumed | kind.assumed | (isEstimated ? ASSUMED.level : 0),
      attributes: flow ? { ...properties, [FLOW_DIRECTION]: flow } : properties,
      ...(pressureClass && { pressureClass }),
      ...(laying && { laying }),
      ...(voltageKv !== undefined && { voltageKv }),
      ...(feature.accuracyPlanM !== undefined && { accuracyPlanM: feature.accuracyPlanM }),
      ...(feature.accuracyLevelM !== undefined && { accuracyLevelM: feature.accuracyLevelM }),
    }
    for (const asset of assetsOfLine(levels.axes, feature.parts.length, record, { id: idOf(feature, mapping), place: feature.ref, ref }, context.assetIds, log)) assets.push(asset)
  }
  return assets
}

/** Points of a layer as nodes: `at` at the ground, `bottomZ` from the level fields where they say it. */
export function mapPoints(layer: SourceLayer, mapping: LayerMapping, context: MappingContext): NodeRecord[] {
  const { log, ground } = context
  const nodes: NodeRecord[] = []
  for (const feature of layer.features) {
    context.tick()
    const ref = refOf(feature, mapping)
    if (feature.geometry !== 'point') {
      log.add('feature_unsupported', 'warning', ref, { type: feature.geometry })
      continue
    }
    const { properties } = feature
    const kind = kindOf(feature, mapping, ref, log)
    const diameterM = metresOf(properties, mapping.size.field, mapping.size.unit)
    const stated = endGrounds(properties, mapping.level).start
    const depthOrLevel = metresOf(properties, mapping.level.startField, mapping.level.unit)
    const isUnknownZero = depthOrLevel === 0 && mapping.level.zeroIsUnknown
    if (isUnknownZero) log.add('level_zero_unknown', 'warning', ref, { field: mapping.level.startField! })
    const name = idOf(feature, mapping)
    const id = context.nodeIds.claim(name, feature.ref, ref)
    feature.parts.forEach(([position], i) => {
      const [x, y, z] = placed(position!, context)
      const groundZ = stated ?? (z !== undefined && (z !== 0 || !mapping.level.zeroIsUnknown) ? z : null) ?? ground.surface?.(x!, y!) ?? ground.nearby(x!, y!)
      if (groundZ === null) log.add('level_missing', 'info', ref)
      const bottomZ = depthOrLevel === null || isUnknownZero ? undefined : !mapping.level.reference.startsWith('depth_') ? depthOrLevel : groundZ === null ? undefined : groundZ - depthOrLevel
      nodes.push({
        id: i === 0 ? id : context.nodeIds.claimPart(id, i + 1), kind: kind.kind, owner: ownerOf(feature, mapping),
        nodeType: meaningOf(mapping.nodeType.values, textOf(properties, mapping.nodeType.field)) ?? mapping.nodeType.fallback,
        // With the ground unknown the floor is the best there is: nearer the truth than the datum.
        at: [x!, y!, groundZ ?? bottomZ ?? 0], attributes: properties,
        ...(bottomZ !== undefined && { bottomZ }),
        ...(diameterM !== null && diameterM > 0 && diameterM <= 100 && { diameterM }),
      })
    })
  }
  return nodes
}

function placed(position: readonly number[], context: MappingContext): readonly number[] {
  const [x, y] = context.place(position)
  return position.length > 2 ? [x, y, position[2]!] : [x, y]
}

const idOf = (feature: SourceFeature, mapping: LayerMapping): string | null => textOf(feature.properties, mapping.id.field) || feature.id

/** Id and place, so that an issue can be found both in the file and in the project. */
function refOf(feature: SourceFeature, mapping: LayerMapping): string {
  const id = idOf(feature, mapping)
  return id ? `${id.slice(0, 100)} (${feature.ref})` : feature.ref
}

const ownerOf = (feature: SourceFeature, mapping: LayerMapping): string => (textOf(feature.properties, mapping.owner.field) || mapping.owner.fallback).slice(0, MAX_TEXT)

function kindOf(feature: SourceFeature, { kind }: LayerMapping, ref: string, log: IssueLog) {
  if (kind.field === null) return { kind: kind.fallback, assumed: kind.fallback === 'unknown' ? ASSUMED.kind : 0 }
  const text = textOf(feature.properties, kind.field)
  const known = meaningOf(kind.values, text)
  if (known) return { kind: known, assumed: 0 }
  log.add(kind.fallback === 'unknown' ? 'kind_unknown' : 'kind_assumed', 'warning', ref, { value: text.slice(0, 50), kind: kind.fallback })
  return { kind: kind.fallback, assumed: ASSUMED.kind }
}

function statusOf(feature: SourceFeature, { status }: LayerMapping, ref: string, log: IssueLog) {
  const text = textOf(feature.properties, status.field)
  const known = meaningOf(status.values, text)
  if (known === undefined && text !== '') log.add('status_unknown', 'warning', ref, { status: text.slice(0, 50) })
  return known ?? status.fallback
}

/** A value from the mapping's list; one that is not listed is told, since no limit can then depend on it. */
function listed<T>(feature: SourceFeature, { field, values }: { readonly field: string | null; readonly values: Readonly<Record<string, T>> }, ref: string, log: IssueLog): T | undefined {
  const text = textOf(feature.properties, field)
  const known = meaningOf(values, text)
  if (known === undefined && text !== '') log.add('property_invalid', 'info', ref, { property: field!, value: text.slice(0, 50) })
  return known
}

/** Kilovolts from a number or a text such as `10kV` or `380V`, which say their unit themselves. */
function voltageOf(feature: SourceFeature, { voltage }: LayerMapping): number | undefined {
  const text = textOf(feature.properties, voltage.field)
  const value = leadingNumber(text)
  const isKv = /kv|千伏/i.test(text) || (!/v|伏/i.test(text) && voltage.unit === 'kV')
  const kv = isKv ? value : value / 1000
  return kv > 0 && kv <= 2000 ? kv : undefined
}
