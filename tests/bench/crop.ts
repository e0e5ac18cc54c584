import { prepareClearance, type PreparedClearance } from '#shared/clearance/prepare.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { BenchCity } from './bench-city.ts'

/** Records of the assets with a vertex within reach of one of some points, local frame; whole assets. */
export function recordsNear(columns: AssetColumns, points: readonly (readonly number[])[], reachM: number): AssetRecord[] {
  const low = [0, 1].map(axis => Math.min(...points.map(point => point[axis]!)) - reachM)
  const high = [0, 1].map(axis => Math.max(...points.map(point => point[axis]!)) + reachM)
  const { count, vertexStart, xyz } = columns
  const records: AssetRecord[] = []
  for (let a = 0; a < count; a++) {
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]!; v++) {
      if (xyz[3 * v]! < low[0]! || xyz[3 * v]! > high[0]! || xyz[3 * v + 1]! < low[1]! || xyz[3 * v + 1]! > high[1]!) continue
      records.push(assetRecord(columns, a))
      break
    }
  }
  return records
}

/** A part of the city by itself, with an asset more, or in the place of the one of its id. */
export function prepareWith({ input }: BenchCity, records: readonly AssetRecord[], added: AssetRecord): PreparedClearance {
  return prepareClearance({ ...input, assets: buildAssetColumns([...records.filter(({ id }) => id !== added.id), added], input.assets.origin) })
}

/** Local frame to the frame of records. */
export const inRecords = (points: readonly Vec3[], [x0, y0, z0]: Vec3): Vec3[] => points.map(([x, y, z]): Vec3 => [x + x0, y + y0, z + z0])
