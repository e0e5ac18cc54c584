import { packStrings, packedString, type PackedStrings } from '../core/packed-strings.ts'
import type { AssetRecord, OuterSection, Vec3 } from './asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES, type AssetKind } from './kinds.ts'

/**
 * The twin's linear assets as packed columns: built once at load, read-only afterwards, shared with workers and the GPU.
 * Attributes are not here: they stay in the project file and are fetched by id.
 * Frame: local, metres, z up; project CRS = local + origin.
 */
export interface AssetColumns {
  readonly origin: Vec3
  /** Number of assets. */
  readonly count: number
  readonly ids: PackedStrings
  /** Length count + 1: vertices of asset i are vertexStart[i] … vertexStart[i + 1] − 1. */
  readonly vertexStart: Uint32Array
  /** Axis vertices [x, y, z, …], length 3 · vertexStart[count]. Local frame, metres. */
  readonly xyz: Float64Array
  /** Index into ASSET_KINDS. */
  readonly kind: Uint8Array
  /** 0 circle, 1 rectangle. */
  readonly shape: Uint8Array
  /** Outer radius, or half of the outer width, metres. */
  readonly halfWidthM: Float64Array
  /** Outer radius, or half of the outer height, metres. */
  readonly halfHeightM: Float64Array
  /** Index into `owners`. */
  readonly owner: Uint16Array
  readonly owners: readonly string[]
  /** 0 unknown, else 1 + index into PRESSURE_CLASSES. */
  readonly pressureClass: Uint8Array
  /** 0 unknown, else 1 + index into LAYINGS. */
  readonly laying: Uint8Array
  /** Kilovolts; NaN unknown. */
  readonly voltageKv: Float64Array
  /** Index into ASSET_STATUSES. */
  readonly status: Uint8Array
  /** 95 % limits in plan and level, metres; NaN unknown. */
  readonly accuracyPlanM: Float64Array
  readonly accuracyLevelM: Float64Array
  /** ASSUMED flags. */
  readonly assumed: Uint8Array
}

/** Most different owners one twin may have: the owner column is 16 bits wide. */
const OWNER_LIMIT = 65_536

/**
 * Packs asset records.
 * @param assets Axes in the project CRS, metres.
 * @param origin Subtracted from every vertex; choose it near the data so that doubles keep micrometres.
 * @throws RangeError more than 65,536 different owners.
 */
export function buildAssetColumns(assets: readonly AssetRecord[], origin: Vec3): AssetColumns {
  const count = assets.length
  const vertexStart = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) vertexStart[i + 1] = vertexStart[i]! + assets[i]!.axis.length
  const owners: string[] = []
  const ownerIndex = new Map<string, number>()
  const columns = {
    origin, count, owners, vertexStart,
    ids: packStrings(assets.map(asset => asset.id)),
    xyz: new Float64Array(3 * vertexStart[count]!),
    kind: new Uint8Array(count), shape: new Uint8Array(count),
    halfWidthM: new Float64Array(count), halfHeightM: new Float64Array(count),
    owner: new Uint16Array(count), pressureClass: new Uint8Array(count), laying: new Uint8Array(count),
    voltageKv: new Float64Array(count), status: new Uint8Array(count),
    accuracyPlanM: new Float64Array(count), accuracyLevelM: new Float64Array(count), assumed: new Uint8Array(count),
  }
  assets.forEach((asset, i) => {
    let v = 3 * vertexStart[i]!
    for (const [x, y, z] of asset.axis) {
      columns.xyz[v++] = x - origin[0]
      columns.xyz[v++] = y - origin[1]
      columns.xyz[v++] = z - origin[2]
    }
    columns.kind[i] = ASSET_KINDS.indexOf(asset.kind)
    columns.shape[i] = asset.section.shape === 'rectangle' ? 1 : 0
    columns.halfWidthM[i] = (asset.section.shape === 'circle' ? asset.section.diameterM : asset.section.widthM) / 2
    columns.halfHeightM[i] = (asset.section.shape === 'circle' ? asset.section.diameterM : asset.section.heightM) / 2
    let owner = ownerIndex.get(asset.owner)
    if (owner === undefined) {
      owner = owners.length
      if (owner >= OWNER_LIMIT) throw new RangeError(`more than ${OWNER_LIMIT} owners`)
      owners.push(asset.owner)
      ownerIndex.set(asset.owner, owner)
    }
    columns.owner[i] = owner
    columns.pressureClass[i] = asset.pressureClass ? 1 + PRESSURE_CLASSES.indexOf(asset.pressureClass) : 0
    columns.laying[i] = asset.laying ? 1 + LAYINGS.indexOf(asset.laying) : 0
    columns.voltageKv[i] = asset.voltageKv ?? NaN
    columns.status[i] = ASSET_STATUSES.indexOf(asset.status)
    columns.accuracyPlanM[i] = asset.accuracyPlanM ?? NaN
    columns.accuracyLevelM[i] = asset.accuracyLevelM ?? NaN
    columns.assumed[i] = asset.assumed
  })
  return columns
}

export const assetId = (columns: AssetColumns, asset: number): string => packedString(columns.ids, asset)

export const assetKind = (columns: AssetColumns, asset: number): AssetKind => ASSET_KINDS[columns.kind[asset]!] ?? 'unknown'

export function assetSection(columns: AssetColumns, asset: number): OuterSection {
  const [widthM, heightM] = [2 * columns.halfWidthM[asset]!, 2 * columns.halfHeightM[asset]!]
  return columns.shape[asset] === 1 ? { shape: 'rectangle', widthM, heightM } : { shape: 'circle', diameterM: widthM }
}

/** Number of axis segments of the whole network. */
export const segmentCount = (columns: AssetColumns): number =>
  Math.max(0, columns.vertexStart[columns.count]! - columns.count)

/** Inverse of `buildAssetColumns`, but for the attributes, which columns do not hold. Axis in the project CRS. */
export function assetRecord(columns: AssetColumns, asset: number): AssetRecord {
  const axis: Vec3[] = []
  for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) {
    axis.push([
      columns.xyz[3 * v]! + columns.origin[0],
      columns.xyz[3 * v + 1]! + columns.origin[1],
      columns.xyz[3 * v + 2]! + columns.origin[2],
    ])
  }
  const pressureClass = PRESSURE_CLASSES[columns.pressureClass[asset]! - 1]
  const laying = LAYINGS[columns.laying[asset]! - 1]
  const voltageKv = columns.voltageKv[asset]!
  const accuracyPlanM = columns.accuracyPlanM[asset]!
  const accuracyLevelM = columns.accuracyLevelM[asset]!
  return {
    id: assetId(columns, asset),
    kind: assetKind(columns, asset),
    owner: columns.owners[columns.owner[asset]!] ?? '',
    section: assetSection(columns, asset),
    axis,
    status: ASSET_STATUSES[columns.status[asset]!] ?? 'in_use',
    assumed: columns.assumed[asset]!,
    attributes: {},
    ...(pressureClass && { pressureClass }),
    ...(laying && { laying }),
    ...(!Number.isNaN(voltageKv) && { voltageKv }),
    ...(!Number.isNaN(accuracyPlanM) && { accuracyPlanM }),
    ...(!Number.isNaN(accuracyLevelM) && { accuracyLevelM }),
  }
}
