import { copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { JobControl } from '#shared/core/job.ts'
import { FORMAT_VERSION } from '#shared/project-format/layout.ts'
import { Database } from './database.ts'
import { inspectFile, isWritable } from './file-header.ts'
import { isNewerMinor, migrate, readFormatVersion } from './format-version.ts'
import { copyDatabase, toDisk, writeNewFile } from './new-file.ts'
import { identityOf, WriteLock } from './write-lock.ts'

export type ReadOnlyReason = NonNullable<CallOutput<'project.info'>['readOnly']>

export interface OpenedFile {
  readonly path: string
  /** Which file was at the path when it was opened. */
  readonly identity: string | null
  readonly db: Database
  /** Held while this process may write; null for reading. */
  readonly lock: WriteLock | null
  /** Null where the file can be edited, or where reading was all that was asked for. */
  readonly readOnly: ReadOnlyReason | null
  readonly migratedFrom: number | null
  /** Folder of a private copy to remove at the end, where the file itself could not be read in place. */
  readonly temporaryFolder: string | null
}

/**
 * Opens a project's database: recovered, of the current format, for writing where nobody else writes.
 * @throws CallFailure as `project.open` lists.
 */
export async function openFile(givenPath: string, wantsReadOnly: boolean, job: JobControl): Promise<OpenedFile> {
  inspectFile(givenPath)
  const path = realpathSync(givenPath)
  const canWrite = isWritable(path) && isWritable(dirname(path))
  const lock = wantsReadOnly || !canWrite ? null : WriteLock.take(path)
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  const readOnly = wantsReadOnly || lock ? null : canWrite ? 'open_elsewhere' : 'no_permission'
  let opened: OpenedFile | null = null
  try {
    opened = connect(path, { lock, readOnly, canWrite, hasLog })
    const format = readFormatVersion(opened.db)
    if (format.version < FORMAT_VERSION) return await migrated(opened, format.version, job)
    if (isNewerMinor(format)) return { ...opened, readOnly: opened.readOnly ?? 'newer_minor' }
    return opened
  } catch (cause) {
    if (opened) closeFile(opened)
    else lock?.release()
    throw cause
  }
}

/**
 * Ends the connection; with the lock the write-ahead log is folded in first, so that one plain file remains. A file that
 * was deleted or replaced meanwhile is left alone: what lies at its path is not ours.
 */
export function closeFile({ path, identity, db, lock, temporaryFolder }: OpenedFile): void {
  try {
    if (lock && identity === identityOf(path)) foldLog(db)
  } finally {
    db.close()
    lock?.release()
    if (temporaryFolder) rmSync(temporaryFolder, { recursive: true, force: true })
  }
}

function foldLog(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.exec('PRAGMA journal_mode = DELETE')
  } catch {
    // Someone is reading the file, or it is gone: every acknowledged edit is in the log, which the next opening folds in.
  }
}

function connect(path: string, state: { lock: WriteLock | null; readOnly: ReadOnlyReason | null; canWrite: boolean; hasLog: boolean }): OpenedFile {
  const { lock, readOnly, canWrite, hasLog } = state
  const common = { path, identity: identityOf(path), lock, readOnly, migratedFrom: null }
  if (canWrite) return { ...common, db: new Database(path, lock ? 'write' : 'read'), temporaryFolder: null }
  // Nobody can write here, so nothing can change: read as it lies, unless a log from a crash has to be put in order.
  if (!hasLog) return { ...common, db: new Database(path, 'immutable'), temporaryFolder: null }
  const temporaryFolder = mkdtempSync(join(tmpdir(), 'underplan-'))
  const copy = join(temporaryFolder, 'project.gpkg')
  for (const suffix of ['', '-wal']) copyFileSync(path + suffix, copy + suffix)
  return { ...common, db: new Database(copy, 'write'), temporaryFolder }
}

/** An older format: migrated on a copy. The file keeps its name, the original stays beside it; to be read only, the copy is private. */
async function migrated(old: OpenedFile, from: number, job: JobControl): Promise<OpenedFile> {
  if (!old.lock) return migratedInPrivate(old, from, job)
  foldLog(old.db)
  await writeNewFile(old.path, { overwrite: true, heldLock: old.lock }, async draft => {
    await copyDatabase(old.db, draft, job, db => migrate(db, from))
    old.db.close()
    const kept = backupPath(old.path, from)
    copyFileSync(old.path, kept)
    toDisk(kept)
  })
  return { ...old, identity: identityOf(old.path), db: new Database(old.path, 'write'), migratedFrom: from }
}

async function migratedInPrivate(old: OpenedFile, from: number, job: JobControl): Promise<OpenedFile> {
  const temporaryFolder = old.temporaryFolder ?? mkdtempSync(join(tmpdir(), 'underplan-'))
  try {
    const copy = join(temporaryFolder, 'migrated.gpkg')
    await copyDatabase(old.db, copy, job, db => migrate(db, from))
    old.db.close()
    return { ...old, db: new Database(copy, 'write'), temporaryFolder, migratedFrom: from }
  } catch (cause) {
    rmSync(temporaryFolder, { recursive: true, force: true })
    throw cause
  }
}

/** `City.gpkg` → `City (format 0).gpkg`, numbered where that is taken. */
function backupPath(path: string, from: number): string {
  const extension = extname(path)
  const stem = join(dirname(path), basename(path, extension))
  for (let n = 1; ; n++) {
    const candidate = `${stem} (format ${from}${n === 1 ? '' : `, ${n}`})${extension}`
    if (!existsSync(candidate)) return candidate
  }
}
