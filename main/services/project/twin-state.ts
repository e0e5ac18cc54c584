import { hash } from 'node:crypto'
import { TWIN_TABLES, type TwinTable } from '#shared/project-format/layout.ts'
import type { Database } from './database.ts'
import { RowHash } from './row-hash.ts'
import { TWIN_COLUMNS } from './twin-rows.ts'

/**
 * What identifies the twin: a hash per data table, kept beside a counter that triggers raise on every change. A table
 * edited by another program (QGIS, the sqlite3 shell) has moved its counter and is hashed again when the project opens.
 */
const EVENTS = ['INSERT', 'UPDATE', 'DELETE'] as const

export function changeTriggers(table: TwinTable): readonly { readonly name: string; readonly sql: string }[] {
  return EVENTS.map(event => {
    const name = `underplan_${table}_${event.toLowerCase()}`
    return { name, sql: `CREATE TRIGGER ${name} AFTER ${event} ON ${table} BEGIN UPDATE underplan_twin_tables SET changes = changes + 1 WHERE table_name = '${table}'; END` }
  })
}

interface TableState {
  readonly count: number
  readonly bytes: Uint8Array
  /** False where rows have changed since the hash was taken. */
  readonly isCurrent: boolean
}

export function tableState(db: Database, table: TwinTable): TableState {
  const row = db.get('SELECT changes, hashed_changes, row_count, hash FROM underplan_twin_tables WHERE table_name = ?', table)
  const bytes = row?.['hash']
  if (!row || !(bytes instanceof Uint8Array)) return { count: 0, bytes: new RowHash().bytes(), isCurrent: false }
  const triggers = db.get("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ? AND name LIKE 'underplan%'", table)
  return { count: Number(row['row_count']), bytes, isCurrent: row['changes'] === row['hashed_changes'] && triggers?.['n'] === EVENTS.length }
}

/** Says that the table as it is now has this hash. */
export function recordTableHash(db: Database, table: TwinTable, rows: RowHash): void {
  db.run('INSERT OR IGNORE INTO underplan_twin_tables VALUES (?, 0, 0, 0, ?)', table, rows.bytes())
  db.run('UPDATE underplan_twin_tables SET hashed_changes = changes, row_count = ?, hash = ? WHERE table_name = ?', rows.count, rows.bytes(), table)
}

export function hashTable(db: Database, table: TwinTable): RowHash {
  const rows = new RowHash()
  for (const row of db.iterate(`SELECT ${TWIN_COLUMNS[table].join(', ')} FROM ${table}`)) rows.add(Object.values(row))
  return rows
}

/** Hash over the data tables and the coordinate system, never over a cache: what results and reports are labelled with. */
export function twinHashOf(crs: string | null, tables: ReadonlyMap<TwinTable, Pick<TableState, 'count' | 'bytes'>>): string {
  const parts = TWIN_TABLES.map(table => {
    const state = tables.get(table)
    return [table, state?.count ?? 0, state ? Buffer.from(state.bytes).toString('hex') : '']
  })
  return hash('sha256', JSON.stringify([crs, parts]))
}
