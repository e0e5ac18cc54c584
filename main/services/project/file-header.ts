import { accessSync, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { WriteLock } from './write-lock.ts'

/** First bytes of every SQLite file (sqlite.org/fileformat2.html §1.3). */
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
const HEADER_BYTES = 100

/**
 * Looks at a file before SQLite does, so that what is no project, or half of one, is said in words.
 * @throws CallFailure `file_gone`, `no_permission`, `bad_name`, `not_a_project` or `corrupt` with the reason.
 */
export function inspectFile(path: string): void {
  const name = basename(path)
  refuseLongName(name)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new CallFailure('file_gone', { name })
  if (!stats.isFile()) throw new CallFailure<'project.open'>('not_a_project', { name, reason: 'not_a_file' })
  // Closing a handle to a file that SQLite has open in this process would drop SQLite's locks on it (POSIX).
  if (WriteLock.isHeldHere(path)) return
  const header = readHeader(path, name)
  if (!header.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, header.length)) || header.length === 0) {
    throw new CallFailure<'project.open'>('not_a_project', { name, reason: header.length === 0 ? 'empty' : 'not_sqlite' })
  }
  if (header.length < HEADER_BYTES) throw new CallFailure<'project.open'>('corrupt', { name, reason: 'truncated' })
  // After a crash the log beside the file may hold pages the file has not got yet: then SQLite judges, not we.
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const pages = header.readUInt32BE(28)
  const isPageCountValid = header.readUInt32BE(24) === header.readUInt32BE(92)
  if (isPageCountValid && stats.size < pages * pageBytes) throw new CallFailure<'project.open'>('corrupt', { name, reason: 'truncated' })
}

/** SQLite adds up to `-journal` to a name; file systems allow 255 bytes. @throws CallFailure `bad_name`. */
export function refuseLongName(name: string): void {
  if (Buffer.byteLength(name) > 247) throw new CallFailure<'project.open'>('bad_name', { name })
}

function readHeader(path: string, name: string): Buffer {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    throw systemFailure(cause, name)
  }
  try {
    const header = Buffer.alloc(Math.min(HEADER_BYTES, fstatSync(file).size))
    return header.subarray(0, readSync(file, header, 0, header.length, 0))
  } finally {
    closeSync(file)
  }
}

/** The refusal behind a file system error; anything unforeseen comes back unchanged. */
export function systemFailure(cause: unknown, name: string): unknown {
  switch (cause instanceof Error && 'code' in cause ? cause.code : null) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new CallFailure('file_gone', { name })
    case 'EACCES':
    case 'EPERM':
      return new CallFailure<'project.open'>('no_permission', { name })
    case 'EROFS':
      return new CallFailure('read_only', { name, reason: 'no_permission' })
    case 'ENOSPC':
    case 'EDQUOT':
      return new CallFailure('disk_full', { name })
    case 'ENAMETOOLONG':
      return new CallFailure<'project.open'>('bad_name', { name })
    default:
      return cause
  }
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
