import { ownMemory, type Allocate } from '../../core/shared-arrays.ts'
import type { AssetColumns } from '../../twin/asset-columns.ts'
import { ASSET_KINDS, ASSET_STATUSES, type AssetKind } from '../../twin/kinds.ts'

/**
 * The network as the engine reads it: per-vertex and per-asset columns with room for one more asset at the end (the
 * route being drawn). A segment is named by its first vertex. Local frame, metres.
 */
export interface ClearanceNetwork {
  /** Assets in use, the drawn route included where there is one. */
  assetCount: number
  /** Length capacity + 1. */
  readonly vertexStart: Uint32Array
  readonly xyz: Float64Array
  /** Plan length from the asset's first vertex. */
  readonly chainageM: Float64Array
  /** Asset of each vertex. */
  readonly vertexAsset: Uint32Array
  /** Kind and owner in one number: zones and runs stay within it. */
  readonly group: Uint32Array
  /** Which limits hold: see rules/asset-classes. */
  readonly signature: Uint16Array
  readonly isBox: Uint8Array
  readonly halfWidthM: Float64Array
  readonly halfHeightM: Float64Array
  /** 95 % limits; NaN unknown. */
  readonly accuracyPlanM: Float64Array
  readonly accuracyLevelM: Float64Array
  /** 0: removed, takes no part. */
  readonly isActive: Uint8Array
}

/** A step in plan this short is none: the part is vertical (or has no length at all). */
export const VERTICAL_M = 1e-6

const OWNERS = 131_072
export const groupOf = (kind: number, owner: number): number => kind * OWNERS + owner
export const kindOfGroup = (group: number): AssetKind => ASSET_KINDS[Math.floor(group / OWNERS)] ?? 'unknown'

/** @param signature Per asset, from `assetSignatures`. */
export function buildNetwork(columns: AssetColumns, signature: Uint16Array, allocate: Allocate = ownMemory): ClearanceNetwork {
  const { count, vertexStart, xyz } = columns
  const vertices = vertexStart[count]!
  const chainageM = new Float64Array(allocate(8 * vertices))
  const vertexAsset = new Uint32Array(allocate(4 * vertices))
  const group = new Uint32Array(allocate(4 * count))
  const isActive = new Uint8Array(allocate(count))
  const removed = ASSET_STATUSES.indexOf('removed')
  for (let a = 0; a < count; a++) {
    writeChainage(xyz, chainageM, vertexStart[a]!, vertexStart[a + 1]!)
    vertexAsset.fill(a, vertexStart[a]!, vertexStart[a + 1]!)
    group[a] = groupOf(columns.kind[a]!, columns.owner[a]!)
    isActive[a] = columns.status[a] !== removed && vertexStart[a + 1]! - vertexStart[a]! >= 2 ? 1 : 0
  }
  return {
    assetCount: count, vertexStart, xyz, chainageM, vertexAsset, group, signature, isBox: columns.shape,
    halfWidthM: columns.halfWidthM, halfHeightM: columns.halfHeightM,
    accuracyPlanM: columns.accuracyPlanM, accuracyLevelM: columns.accuracyLevelM, isActive,
  }
}

/** Plan lengths along the vertices from … to − 1. */
export function writeChainage(xyz: Float64Array, chainageM: Float64Array, from: number, to: number): void {
  chainageM[from] = 0
  for (let v = from + 1; v < to; v++) {
    const x = xyz[3 * v]! - xyz[3 * v - 3]!
    const y = xyz[3 * v + 1]! - xyz[3 * v - 2]!
    const step = Math.sqrt(x * x + y * y)
    // A riser leans by rounding at most: it adds no chainage.
    chainageM[v] = chainageM[v - 1]! + (step > VERTICAL_M ? step : 0)
  }
}

/** Vertices that a drawn route may have before the arrays are made anew. */
export const ROUTE_ROOM = 1024

/** Whether one more asset of up to `vertices` vertices finds room behind the others. */
export const hasRoom = ({ assetCount, vertexStart, chainageM, isActive }: ClearanceNetwork, vertices: number): boolean =>
  isActive.length > assetCount && vertexStart.length > assetCount + 1 && chainageM.length >= vertexStart[assetCount]! + vertices

/** The same network in arrays of its own with room for one more asset of up to `vertices` vertices. */
export function withRoom(network: ClearanceNetwork, vertices: number): ClearanceNetwork {
  const used = network.vertexStart[network.assetCount]!
  const assets = network.assetCount + 1
  const copy = <T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(source: T, length: number): T => {
    const target = new (source.constructor as new (length: number) => T)(length)
    target.set(source.length > length ? source.subarray(0, length) : source)
    return target
  }
  return {
    assetCount: network.assetCount,
    vertexStart: copy(network.vertexStart, assets + 1),
    xyz: copy(network.xyz, 3 * (used + vertices)),
    chainageM: copy(network.chainageM, used + vertices),
    vertexAsset: copy(network.vertexAsset, used + vertices),
    group: copy(network.group, assets), signature: copy(network.signature, assets), isBox: copy(network.isBox, assets),
    halfWidthM: copy(network.halfWidthM, assets), halfHeightM: copy(network.halfHeightM, assets),
    accuracyPlanM: copy(network.accuracyPlanM, assets), accuracyLevelM: copy(network.accuracyLevelM, assets),
    isActive: copy(network.isActive, assets),
  }
}

/** Plan length of an asset. */
export const lengthOf = (network: ClearanceNetwork, asset: number): number =>
  network.chainageM[network.vertexStart[asset + 1]! - 1]!

/** First vertex of the last segment of an asset that begins at or before a chainage. */
export function segmentAt(network: ClearanceNetwork, asset: number, chainage: number): number {
  let low = network.vertexStart[asset]!
  let high = network.vertexStart[asset + 1]! - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (network.chainageM[middle]! <= chainage) low = middle
    else high = middle - 1
  }
  return low
}

/** Level of the axis at a chainage; of a riser there, the level at its far end. */
export function levelAt(network: ClearanceNetwork, asset: number, chainage: number): number {
  const v = segmentAt(network, asset, chainage)
  const length = network.chainageM[v + 1]! - network.chainageM[v]!
  const x = length > 0 ? Math.min(1, Math.max(0, (chainage - network.chainageM[v]!) / length)) : 1
  return network.xyz[3 * v + 2]! + x * (network.xyz[3 * v + 5]! - network.xyz[3 * v + 2]!)
}

/** Plan coordinates of the axis at a chainage. */
export function planPointAt(network: ClearanceNetwork, asset: number, chainage: number): readonly [number, number] {
  takePlanPoint(network, asset, chainage, planPoint)
  return [planPoint[0]!, planPoint[1]!]
}

const planPoint = new Float64Array(2)

/** The same. @param at Receives [x, y]. */
export function takePlanPoint(network: ClearanceNetwork, asset: number, chainage: number, at: Float64Array): void {
  const { xyz, chainageM } = network
  const v = segmentAt(network, asset, chainage)
  const length = chainageM[v + 1]! - chainageM[v]!
  const share = length > 0 ? Math.min(1, Math.max(0, (chainage - chainageM[v]!) / length)) : 0
  at[0] = xyz[3 * v]! + share * (xyz[3 * v + 3]! - xyz[3 * v]!)
  at[1] = xyz[3 * v + 1]! + share * (xyz[3 * v + 4]! - xyz[3 * v + 1]!)
}
