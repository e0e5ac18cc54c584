import { CallFailure } from '#shared/contract/call-failure.ts'

/** Primary result codes of SQLite (sqlite3.h) that mean something to a user. */
const SQLITE = { BUSY: 5, LOCKED: 6, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const

/** SQLite's primary result code, or null for an error of another making. */
function sqliteCode(cause: unknown): number | null {
  const errcode = cause instanceof Error && 'errcode' in cause ? cause.errcode : null
  return typeof errcode === 'number' ? errcode & 0xff : null
}

export const isBusy = (cause: unknown): boolean => sqliteCode(cause) === SQLITE.BUSY || sqliteCode(cause) === SQLITE.LOCKED

/**
 * The refusal a failed statement means, as the contract speaks of it; anything unforeseen comes back unchanged.
 * An input/output error stays an error: the host says `internal` and the interface "could not write".
 */
export function asFailure(cause: unknown): unknown {
  switch (sqliteCode(cause)) {
    case SQLITE.FULL:
      return new CallFailure('disk_full')
    case SQLITE.READONLY:
      return new CallFailure('read_only', { reason: 'no_permission' })
    case SQLITE.BUSY:
    case SQLITE.LOCKED:
      return new CallFailure('read_only', { reason: 'busy' })
    case SQLITE.CORRUPT:
      return new CallFailure('corrupt', { reason: 'damaged' })
    case SQLITE.NOTADB:
      return new CallFailure('not_a_project', { reason: 'not_sqlite' })
    default:
      return cause
  }
}

/** True where the disk refused a write for a reason nobody can name better. */
export const isWriteFailure = (cause: unknown): boolean => sqliteCode(cause) === SQLITE.IOERR || sqliteCode(cause) === SQLITE.CANTOPEN
