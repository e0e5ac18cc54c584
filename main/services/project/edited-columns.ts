import { indicesOf, unpackStrings } from '#shared/core/packed-strings.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { rearrangeAssetColumns } from '#shared/twin/rearrange-asset-columns.ts'
import type { Database } from './database.ts'
import type { EditedRows } from './twin-editor.ts'

/** Up to so many ids are looked for in the packed ids; more are worth a map of all. */
const FEW = 32

/** The columns after an edit: what it did not touch is copied, never read again. Their order is that of the rows. */
export function editedColumns(db: Database, columns: AssetColumns, { assets, isReordered }: EditedRows): AssetColumns {
  if (assets.size === 0) return columns
  const records: AssetRecord[] = []
  const take = (record: AssetRecord): number => -records.push(record)
  if (!isReordered) {
    const from = Int32Array.from({ length: columns.count }, (_, i) => i)
    const index = indexOf(columns, [...assets.keys()])
    for (const [id, record] of assets) {
      const at = index(id)
      if (record && at !== undefined) from[at] = take(record)
    }
    return rearrangeAssetColumns(columns, from, records)
  }
  const index = new Map(unpackStrings(columns.ids).map((id, i) => [id, i]))
  const from: number[] = []
  for (const { asset_id } of db.iterate('SELECT asset_id FROM assets ORDER BY fid')) {
    const id = String(asset_id)
    const record = assets.get(id)
    const at = index.get(id)
    if (record) from.push(take(record))
    // A row that was not in the columns could not be used before and cannot be now.
    else if (record === undefined && at !== undefined) from.push(at)
  }
  return rearrangeAssetColumns(columns, Int32Array.from(from), records)
}

function indexOf({ ids }: AssetColumns, wanted: readonly string[]): (id: string) => number | undefined {
  if (wanted.length > FEW) {
    const index = new Map(unpackStrings(ids).map((id, i) => [id, i]))
    return id => index.get(id)
  }
  const found = new Map(indicesOf(ids, wanted).map((at, k) => [wanted[k]!, at]))
  return id => {
    const at = found.get(id)
    return at === undefined || at < 0 ? undefined : at
  }
}
