import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { backup } from 'node:sqlite'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import { Database } from './database.ts'
import { refuseLongName, systemFailure } from './file-header.ts'
import { asFailure } from './sqlite-failure.ts'
import { WriteLock } from './write-lock.ts'

/**
 * A file comes into being whole or not at all: written under another name in the same folder, brought to the disk,
 * renamed at the end. What fails or is cancelled leaves the folder as it was.
 * @param options `overwrite`: an existing file is replaced, unless someone has it open for editing; else it is refused.
 *   `heldLock`: the caller's own lock on the file to be replaced.
 * @throws CallFailure `already_exists`, `read_only`, `disk_full`, `no_permission`, `file_gone` (no such folder), `bad_name`.
 */
export async function writeNewFile(
  path: string, options: { readonly overwrite: boolean; readonly heldLock?: WriteLock | null }, write: (draftPath: string) => Promise<void>,
): Promise<void> {
  const name = basename(path)
  refuseLongName(name)
  if (existsSync(path) && !options.overwrite) throw new CallFailure<'project.create'>('already_exists', { name })
  const draft = join(dirname(path), `.underplan-${randomUUID().slice(0, 8)}.new`)
  try {
    accessSync(dirname(path), constants.W_OK)
    await write(draft)
    toDisk(draft)
    replace(draft, path, options.heldLock ?? null)
    if (process.platform !== 'win32') toDisk(dirname(path))
  } catch (cause) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true })
    throw systemFailure(asFailure(cause), name)
  }
}

function replace(draft: string, path: string, heldLock: WriteLock | null): void {
  const lock = heldLock ?? (existsSync(path) ? WriteLock.take(path) : null)
  if (!lock && existsSync(path)) throw new CallFailure('read_only', { name: basename(path), reason: 'open_elsewhere' })
  try {
    // What a crash left beside an earlier file of this name must not be taken for the new one's.
    for (const suffix of ['-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
    renameSync(draft, path)
  } finally {
    if (!heldLock) lock?.release()
  }
}

/** Returns once the file's (or folder's) content is on the disk. */
export function toDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Pages per step of a copy: about 4 MB, so that progress moves and cancel is heard. */
const PAGES_PER_STEP = 1000

/**
 * Copies an open project, what its log holds included, into a file of its own that is closed and whole when this ends.
 * @param finish Last changes to the copy.
 */
export async function copyDatabase(source: Database, target: string, job: JobControl, finish: (copy: Database) => void): Promise<void> {
  job.throwIfCancelled()
  let isCancelled = false
  await backup(source.handle, target, {
    rate: PAGES_PER_STEP,
    progress: ({ totalPages, remainingPages }) => {
      job.progress(totalPages === 0 ? null : 1 - remainingPages / totalPages, 'project-file:stage.copying')
      try {
        job.throwIfCancelled()
      } catch (cause) {
        isCancelled = cause instanceof CancelledError
        throw cause
      }
    },
  }).catch((cause: unknown) => {
    throw isCancelled ? new CancelledError() : cause
  })
  const copy = new Database(target, 'write')
  try {
    // The copy carries the source's write-ahead mode in its header: one plain file is what is asked for.
    copy.exec('PRAGMA journal_mode = DELETE')
    finish(copy)
  } finally {
    copy.close()
  }
}
