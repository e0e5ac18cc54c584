import { buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface, GroundSurface } from '#shared/twin/ground.ts'
import type { AssetKind } from '#shared/twin/kinds.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { originFor, type TwinRecords } from '#shared/twin/twin.ts'

/** Ids for tests, so that a test says which thing it means and never how it is spelt. */
export const IDS = {
  W1: 'W-0001', W2: 'W-0002', W3: 'W-0003',
  G1: 'G-0001', G2: 'G-0002',
  F1: 'F-0001', F2: 'F-0002', F3: 'F-0003',
  S1: 'S-0001', S2: 'S-0002',
  P1: 'P-0001', P2: 'P-0002',
  T1: 'T-0001', H1: 'H-0001',
  M1: 'M-0001', M2: 'M-0002', M3: 'M-0003',
  V1: 'V-0001',
  B1: 'BLOCK-1', BUILDING1: 'BUILDING-1',
} as const

/** What a pipe is unless the test says otherwise: sizes and properties that are usual for the kind. */
const USUAL: Readonly<Partial<Record<AssetKind, Partial<AssetRecord>>>> = {
  gas: { pressureClass: 'medium_b', laying: 'direct', section: { shape: 'circle', diameterM: 0.2 } },
  power: { voltageKv: 10, laying: 'duct', section: { shape: 'rectangle', widthM: 0.6, heightM: 0.3 } },
  telecom: { laying: 'duct', section: { shape: 'rectangle', widthM: 0.4, heightM: 0.3 } },
  trench: { laying: 'trench', section: { shape: 'rectangle', widthM: 2, heightM: 2 } },
  tunnel: { laying: 'tunnel', section: { shape: 'circle', diameterM: 6 } },
}

/** A complete asset from the few fields a test is about. Axis in the project CRS, metres. */
export function anAsset(fields: Partial<AssetRecord> & Pick<AssetRecord, 'id'>): AssetRecord {
  const kind = fields.kind ?? 'water'
  return {
    kind, owner: `${kind} company`, status: 'in_use', laying: 'direct', assumed: 0, attributes: {},
    section: { shape: 'circle', diameterM: 0.3 }, axis: [[0, 0, -2], [10, 0, -2]],
    accuracyPlanM: 0.05, accuracyLevelM: 0.05,
    ...USUAL[kind], ...fields,
  }
}

/** Level ground as a grid over the rectangle between the two corners. */
export function flatGround(levelM: number, from: readonly [number, number] = [-100, -100], to: readonly [number, number] = [100, 100], cellSizeM = 10): GridSurface {
  const cols = Math.max(1, Math.ceil((to[0] - from[0]) / cellSizeM))
  const rows = Math.max(1, Math.ceil((to[1] - from[1]) / cellSizeM))
  return {
    type: 'grid', name: 'ground', cols, rows, cellSizeM,
    x0: from[0] + cellSizeM / 2, y0: from[1] + cellSizeM / 2, z: new Float64Array(cols * rows).fill(levelM),
  }
}

/**
 * Twins for tests, deterministic and complete by default:
 * `TwinBuilder.with().aPipe(IDS.W1, [[0, 0, -2], [20, 0, -2]]).aPipe(IDS.G1, […], { kind: 'gas' }).build()`.
 */
export class TwinBuilder {
  #crs: string | null = null
  #ground: GroundSurface | null = null
  readonly #assets: AssetRecord[] = []
  readonly #nodes: NodeRecord[] = []
  readonly #features: SurfaceFeature[] = []
  readonly #blocks: Block[] = []

  static with(): TwinBuilder {
    return new TwinBuilder()
  }

  inCrs(crs: string): this {
    this.#crs = crs
    return this
  }

  /** A linear asset of any kind; water DN300, direct-buried, where nothing else is said. */
  aPipe(id: string, axis: readonly Vec3[], fields: Partial<Omit<AssetRecord, 'id' | 'axis'>> = {}): this {
    this.#assets.push(anAsset({ id, axis, ...fields }))
    return this
  }

  aManhole(id: string, at: Vec3, fields: Partial<Omit<NodeRecord, 'id' | 'at'>> = {}): this {
    this.#nodes.push({ id, at, nodeType: 'manhole', kind: 'sewer_foul', owner: 'sewer_foul company', diameterM: 1, bottomZ: at[2] - 3, attributes: {}, ...fields })
    return this
  }

  aValve(id: string, at: Vec3, fields: Partial<Omit<NodeRecord, 'id' | 'at'>> = {}): this {
    this.#nodes.push({ id, at, nodeType: 'valve', kind: 'water', owner: 'water company', attributes: {}, ...fields })
    return this
  }

  onFlatGround(levelM = 0): this {
    this.#ground = flatGround(levelM)
    return this
  }

  onGround(ground: GroundSurface): this {
    this.#ground = ground
    return this
  }

  /** A surface polygon (roadway unless said otherwise) around the given ring. */
  aSurface(id: string, points: SurfaceFeature['points'], fields: Partial<Omit<SurfaceFeature, 'id' | 'points'>> = {}): this {
    this.#features.push({ id, points, type: 'roadway', geometry: 'polygon', name: '', attributes: {}, ...fields })
    return this
  }

  aBuilding(id: string, points: SurfaceFeature['points'], heightM = 18): this {
    return this.aSurface(id, points, { type: 'building', heightM })
  }

  aBlock(id: string, ring: Block['ring'], responsible = 'block office'): this {
    this.#blocks.push({ id, ring, responsible, name: id })
    return this
  }

  build(): TwinRecords {
    return {
      crs: this.#crs, ground: this.#ground, synthetic: false,
      assets: [...this.#assets], nodes: [...this.#nodes], surfaceFeatures: [...this.#features], blocks: [...this.#blocks],
    }
  }

  /** Only the packed columns. The origin is chosen as the project file chooses it, unless given. */
  buildColumns(origin?: Vec3): AssetColumns {
    const points = this.#assets.flatMap(asset => asset.axis)
    const low = (part: 0 | 1) => points.reduce((least, point) => Math.min(least, point[part]), Infinity)
    return buildAssetColumns(this.#assets, origin ?? originFor(low(0), low(1)))
  }
}
