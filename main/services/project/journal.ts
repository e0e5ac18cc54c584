import type { CallOutput } from '#shared/contract/contract.ts'
import type { Database } from './database.ts'

type ProjectInfo = CallOutput<'project.info'>
export type Recovery = NonNullable<CallOutput<'project.open'>['recovery']>

/** Changes of the project as a whole that are journalled beside the scenarios' commands. */
export type ProjectChange = 'import' | 'scenario.create' | 'scenario.remove' | 'rules' | 'twin.edit' | 'twin.undo' | 'twin.redo'

/** @param subject What was changed, where it is no scheme: the number of an edit of the twin. */
export function noteChange(db: Database, kind: ProjectChange, scenarioId: string | null, at: string, subject: string | null = null): void {
  db.run('INSERT INTO journal (at, kind, scenario_id, label_key) VALUES (?, ?, ?, ?)', at, kind, scenarioId, subject)
}

const lastSeq = (db: Database) => Number(db.get('SELECT ifnull(max(seq), 0) AS seq FROM journal')?.['seq'])
const lastRevision = (db: Database) => db.get('SELECT name, at, journal_seq FROM revisions ORDER BY id DESC LIMIT 1')

/** Save: gives the state reached by now a name. Every edit is in the file already. */
export function nameRevision(db: Database, name: string, at: string): void {
  db.run('INSERT INTO revisions (name, at, journal_seq) VALUES (?, ?, ?)', name, at, lastSeq(db))
}

export function saveState(db: Database): Pick<ProjectInfo, 'savedRevision' | 'changedSinceSave'> {
  const revision = lastRevision(db)
  return {
    savedRevision: revision ? { name: String(revision['name']), at: String(revision['at']) } : null,
    changedSinceSave: lastSeq(db) > Number(revision?.['journal_seq'] ?? 0),
  }
}

/**
 * A session that edits says so in the file, with its first edit, and takes it back when it closes the file: what finds
 * the mark at opening comes after one that did not get there.
 */
const EDITING = 'editing'
export const markEditing = (db: Database) => db.run("INSERT OR REPLACE INTO settings (key, value_json) VALUES (?, 'true')", EDITING)
export const clearEditing = (db: Database) => db.run('DELETE FROM settings WHERE key = ?', EDITING)

/** What there is to say after a session that did not end by closing the file; null where it did. */
export function recoveryFrom(db: Database): Recovery | null {
  if (!db.get('SELECT 1 FROM settings WHERE key = ?', EDITING)) return null
  const since = Number(lastRevision(db)?.['journal_seq'] ?? 0)
  const row = db.get("SELECT count(*) AS edits, max(at) AS at FROM journal WHERE seq > ? AND kind IN ('edit', 'undo', 'redo', 'twin.edit', 'twin.undo', 'twin.redo')", since)
  return { editsSinceSave: Number(row?.['edits'] ?? 0), uncleanEnd: true, lastEditAt: typeof row?.['at'] === 'string' ? row['at'] : null }
}
