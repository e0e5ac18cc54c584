import type { PlanBox } from '../geometry/plan-box.ts'
import { assetRecord, buildAssetColumns, type AssetColumns } from './asset-columns.ts'
import { ASSET_STATUSES } from './kinds.ts'

/**
 * The assets whose axes' plan boxes meet a box (local frame), in their order, with the same origin; all of them as they are where none is left out.
 * @param withRemoved False: what is out of the ground stays away.
 */
export function assetsInBox(columns: AssetColumns, box: PlanBox, withRemoved = true): AssetColumns {
  const { status } = columns
  const removed = ASSET_STATUSES.indexOf('removed')
  const kept: number[] = []
  for (let asset = 0; asset < columns.count; asset++) {
    if (!withRemoved && status[asset] === removed) continue
    if (reachesInto(columns, asset, box)) kept.push(asset)
  }
  return kept.length === columns.count ? columns : buildAssetColumns(kept.map(asset => assetRecord(columns, asset)), columns.origin)
}

/** Whether the plan box of an asset's axis meets a box. */
export function reachesInto({ vertexStart, xyz }: AssetColumns, asset: number, { minX, minY, maxX, maxY }: PlanBox): boolean {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]!; v++) {
    const [x, y] = [xyz[3 * v]!, xyz[3 * v + 1]!]
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  return west <= maxX && east >= minX && south <= maxY && north >= minY
}
