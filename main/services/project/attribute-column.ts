import type { CallOutput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { assetId, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import { roleValue, type AttributeRole } from '#shared/twin/attribute-roles.ts'
import type { Database } from './database.ts'
import { attributesOf } from './twin-rows.ts'

/** Rows between two looks at the clock of others: progress is said, cancel obeyed, other calls answered. */
const ROWS_A_TURN = 20_000
/** Assets laid together share their attributes word for word: read once. */
const MOST_REMEMBERED = 5000

/** One text per asset: code 0 for none, else 1 + index into `texts`, which are numbered as they first come. */
interface Dictionary {
  readonly texts: readonly string[]
  readonly codes: Uint32Array
}

/** One attribute of every asset, in the order of the columns, and the name it went by. */
export interface AttributeColumn {
  readonly values: Dictionary
  readonly names: Dictionary
}

/** Reads it from the rows. @throws CancelledError */
export async function readAttributeColumn(db: Database, columns: AssetColumns, role: AttributeRole, job: JobControl): Promise<AttributeColumn> {
  const [values, names] = [new DictionaryBuilder(columns.count), new DictionaryBuilder(columns.count)]
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
        values.set(asset, found.value)
        names.set(asset, found.name)
      }
      asset++
    }
    if (rows.length < ROWS_A_TURN) break
    after = Number(rows.at(-1)!['fid'])
    job.progress(asset / columns.count, 'project-file:stage.attributes')
    await new Promise(resolve => setImmediate(resolve))
    job.throwIfCancelled()
  }
  return { values: values.dictionary(), names: names.dictionary() }
}

/** The column once these assets, by place, are as their records say: equal to reading it anew, without reading the others. */
export function editedAttributeColumn({ values, names }: AttributeColumn, role: AttributeRole, records: ReadonlyMap<number, AssetRecord>): AttributeColumn {
  const [newValues, newNames] = [new DictionaryBuilder(values.codes.length, values), new DictionaryBuilder(names.codes.length, names)]
  for (const [asset, { attributes }] of records) {
    const found = roleValue(attributes, role)
    newValues.set(asset, found?.value ?? null)
    newNames.set(asset, found?.name ?? null)
  }
  return { values: newValues.dictionary(), names: newNames.dictionary() }
}

/** As the contract gives it: names by how many assets they stand for. */
export function attributeColumnOutput(role: AttributeRole, { values, names }: AttributeColumn): CallOutput<'twin.attributeColumn'> {
  const uses = new Uint32Array(names.texts.length + 1)
  for (const code of names.codes) uses[code]!++
  const byUse = names.texts.map((name, i) => [name, uses[i + 1]!] as const).sort((a, b) => b[1] - a[1])
  return { role, names: byUse.map(([name]) => name), values: [...values.texts], codes: values.codes }
}

class DictionaryBuilder {
  readonly #codes: Uint32Array
  readonly #texts: string[]
  readonly #codeOf: Map<string, number>

  /** @param from What to begin with; left as it is. */
  constructor(count: number, from?: Dictionary) {
    this.#codes = from?.codes.slice() ?? new Uint32Array(count)
    this.#texts = [...(from?.texts ?? [])]
    this.#codeOf = new Map(this.#texts.map((text, i) => [text, i + 1]))
  }

  set(asset: number, text: string | null): void {
    let code = text === null ? 0 : this.#codeOf.get(text)
    if (code === undefined) this.#codeOf.set(text!, (code = this.#texts.push(text!)))
    this.#codes[asset] = code
  }

  /** Numbered as they come, without those no asset has any more. */
  dictionary(): Dictionary {
    const renumbered = new Uint32Array(this.#texts.length + 1)
    const texts: string[] = []
    const codes = this.#codes
    for (let asset = 0; asset < codes.length; asset++) {
      const code = codes[asset]!
      if (code === 0) continue
      if (renumbered[code] === 0) renumbered[code] = texts.push(this.#texts[code - 1]!)
      codes[asset] = renumbered[code]!
    }
    return { texts, codes }
  }
}
