import type { SQLInputValue } from 'node:sqlite'
import type { JobControl } from '#shared/core/job.ts'
import type { TwinChange, TwinEditCounts } from '#shared/ledger/twin-edit.ts'
import { TWIN_TABLES, type TwinTable } from '#shared/project-format/layout.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { Database, Row } from './database.ts'
import { RowHash } from './row-hash.ts'
import { imageOf, rowOfImage } from './row-image.ts'
import { assetFromRow, assetValues, blockFromRow, blockValues, nodeFromRow, nodeValues, TWIN_COLUMNS } from './twin-rows.ts'
import { recordTableHash, tableState } from './twin-state.ts'

/** What an edit did to the tables, for memory to follow. */
export interface EditedRows {
  readonly counts: TwinEditCounts
  /** What each touched asset is now; null where it is gone. */
  readonly assets: ReadonlyMap<string, AssetRecord | null>
  /** Assets came or went: the order of the columns changes with it. */
  readonly isReordered: boolean
}

/** Long enough to be quick, short enough that progress, cancel and other calls get their turn. */
const SLICE_MS = 25
const ROWS_A_PAGE = 500

/** Columns of a table beyond those that are hashed: where a row came from. */
const provenance = (table: TwinTable): readonly string[] => (table === 'blocks' ? [] : ['import_id'])
const keyOf = (table: TwinTable): string => (table === 'ground_surfaces' ? 'id' : 'fid')
const OBJECT_ID: Readonly<Record<TwinTable, string>> = {
  assets: 'asset_id', nodes: 'node_id', surface_points: 'feature_id', surface_lines: 'feature_id', surface_areas: 'feature_id', blocks: 'block_id', ground_surfaces: 'name',
}

/**
 * Changes rows of the twin inside the caller's transaction, keeps their hash and R-trees right, and keeps of each row what
 * it was and what it became, so that the edit can be taken back column by column.
 */
export class TwinEditor {
  readonly #db: Database
  readonly #editId: number
  readonly #job: JobControl
  readonly #hashes = new Map<TwinTable, RowHash>()
  readonly #assets = new Map<string, AssetRecord | null>()
  readonly #counts = { changed: 0, added: 0, removed: 0 }
  #isReordered = false
  #sliceEnd = performance.now() + SLICE_MS

  constructor(db: Database, editId: number, job: JobControl) {
    this.#db = db
    this.#editId = editId
    this.#job = job
  }

  /** @param total Number of changes where it is known, for progress. @throws CancelledError */
  async apply(changes: Iterable<TwinChange>, { srsId, importId, total, groundAt }: { readonly srsId: number; readonly importId: number | null; readonly total: number | null; readonly groundAt: GroundSampler }): Promise<EditedRows> {
    let done = 0
    for (const change of changes) {
      if (change.table === 'assets') this.#change('assets', change.id, change.after && assetValues(change.after, srsId), row => valuesOr(assetFromRow(row), asset => assetValues(asset, srsId)), importId)
      else if (change.table === 'blocks') this.#change('blocks', change.id, change.after && blockValues(change.after, groundAt, srsId), row => valuesOr(blockFromRow(row), block => blockValues(block, groundAt, srsId)), null)
      else this.#change('nodes', change.id, change.after && nodeValues(change.after, srsId), row => valuesOr(nodeFromRow(row), node => nodeValues(node, srsId)), importId)
      if (change.table === 'assets') this.#assets.set(change.id, change.after)
      await this.#breathe(total === null ? null : ++done / Math.max(1, total))
    }
    return this.#finish()
  }

