import { indexStrings, indicesOf } from '#shared/core/packed-strings.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { rearrangeAssetColumns } from '#shared/twin/rearrange-asset-columns.ts'
import { replaceInAssetColumns } from '#shared/twin/replace-in-asset-columns.ts'
import type { Database } from './database.ts'
import type { EditedRows } from './twin-editor.ts'

interface EditedColumns {
  readonly columns: AssetColumns
  /** What the touched assets are now, by place; null where places mean something else than before. */
  readonly replaced: ReadonlyMap<number, AssetRecord> | null
}

/** The columns after an edit: what it did not touch is kept or copied, never read again. Their order is that of the rows. */
export function editedColumns(db: Database, columns: AssetColumns, { assets, isReordered }: EditedRows): EditedColumns {
  if (assets.size === 0) return { columns, replaced: new Map() }
  if (!isReordered) {
    const touched = [...assets]
    const places = indicesOf(columns.ids, touched.map(([id]) => id))
    const replaced = new Map<number, AssetRecord>()
    touched.forEach(([, record], k) => {
      if (record && places[k]! >= 0) replaced.set(places[k]!, record)
    })
    return { columns: replaceInAssetColumns(columns, replaced), replaced }
  }
  const records: AssetRecord[] = []
  const indexOf = indexStrings(columns.ids)
  const from: number[] = []
  for (const { asset_id } of db.iterate('SELECT asset_id FROM assets ORDER BY fid')) {
    const id = String(asset_id)
    const record = assets.get(id)
    const at = record === undefined ? indexOf(id) : -1
    if (record) from.push(-records.push(record))
    // A row that was not in the columns could not be used before and cannot be now.
    else if (at >= 0) from.push(at)
  }
  return { columns: rearrangeAssetColumns(columns, Int32Array.from(from), records), replaced: null }
}
