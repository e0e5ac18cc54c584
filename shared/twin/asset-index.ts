import { indexStrings } from '../core/packed-strings.ts'
import type { AssetColumns } from './asset-columns.ts'

const indexes = new WeakMap<AssetColumns, (id: string) => number>()

/** Position of an asset in the columns, or null where the twin has none of that id. The index is made once per twin. */
export function assetIndexOf(columns: AssetColumns, id: string): number | null {
  let indexOf = indexes.get(columns)
  if (!indexOf) indexes.set(columns, (indexOf = indexStrings(columns.ids)))
  const index = indexOf(id)
  return index < 0 ? null : index
}