  /** Takes an edit back, last row first, or does it again. @param importId The rows of this import belong to the edit. */
  async replay(direction: 'undo' | 'redo', importId: number | null): Promise<EditedRows> {
    if (direction === 'undo' && importId !== null) this.#keepImported(importId)
    const isUndo = direction === 'undo'
    const page = isUndo
      ? 'SELECT * FROM twin_edit_rows WHERE edit_id = ? AND id < ? ORDER BY id DESC LIMIT ?'
      : 'SELECT * FROM twin_edit_rows WHERE edit_id = ? AND id > ? ORDER BY id LIMIT ?'
    const total = Number(this.#db.get('SELECT count(*) AS n FROM twin_edit_rows WHERE edit_id = ?', this.#editId)?.['n'])
    let done = 0
    for (let at = isUndo ? Number.MAX_SAFE_INTEGER : 0; ;) {
      const rows = this.#db.all(page, this.#editId, at, ROWS_A_PAGE)
      for (const row of rows) {
        this.#step(row, isUndo)
        await this.#breathe(++done / Math.max(1, total))
      }
      if (rows.length < ROWS_A_PAGE) break
      at = Number(rows.at(-1)!['id'])
    }
    return this.#finish()
  }

  #change(table: 'assets' | 'nodes' | 'blocks', id: string, after: SQLInputValue[] | null, valuesOf: (row: Row) => SQLInputValue[] | null, importId: number | null): void {
    const columns = TWIN_COLUMNS[table]
    const row = this.#db.get(`SELECT fid, ${[...columns, ...provenance(table)].join(', ')} FROM ${table} WHERE ${OBJECT_ID[table]} = ?`, id)
    if (!row) {
      if (!after) return
      const [names, values] = [[...columns, ...provenance(table)], [...after, ...(provenance(table).length > 0 ? [importId] : [])]]
      const { lastId } = this.#db.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`, ...values)
      this.#hash(table).add(after)
      this.#keep(table, lastId, id, null, null)
      return this.#came(table)
    }
    const fid = Number(row['fid'])
    if (!after) return this.#remove(table, fid, id, row)
    // What a GIS left in a column beyond our lists is not touched by an edit of another column.
    const was = valuesOf(row)
    const differing = columns.flatMap((column, k) => (was && isSameValue(was[k]!, after[k]!) ? [] : [{ column, k }]))
    if (differing.length === 0) return
    const before = imageOf(differing.map(({ column }) => [column, row[column]!]))
    const now = imageOf(differing.map(({ column, k }) => [column, after[k]!]))
    this.#update(table, fid, row, new Map(differing.map(({ column, k }) => [column, after[k]!])))
    this.#keep(table, fid, id, before, now)
    this.#counts.changed++
  }

