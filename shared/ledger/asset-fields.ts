import { z } from 'zod'
import { outerSectionSchema } from '../scenario/command-schema.ts'
import { ASSUMED, type AssetRecord, type AttributeValue, type OuterSection, type Vec3 } from '../twin/asset.ts'
import { roleValue, type AttributeRole } from '../twin/attribute-roles.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '../twin/kinds.ts'

const accuracyM = z.number().min(0).max(1000).nullable()

/** What the ledger may set on many assets at once. A field that is not there stays; null says it is not known. */
export const assetFieldsSchema = z.strictObject({
  kind: z.enum(ASSET_KINDS), owner: z.string().max(200), status: z.enum(ASSET_STATUSES), laying: z.enum(LAYINGS).nullable(), pressureClass: z.enum(PRESSURE_CLASSES).nullable(),
  voltageKv: z.number().positive().max(2000).nullable(), section: outerSectionSchema, accuracyPlanM: accuracyM, accuracyLevelM: accuracyM,
  material: z.string().max(200).nullable(), year: z.int().min(1800).max(2199).nullable(),
}).partial()
export type AssetFields = z.infer<typeof assetFieldsSchema>

/** What stays where it is when the outer height changes: surveys measure a crown or a bottom, not an axis. */
export const HELD_LEVELS = ['axis', 'crown', 'bottom'] as const
export type HeldLevel = (typeof HELD_LEVELS)[number]

/** An asset with these fields set; the same object where nothing of it changes. What is set by hand is no longer assumed. */
export function withFields(asset: AssetRecord, fields: AssetFields, held: HeldLevel): AssetRecord {
  const { material, year, section, kind, owner, status } = fields
  const raisedM = section ? axisRise(asset.section, section, held) : 0
  const known = (kind === undefined ? 0 : ASSUMED.kind) | (section ? ASSUMED.size | ASSUMED.wall : 0)
  const changed: AssetRecord = {
    ...optionally(asset, fields),
    ...(kind !== undefined && { kind }), ...(owner !== undefined && { owner }), ...(status !== undefined && { status }), ...(section && { section }),
    assumed: asset.assumed & ~known,
    axis: raisedM === 0 ? asset.axis : asset.axis.map(([x, y, z]): Vec3 => [x, y, z + raisedM]),
    attributes: withRole(withRole(asset.attributes, 'material', material), 'year', year),
  }
  return isSame(asset, changed) ? asset : changed
}

/** How far the axis moves up for the held side to stay, metres. */
function axisRise(before: OuterSection, after: OuterSection, held: HeldLevel): number {
  const halfHeight = (section: OuterSection): number => (section.shape === 'circle' ? section.diameterM : section.heightM) / 2
  const growthM = halfHeight(after) - halfHeight(before)
  return held === 'axis' ? 0 : held === 'crown' ? -growthM : growthM
}

/** Properties that an asset may lack: set, or taken out where null. */
function optionally(asset: AssetRecord, fields: AssetFields): AssetRecord {
  const result: Record<string, unknown> = { ...asset }
  for (const name of ['laying', 'pressureClass', 'voltageKv', 'accuracyPlanM', 'accuracyLevelM'] as const) {
    if (fields[name] === null) delete result[name]
    else if (fields[name] !== undefined) result[name] = fields[name]
  }
  return result as unknown as AssetRecord
}

/** Written under the name the source has for it, else under the role's own. */
function withRole(attributes: AssetRecord['attributes'], role: AttributeRole, value: AttributeValue | undefined): AssetRecord['attributes'] {
  if (value === undefined) return attributes
  const found = roleValue(attributes, role)
  if ((found?.value ?? null) === (value === null ? null : String(value))) return attributes
  return { ...attributes, [found?.name ?? role]: value }
}

const isSame = (a: AssetRecord, b: AssetRecord): boolean =>
  a.kind === b.kind && a.owner === b.owner && a.status === b.status && a.laying === b.laying && a.pressureClass === b.pressureClass && a.voltageKv === b.voltageKv
  && a.accuracyPlanM === b.accuracyPlanM && a.accuracyLevelM === b.accuracyLevelM && a.assumed === b.assumed && a.axis === b.axis && a.attributes === b.attributes && isSameSection(a.section, b.section)

export const isSameSection = (a: OuterSection, b: OuterSection): boolean =>
  a.shape === 'circle' ? b.shape === 'circle' && a.diameterM === b.diameterM : b.shape === 'rectangle' && a.widthM === b.widthM && a.heightM === b.heightM
