import { COLLECTIONS, type CollectionName, type RecordChange, type StoredRecord } from '#shared/register/collections.ts'
import type { DrawnCatchment } from '#shared/hazards/overflow/drawn-catchment.ts'
import type { Database, Row } from './database.ts'

export interface RecordHistoryEntry {
  readonly at: string
  /** What the record became; null where it was taken out. */
  readonly body: unknown
}

const subjectOf = (collection: string, id: string) => `${collection}/${id}`

/** Records of these collections, by collection and id; of all ids, or of these. A body that no longer fits its collection is left out. */
export function listRecords(db: Database, collections: readonly CollectionName[], ids: readonly string[] | null = null): StoredRecord[] {
  const names = JSON.stringify([...new Set(collections)].sort())
  const all = 'SELECT * FROM register WHERE collection IN (SELECT value FROM json_each(?))'
  const order = 'ORDER BY collection, record_id'
  const rows = ids === null ? db.all(`${all} ${order}`, names) : db.all(`${all} AND record_id IN (SELECT value FROM json_each(?)) ${order}`, names, JSON.stringify(ids))
  return rows.flatMap(row => storedRecord(row) ?? [])
}

/**
 * Applies changes inside the caller's transaction, each with its journal row.
 * @returns the changes that would take them back, in the order to apply them.
 */
export function applyRecordChanges(db: Database, changes: readonly RecordChange[], at: string): RecordChange[] {
  const before: RecordChange[] = []
  for (const { collection, id, body } of changes) {
    const row = db.get('SELECT * FROM register WHERE collection = ? AND record_id = ?', collection, id)
    const known = row ? storedRecord(row) : null
    before.unshift({ collection, id, body: known?.body ?? null } as RecordChange)
    if (body === null) db.run('DELETE FROM register WHERE collection = ? AND record_id = ?', collection, id)
    else {
      db.run(
        `INSERT INTO register (collection, record_id, body_json, revision, changed_at) VALUES (?1, ?2, ?3, 1, ?4)
          ON CONFLICT (collection, record_id) DO UPDATE SET body_json = ?3, revision = revision + 1, changed_at = ?4`,
        collection, id, JSON.stringify(body), at,
      )
    }
    db.run("INSERT INTO journal (at, kind, label_key, forward_json) VALUES (?, 'record', ?, ?)", at, subjectOf(collection, id), JSON.stringify(body))
  }
  return before
}

const importedId = (importId: number, k: number) => `import-${importId}/${k + 1}`

/** Keeps the catchments an import brought, under ids that name it. */
export function addImportedCatchments(db: Database, importId: number, catchments: readonly DrawnCatchment[], at: string): void {
  applyRecordChanges(db, catchments.map((body, k) => ({ collection: 'catchments' as const, id: importedId(importId, k), body })), at)
}

/** Takes the catchments of an import out with it, as people left them, or puts those back. */
export function stepImportedCatchments(db: Database, importId: number, direction: 'undo' | 'redo', at: string): void {
  const undoneAt = db.get('SELECT undone_at FROM imports WHERE id = ?', importId)?.['undone_at']
  const ids = direction === 'undo'
    ? db.all("SELECT record_id AS id FROM register WHERE collection = 'catchments' AND record_id LIKE ?", `import-${importId}/%`)
    : db.all("SELECT DISTINCT substr(label_key, 12) AS id FROM journal WHERE kind = 'record' AND label_key LIKE ?", `catchments/import-${importId}/%`)
  applyRecordChanges(db, ids.flatMap((row): RecordChange[] => {
    const id = String(row['id'])
    if (direction === 'undo') return [{ collection: 'catchments', id, body: null }]
    const history = recordHistory(db, 'catchments', id)
    // One that somebody had deleted before stays so.
    if (history.at(-1)?.at !== undoneAt) return []
    const last = history.findLast(({ body }) => body !== null)
    const parsed = COLLECTIONS.catchments.safeParse(last?.body)
    return parsed.success ? [{ collection: 'catchments', id, body: parsed.data }] : []
  }), at)
}

/** Every state a record had, oldest first. */
export function recordHistory(db: Database, collection: CollectionName, id: string): RecordHistoryEntry[] {
  return db
    .all("SELECT at, forward_json FROM journal WHERE kind = 'record' AND label_key = ? ORDER BY seq", subjectOf(collection, id))
    .map(row => ({ at: String(row['at']), body: parsedJson(row['forward_json']) ?? null }))
}

function storedRecord(row: Row): StoredRecord | null {
  const collection = String(row['collection'])
  if (!Object.hasOwn(COLLECTIONS, collection)) return null
  const parsed = COLLECTIONS[collection as CollectionName].safeParse(parsedJson(row['body_json']))
  if (!parsed.success) return null
  return { collection: collection as CollectionName, id: String(row['record_id']), body: parsed.data, revision: Number(row['revision']), changedAt: String(row['changed_at']) } as StoredRecord
}

function parsedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