  #step(kept: Row, isUndo: boolean): void {
    const table = TWIN_TABLES.find(name => name === kept['table_name'])
    if (!table) return
    const [fid, objectId] = [Number(kept['row_fid']), String(kept['object_id'])]
    const [before, after] = [rowOfImage(kept['before_json'], kept['before_blob']), rowOfImage(kept['after_json'], kept['after_blob'])]
    const columns = [...TWIN_COLUMNS[table], ...provenance(table)]
    const current = this.#db.get(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${keyOf(table)} = ?`, fid)
    const wasAdded = before === null
    const wasRemoved = before !== null && after === null
    if (isUndo ? wasAdded : wasRemoved) {
      if (!current) return
      // What was added is kept only while it is out: an import would be in the file twice otherwise.
      if (wasAdded) {
        const { json, blob } = imageOf(columns.map(column => [column, current[column]!]))
        this.#db.run('UPDATE twin_edit_rows SET after_json = ?, after_blob = ? WHERE id = ?', json, blob, kept['id']!)
      }
      this.#db.run(`DELETE FROM ${table} WHERE ${keyOf(table)} = ?`, fid)
      this.#hash(table).remove(TWIN_COLUMNS[table].map(column => current[column]!))
      if (table === 'assets') this.#assets.set(objectId, null)
      return this.#went(table)
    }
    if (isUndo ? wasRemoved : wasAdded) {
      const image = before ?? after
      if (!image || current) return
      this.#db.run(`INSERT INTO ${table} (${keyOf(table)}, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`, fid, ...columns.map(column => image.get(column) ?? null))
      this.#hash(table).add(TWIN_COLUMNS[table].map(column => image.get(column) ?? null))
      if (wasAdded) this.#db.run('UPDATE twin_edit_rows SET after_json = NULL, after_blob = NULL WHERE id = ?', kept['id']!)
      if (table === 'assets') this.#assets.set(objectId, assetFromRow(Object.fromEntries(columns.map(column => [column, image.get(column) ?? null])) as Row))
      return this.#came(table)
    }
    const wanted = isUndo ? before : after
    if (!current || !wanted) return
    this.#update(table, fid, current, wanted)
    if (table === 'assets') this.#assets.set(objectId, assetFromRow({ ...current, ...Object.fromEntries(wanted) } as Row))
    this.#counts.changed++
  }

  #update(table: TwinTable, fid: number, row: Row, values: ReadonlyMap<string, SQLInputValue>): void {
    const hashed = TWIN_COLUMNS[table]
    const names = [...values.keys()]
    this.#db.run(`UPDATE ${table} SET ${names.map(name => `${name} = ?`).join(', ')} WHERE ${keyOf(table)} = ?`, ...values.values(), fid)
    const hash = this.#hash(table)
    hash.remove(hashed.map(column => row[column]!))
    hash.add(hashed.map(column => (values.has(column) ? values.get(column)! : row[column]!)))
  }

  #remove(table: TwinTable, fid: number, objectId: string, row: Row): void {
    const columns = [...TWIN_COLUMNS[table], ...provenance(table)]
    this.#keep(table, fid, objectId, imageOf(columns.map(column => [column, row[column]!])), null)
    this.#db.run(`DELETE FROM ${table} WHERE ${keyOf(table)} = ?`, fid)
    this.#hash(table).remove(TWIN_COLUMNS[table].map(column => row[column]!))
    this.#went(table)
  }

  /** The rows an import brought are those that bear its number: named here once it is taken back. */
  #keepImported(importId: number): void {
    if (this.#db.get("SELECT 1 FROM twin_edit_rows WHERE edit_id = ? AND table_name <> 'blocks' LIMIT 1", this.#editId)) return
    for (const table of TWIN_TABLES) {
      if (table === 'blocks') continue
      this.#db.run(
        `INSERT INTO twin_edit_rows (edit_id, table_name, row_fid, object_id) SELECT ?, ?, ${keyOf(table)}, ${OBJECT_ID[table]} FROM ${table} WHERE import_id = ? ORDER BY ${keyOf(table)}`,
        this.#editId, table, importId,
      )
    }
  }

  #keep(table: TwinTable, fid: number, objectId: string, before: ReturnType<typeof imageOf> | null, after: ReturnType<typeof imageOf> | null): void {
    this.#db.run(
      'INSERT INTO twin_edit_rows (edit_id, table_name, row_fid, object_id, before_json, before_blob, after_json, after_blob) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      this.#editId, table, fid, objectId, before?.json ?? null, before?.blob ?? null, after?.json ?? null, after?.blob ?? null,
    )
  }

  #came(table: TwinTable): void {
    this.#counts.added++
    this.#isReordered ||= table === 'assets'
  }

  #went(table: TwinTable): void {
    this.#counts.removed++
    this.#isReordered ||= table === 'assets'
  }

  #hash(table: TwinTable): RowHash {
    let rows = this.#hashes.get(table)
    if (!rows) {
      const { count, bytes } = tableState(this.#db, table)
      this.#hashes.set(table, (rows = RowHash.from(count, bytes)))
    }
    return rows
  }

  #finish(): EditedRows {
    for (const [table, rows] of this.#hashes) recordTableHash(this.#db, table, rows)
    return { counts: this.#counts, assets: this.#assets, isReordered: this.#isReordered }
  }

  async #breathe(fraction: number | null): Promise<void> {
    if (performance.now() < this.#sliceEnd) return
    this.#job.progress(fraction, 'project-file:stage.writing')
    await new Promise(resolve => setImmediate(resolve))
    this.#job.throwIfCancelled()
    this.#sliceEnd = performance.now() + SLICE_MS
  }
}

const valuesOr = <T>(record: T | null, toValues: (record: T) => SQLInputValue[]): SQLInputValue[] | null => record && toValues(record)

function isSameValue(a: SQLInputValue, b: SQLInputValue): boolean {
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength))
  return a === b
}
