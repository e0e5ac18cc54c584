import type { AssetRecord, Attributes, NodeRecord, OuterSection, Vec3 } from '../asset.ts'
import type { AssetKind, Laying, NodeType, PressureClass } from '../kinds.ts'
import type { StreetEdge } from './street-graph.ts'

/**
 * Where the city's plan frame lies: CGCS2000 / 3-degree Gauss-Krüger CM 108E (EPSG:4545), whose zone (106.5°–109.5° E)
 * holds the middle of Chongqing (29.56° N, 106.58° E). x is the easting, y the northing.
 */
export const SAMPLE_CRS = 'EPSG:4545'
const EASTING_M = 362_400
const NORTHING_M = 3_271_800

/**
 * Plan frame to project CRS, rounded to the micrometre: clearances are judged to one, and a straight main bent by half a
 * millimetre, or a tee half a millimetre off, would fall short of its limit by as much.
 */
export const surveyed = (x: number, y: number, z: number): Vec3 => [micrometres(x + EASTING_M), micrometres(y + NORTHING_M), micrometres(z)]
export const surveyedPlan = (x: number, y: number): readonly [number, number] => [millimetres(x + EASTING_M), millimetres(y + NORTHING_M)]
export const planOf = (point: readonly [number, number, ...unknown[]]): [number, number] => [point[0] - EASTING_M, point[1] - NORTHING_M]
const micrometres = (value: number): number => Math.round(value * 1e6) / 1e6
const millimetres = (value: number): number => Math.round(value * 1000) / 1000

interface Utility {
  /** Prefix of survey point and line numbers, by the usual pinyin initials (JS 给水, WS 污水 …). */
  readonly code: string
  readonly owner: string
  readonly ownerEn: string
}

export const UTILITIES: Readonly<Record<AssetKind, Utility>> = {
  water: { code: 'JS', owner: '示例水务公司', ownerEn: 'Sample Water Company' },
  reclaimed: { code: 'ZS', owner: '示例水务公司', ownerEn: 'Sample Water Company' },
  sewer_foul: { code: 'WS', owner: '示例排水公司', ownerEn: 'Sample Drainage Company' },
  sewer_storm: { code: 'YS', owner: '示例排水公司', ownerEn: 'Sample Drainage Company' },
  sewer_combined: { code: 'HS', owner: '示例街道办事处', ownerEn: 'Sample Subdistrict Office' },
  gas: { code: 'RQ', owner: '示例燃气公司', ownerEn: 'Sample Gas Company' },
  heat: { code: 'RL', owner: '示例区域供能公司', ownerEn: 'Sample District Energy Company' },
  power: { code: 'DL', owner: '示例供电公司', ownerEn: 'Sample Power Company' },
  telecom: { code: 'TX', owner: '示例通信管道公司', ownerEn: 'Sample Telecom Duct Company' },
  industrial: { code: 'GY', owner: '示例工业公司', ownerEn: 'Sample Industrial Company' },
  tunnel: { code: 'GD', owner: '示例轨道交通公司', ownerEn: 'Sample Metro Company' },
  trench: { code: 'GL', owner: '示例综合管廊公司', ownerEn: 'Sample Utility Tunnel Company' },
  unknown: { code: 'BM', owner: '', ownerEn: '' },
}

/** How a position was found: as-built survey, detection by the code's depth formula, or nobody knows. */
export type Quality = 'as_built' | 'detected' | 'unknown'

export interface NewAsset {
  readonly kind: AssetKind
  readonly section: OuterSection
  /** Project CRS. */
  readonly axis: readonly Vec3[]
  readonly laying: Laying
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
  readonly material: string
  readonly part: 'main' | 'service' | 'structure'
  readonly edge: StreetEdge | null
  readonly quality?: Quality
  /** Depth to the axis, for the detection formula. */
  readonly depthM: number
  readonly status?: AssetRecord['status']
  readonly note?: string
}

/** Collects assets and nodes, numbering them by kind as a survey would. */
export class Ledger {
  readonly assets: AssetRecord[] = []
  readonly nodes: NodeRecord[] = []
  segmentCount = 0
  readonly #lineNumbers = new Map<AssetKind, number>()
  readonly #pointNumbers = new Map<AssetKind, number>()
  /** Assets of one sort in one street share their attributes: a million of them would not fit otherwise. */
  readonly #attributes = new Map<string, Attributes>()

  addAsset(asset: NewAsset): AssetRecord {
    const { kind, section, axis, laying, pressureClass, voltageKv } = asset
    const utility = UTILITIES[kind]
    const quality = asset.quality ?? 'as_built'
    const number = (this.#lineNumbers.get(kind) ?? 0) + 1
    this.#lineNumbers.set(kind, number)
    const record: AssetRecord = {
      id: `${utility.code}-${String(number).padStart(4, '0')}`,
      kind, owner: utility.owner, section, axis, laying, status: asset.status ?? 'in_use', assumed: 0,
      attributes: this.#attributesOf(asset, quality),
      ...(pressureClass && { pressureClass }),
      ...(voltageKv !== undefined && { voltageKv }),
      ...accuracyOf(quality, asset.depthM),
    }
    this.assets.push(record)
    this.segmentCount += axis.length - 1
    return record
  }

  addNode(kind: AssetKind, nodeType: NodeType, at: Vec3, fields: Partial<Pick<NodeRecord, 'bottomZ' | 'diameterM'>> = {}): void {
    const utility = UTILITIES[kind]
    const number = (this.#pointNumbers.get(kind) ?? 0) + 1
    this.#pointNumbers.set(kind, number)
    this.nodes.push({ id: `${utility.code}D-${String(number).padStart(4, '0')}`, nodeType, kind, owner: utility.owner, at, attributes: NODE_ATTRIBUTES, ...fields })
  }

  #attributesOf(asset: NewAsset, quality: Quality): Attributes {
    const street = asset.edge?.street
    const key = `${asset.kind}|${asset.part}|${street?.index ?? ''}|${asset.material}|${quality}|${asset.note ?? ''}`
    let attributes = this.#attributes.get(key)
    if (!attributes) {
      attributes = {
        code: UTILITIES[asset.kind].code, ownerEn: UTILITIES[asset.kind].ownerEn, part: asset.part, material: asset.material,
        yearLaid: yearLaid(key, asset), quality, street: street?.nameZh ?? '', streetEn: street?.nameEn ?? '', synthetic: true,
        ...(asset.note !== undefined && { note: asset.note }),
      }
      this.#attributes.set(key, attributes)
    }
    return attributes
  }
}

const NODE_ATTRIBUTES: Attributes = { synthetic: true }

/** As-built survey: a few centimetres. Detected: the limits of CJJ 61, 0.10 h in plan and 0.15 h in level. Unknown: none. */
function accuracyOf(quality: Quality, depthM: number): Pick<AssetRecord, 'accuracyPlanM' | 'accuracyLevelM'> {
  if (quality === 'unknown') return {}
  if (quality === 'as_built') return { accuracyPlanM: 0.05, accuracyLevelM: 0.03 }
  const limit = (share: number) => Math.round(share * Math.max(depthM, 0.7) * 100) / 100
  return { accuracyPlanM: limit(0.1), accuracyLevelM: limit(0.15) }
}

/** A year that depends only on the sort and street, so that a street's mains were laid together more or less. */
function yearLaid(key: string, asset: NewAsset): number {
  let hash = 2166136261
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619)
  const spreadYears = (hash >>> 0) % 9
  return (asset.quality === 'unknown' ? 1962 : asset.quality === 'detected' ? 1986 : 2012) + spreadYears
}
