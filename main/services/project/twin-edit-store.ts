import { decodeGeometry } from '#shared/project-format/gpkg-geometry.ts'
import { TWIN_EDIT_KINDS, TWIN_EDIT_STATES, type AssetEvent, type FieldChange, type TwinEdit, type TwinEditCounts, type TwinEditEntry } from '#shared/ledger/twin-edit.ts'
import type { Database, Row } from './database.ts'
import { rowOfImage } from './row-image.ts'

/** What is known of an edit beside what it says of itself. */
export interface StoredEdit extends TwinEdit {
  readonly importId: number | null
  /** Scheme that the import made of its proposals. */
  readonly scenarioId: string | null
}

/** Begins an edit: what had been undone can no longer be done again. @returns its id. */
export function beginEdit(db: Database, { kind, who, why, detail }: TwinEditEntry, importId: number | null, at: string): number {
  db.exec("DELETE FROM twin_edit_rows WHERE edit_id IN (SELECT id FROM twin_edits WHERE state = 'undone')")
  db.exec("UPDATE twin_edits SET state = 'dropped' WHERE state = 'undone'")
  return db.run(
    "INSERT INTO twin_edits (at, kind, who, why, detail_json, counts_json, state, import_id) VALUES (?, ?, ?, ?, ?, ?, 'done', ?)",
    at, kind, who, why, JSON.stringify(detail), JSON.stringify({ changed: 0, added: 0, removed: 0 } satisfies TwinEditCounts), importId,
  ).lastId
}

export function completeEdit(db: Database, id: number, counts: TwinEditCounts, scenarioId: string | null = null): void {
  db.run('UPDATE twin_edits SET counts_json = ?, scenario_id = ? WHERE id = ?', JSON.stringify(counts), scenarioId, id)
}

/** Notes that an edit was taken back or done again; its import with it. */
export function markEdit(db: Database, { id, importId }: StoredEdit, state: 'done' | 'undone', scenarioId: string | null, at: string): void {
  db.run('UPDATE twin_edits SET state = ?, scenario_id = ? WHERE id = ?', state, scenarioId, id)
  if (importId !== null) db.run('UPDATE imports SET undone_at = ? WHERE id = ?', state === 'undone' ? at : null, importId)
}

/** Names blocks that an import brought: their rows do not bear its number. */
export function keepAddedBlocks(db: Database, editId: number, ids: readonly string[]): void {
  for (const id of ids) db.run("INSERT INTO twin_edit_rows (edit_id, table_name, row_fid, object_id) SELECT ?, 'blocks', fid, block_id FROM blocks WHERE block_id = ?", editId, id)
}

/** Every edit, newest first. */
export const listEdits = (db: Database): StoredEdit[] => db.all('SELECT * FROM twin_edits ORDER BY id DESC').map(editOf)

/** The edit that undo takes back, or redo does again; null where there is none. */
export function nextStep(db: Database, direction: 'undo' | 'redo'): StoredEdit | null {
  const row = direction === 'undo' ? db.get("SELECT * FROM twin_edits WHERE state = 'done' ORDER BY id DESC LIMIT 1") : db.get("SELECT * FROM twin_edits WHERE state = 'undone' ORDER BY id LIMIT 1")
  return row ? editOf(row) : null
}

/** What happened to an asset, oldest first; what was undone does not count. */
export function assetEvents(db: Database, assetId: string): AssetEvent[] {
  const rows = db.all(
    `SELECT e.*, r.before_json, r.before_blob, r.after_json, r.after_blob FROM twin_edit_rows r JOIN twin_edits e ON e.id = r.edit_id
      WHERE r.object_id = ? AND r.table_name = 'assets' AND e.state = 'done' ORDER BY r.id`, assetId,
  )
  return rows.map(row => {
    const { id, at, kind, who, why, detail, state } = editOf(row)
    const edit = { id, at, kind, who, why, detail, state }
    const [before, after] = [rowOfImage(row['before_json'], row['before_blob']), rowOfImage(row['after_json'], row['after_blob'])]
    if (!before || !after) return { edit, what: before ? 'removed' : 'added', fields: [], movedM: null }
    const fields = [...before.keys()].filter(name => name !== 'geom' && name !== 'assumed').flatMap(name => fieldChanges(name, before.get(name), after.get(name)))
    return { edit, what: 'changed', fields, movedM: before.has('geom') ? furthestMove(before.get('geom'), after.get('geom')) : null }
  })
}

function fieldChanges(field: string, before: unknown, after: unknown): FieldChange[] {
  if (field !== 'attributes') return [{ field, before: plain(before), after: plain(after) }]
  const [was, is] = [parsed(before), parsed(after)]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(name => was[name] !== is[name]).map(name => ({ field: name, before: plain(was[name]), after: plain(is[name]) }))
}

/** The furthest any vertex of the longer line lies from the vertex in its place, metres; null where that says nothing. */
function furthestMove(before: unknown, after: unknown): number | null {
  const [a, b] = [before, after].map(blob => (blob instanceof Uint8Array ? decodeGeometry(blob)?.xyz : undefined))
  if (!a || !b || a.length !== b.length) return null
  let most = 0
  for (let k = 0; k < a.length; k += 3) most = Math.max(most, Math.hypot(a[k]! - b[k]!, a[k + 1]! - b[k + 1]!, a[k + 2]! - b[k + 2]!))
  return most
}

const parsed = (text: unknown): Record<string, unknown> => (typeof text === 'string' ? (JSON.parse(text) as Record<string, unknown>) : {})
const plain = (value: unknown): FieldChange['before'] => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null)

function editOf(row: Row): StoredEdit {
  return {
    id: Number(row['id']), at: String(row['at']), kind: TWIN_EDIT_KINDS.find(kind => kind === row['kind']) ?? 'fields', who: String(row['who']), why: String(row['why']),
    detail: parsed(row['detail_json']) as StoredEdit['detail'], counts: parsed(row['counts_json']) as StoredEdit['counts'], state: TWIN_EDIT_STATES.find(state => state === row['state']) ?? 'done',
    importId: typeof row['import_id'] === 'number' ? row['import_id'] : null, scenarioId: typeof row['scenario_id'] === 'string' ? row['scenario_id'] : null,
  }
}
