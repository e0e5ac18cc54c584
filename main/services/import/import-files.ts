import { createHash } from 'node:crypto'
import { openSync, closeSync, fstatSync, readSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { JobControl } from '#shared/core/job.ts'
import { hasSides, isSideOf, leadOf } from '#shared/io/file-sets.ts'
import { readSource, refusalOf } from '#shared/io/read-source.ts'
import { DEFAULT_IMPORT_LIMITS, type SourceReading } from '#shared/io/source.ts'
import type { Issue } from '#shared/core/issues.ts'
import { isSqlite, readGeoPackage } from './import-geopackage.ts'

/** A file the user chose, read and described with the files that belong to it. */
export interface ReadFile {
  readonly name: string
  readonly sizeBytes: number
  /** Of this file and of those beside it that were read with it. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
  readonly reading: SourceReading
  readonly issues: readonly Issue[]
}

/** Format of a file that is read with another one and is empty by itself. */
export const PART_FORMAT = 'part'

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
 * Reads a file from the disk and through its format's reader, with the files that make one source with it: those among
 * `others`, else those beside it in its folder. A file that belongs to one of the others is read with that one and is
 * empty by itself.
 * @param others paths of the other files of the same import.
 * @throws ImportRefused it cannot be read, is too large, or is wrong as a whole. @throws CancelledError
 */
export function readImportFile(path: string, others: readonly string[], job: JobControl): ReadFile {
  const name = basename(path)
  const lead = leadOf(name, others.map(other => basename(other)))
  if (lead !== null) return { name, sizeBytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0, files: [], reading: { format: PART_FORMAT, layers: [], grounds: [] }, issues: [] }
  const sources = [path, ...sidePaths(path, others)].map(file => ({ name: basename(file), bytes: readBytes(file, basename(file), job) }))
  const { value, issues } = isSqlite(sources[0]!.bytes) ? readGeoPackage(path, name, DEFAULT_IMPORT_LIMITS, job) : readSource(sources, DEFAULT_IMPORT_LIMITS, job)
  const refusal = refusalOf({ value, issues })
  if (refusal) throw new ImportRefused(refusal.code === 'outside_limits' ? 'too_large' : 'unreadable', name, refusal, '')
  const files = sources.map(file => ({ name: file.name, sha256: createHash('sha256').update(file.bytes).digest('hex') }))
  return { name, sizeBytes: sources[0]!.bytes.length, files, reading: value, issues }
}

/** Side files of a source: chosen with it, or lying beside it under its name. */
export function sidePaths(path: string, others: readonly string[]): string[] {
  const name = basename(path)
  const chosen = others.filter(other => isSideOf(basename(other), name))
  const has = new Set(chosen.map(other => basename(other).toLowerCase()))
  let beside: string[] = []
  try {
    if (hasSides(name)) beside = readdirSync(dirname(path)).filter(other => isSideOf(other, name) && !has.has(other.toLowerCase())).sort()
  } catch {
    // A folder that may not be listed: what was chosen has to do, and the reader says what is missing.
  }
  return [...chosen, ...beside.map(other => join(dirname(path), other))]
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
