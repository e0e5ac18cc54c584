import type { CallOutput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { assetId, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { roleValue, type AttributeRole } from '#shared/twin/attribute-roles.ts'
import type { Database } from './database.ts'
import { attributesOf } from './twin-rows.ts'

type AttributeColumn = CallOutput<'twin.attributeColumn'>

/** Rows between two looks at the clock of others: progress is said, cancel obeyed, other calls answered. */
const ROWS_A_TURN = 20_000
/** Assets laid together share their attributes word for word: read once. */
const MOST_REMEMBERED = 5000

/** One attribute of every asset as a dictionary column, in the order of the columns. */
export async function attributeColumn(db: Database, columns: AssetColumns, role: AttributeRole, job: JobControl): Promise<AttributeColumn> {
  const codes = new Uint32Array(columns.count)
  const codeOf = new Map<string, number>()
  const names = new Map<string, number>()
  const remembered = new Map<string, ReturnType<typeof roleValue>>()
  let asset = 0
  let after = -1
  for (;;) {
    const rows = db.all('SELECT fid, asset_id, attributes FROM assets WHERE fid > ? ORDER BY fid LIMIT ?', after, ROWS_A_TURN)
    for (const row of rows) {
      // Rows that could not be read are in no column.
      if (asset >= columns.count || row['asset_id'] !== assetId(columns, asset)) continue
      const text = String(row['attributes'])
      let found = remembered.get(text)
      if (found === undefined) {
        found = roleValue(attributesOf(row['attributes']), role)
        if (remembered.size < MOST_REMEMBERED) remembered.set(text, found)
      }
      if (found) {
        names.set(found.name, (names.get(found.name) ?? 0) + 1)
        let code = codeOf.get(found.value)
        if (code === undefined) codeOf.set(found.value, (code = codeOf.size + 1))
        codes[asset] = code
      }
      asset++
    }
    if (rows.length < ROWS_A_TURN) break
    after = Number(rows.at(-1)!['fid'])
    job.progress(asset / columns.count, 'project-file:stage.attributes')
    await new Promise(resolve => setImmediate(resolve))
    job.throwIfCancelled()
  }
  return { role, names: [...names].sort((a, b) => b[1] - a[1]).map(([name]) => name), values: [...codeOf.keys()], codes }
}
