import { createHash } from 'node:crypto'
import { openSync, closeSync, fstatSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { JobControl } from '#shared/core/job.ts'
import { readSource, refusalOf } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS, type SourceReading } from '#shared/io/source.ts'
import type { Issue } from '#shared/core/issues.ts'

/** A file the user chose, read and described. */
export interface ReadFile {
  readonly name: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly reading: SourceReading
  readonly issues: readonly Issue[]
}

/** Why an import could not begin: the first file at fault. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused'
  readonly code: 'too_large' | 'unreadable'
  readonly file: string
  readonly issue: Issue | null
  /** Where no issue says it: the system's code (`ENOENT` …), `not_a_file`, `too_large` or `memory`. */
  readonly reason: string
  constructor(code: 'too_large' | 'unreadable', file: string, issue: Issue | null, reason: string) {
    super(`${code}: ${file}`)
    this.code = code
    this.file = file
    this.issue = issue
    this.reason = reason
  }
}

const READ_CHUNK_BYTES = 16 * 1024 * 1024

/**
 * Reads a file from the disk and through its format's reader.
 * @throws ImportRefused it cannot be read, is too large, or is wrong as a whole. @throws CancelledError
 */
export function readImportFile(path: string, job: JobControl): ReadFile {
  const name = basename(path)
  const bytes = readBytes(path, name, job)
  const { value, issues } = readSource([{ name, bytes }], DEFAULT_IMPORT_LIMITS, job)
  const refusal = refusalOf({ value, issues })
  if (refusal) throw new ImportRefused(refusal.code === 'outside_limits' ? 'too_large' : 'unreadable', name, refusal, '')
  return { name, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), reading: value, issues }
}

function readBytes(path: string, name: string, job: JobControl): Uint8Array {
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new ImportRefused('unreadable', name, null, 'not_a_file')
    if (stat.size > DEFAULT_IMPORT_LIMITS.maxBytes) throw new ImportRefused('too_large', name, null, 'too_large')
    const bytes = new Uint8Array(stat.size)
    let at = 0
    while (at < bytes.length) {
      job.throwIfCancelled()
      const read = readSync(file, bytes, at, Math.min(READ_CHUNK_BYTES, bytes.length - at), at)
      if (read === 0) break // it shrank meanwhile: what is there is read, and judged as cut off
      at += read
    }
    return bytes.subarray(0, at)
  } catch (cause) {
    if (cause instanceof ImportRefused || !(cause instanceof Error) || !('code' in cause)) throw cause
    throw new ImportRefused('unreadable', name, null, String(cause.code))
  } finally {
    if (file !== null) closeSync(file)
  }
}
