import { pathToFileURL } from 'node:url'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { geometryEnvelope } from '#shared/project-format/gpkg-geometry.ts'

export type Row = Record<string, SQLOutputValue>

/** How long a statement waits for another program (a GIS reading the layers) before it gives up. */
const BUSY_TIMEOUT_MS = 4000
/** Pages held in memory by a connection that writes: an edit of rows scattered over a large table reads and changes each page once. */
const WRITER_CACHE_KB = 64 << 10

/** One connection to a project file: statements prepared once, nested work in one transaction, the functions the R-tree triggers need. */
export class Database {
  readonly path: string
  readonly handle: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  /** @param mode `immutable` reads a file nobody can write to, without any lock or companion file. */
  constructor(path: string, mode: 'write' | 'read' | 'immutable') {
    this.path = path
    const location = pathToFileURL(path)
    if (mode === 'immutable') location.searchParams.set('immutable', '1')
    this.handle = new DatabaseSync(mode === 'immutable' ? location : path, { readOnly: mode !== 'write', timeout: BUSY_TIMEOUT_MS, defensive: true })
    if (mode !== 'write') return
    this.handle.exec(`PRAGMA cache_size = -${WRITER_CACHE_KB}`)
    this.#addGeometryFunctions()
  }

  exec(sql: string): void {
    this.handle.exec(sql)
  }

  prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) this.#statements.set(sql, (statement = this.handle.prepare(sql)))
    return statement
  }

  run(sql: string, ...values: SQLInputValue[]): { lastId: number; changes: number } {
    const { lastInsertRowid, changes } = this.prepare(sql).run(...values)
    return { lastId: Number(lastInsertRowid), changes: Number(changes) }
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values)
  }

  iterate(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.prepare(sql).iterate(...values)
  }

  /** All or nothing. `beforeCommit` runs last inside; what it throws undoes everything. */
  transaction<T>(work: () => T, beforeCommit: () => void = () => undefined): T {
    this.begin()
    try {
      const value = work()
      beforeCommit()
      this.exec('COMMIT')
      return value
    } catch (cause) {
      this.rollBack()
      throw cause
    }
  }

  /** Everything read by `work` is of one moment, whatever another process commits meanwhile. */
  snapshot<T>(work: () => T): T {
    this.exec('BEGIN')
    try {
      return work()
    } finally {
      this.rollBack()
    }
  }

  begin(): void {
    this.exec('BEGIN IMMEDIATE')
  }

  /** Statements that hit a full disk have ended the transaction already. */
  rollBack(): void {
    if (this.handle.isTransaction) this.exec('ROLLBACK')
  }

  close(): void {
    this.#statements.clear()
    if (this.handle.isOpen) this.handle.close()
  }

  #addGeometryFunctions(): void {
    const bound = (index: 0 | 1 | 2 | 3) => (blob: SQLOutputValue) => (blob instanceof Uint8Array ? (geometryEnvelope(blob)?.[index] ?? null) : null)
    const options = { deterministic: true, directOnly: false }
    this.handle.function('ST_MinX', options, bound(0))
    this.handle.function('ST_MaxX', options, bound(1))
    this.handle.function('ST_MinY', options, bound(2))
    this.handle.function('ST_MaxY', options, bound(3))
    this.handle.function('ST_IsEmpty', options, blob => (blob instanceof Uint8Array && geometryEnvelope(blob) ? 0 : 1))
  }
}
