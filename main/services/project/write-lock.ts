import { hash } from 'node:crypto'
import { realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isBusy } from './sqlite-failure.ts'

/**
 * Who may write to a project: whoever holds an operating-system lock on the empty file beside it. SQLite takes that lock
 * for us on every platform; it ends with the process, however the process ends, so a crash never locks the user out.
 * (The project itself cannot carry it: readers must be able to look at it meanwhile.)
 */
export class WriteLock {
  /**
   * Locks this process holds. Asked first, because POSIX drops a process's locks on a file as soon as it closes any
   * handle to it: a second attempt must not even open the file.
   */
  static readonly #held = new Set<string>()
  readonly #path: string
  readonly #handle: DatabaseSync

  private constructor(path: string, handle: DatabaseSync) {
    this.#path = path
    this.#handle = handle
    WriteLock.#held.add(path)
  }

  /** @returns null where another process or window holds it. @throws the system's error where no file can be made there. */
  static take(projectPath: string): WriteLock | null {
    const path = lockPath(realpathSync(projectPath))
    if (WriteLock.#held.has(path)) return null
    for (;;) {
      writeFileSync(path, '', { flag: 'a' })
      const before = identityOf(path)
      const handle = new DatabaseSync(path, { timeout: 0 })
      try {
        handle.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
      } catch (cause) {
        handle.close()
        if (isBusy(cause)) return null
        throw cause
      }
      // Its last holder may have removed the file before we locked it: then we hold a ghost, and begin again.
      if (before !== null && before === identityOf(path)) return new WriteLock(path, handle)
      handle.close()
    }
  }

  /** True where this process holds the lock of that project. */
  static isHeldHere(projectPath: string): boolean {
    return WriteLock.#held.has(lockPath(realpathSync(projectPath)))
  }

  release(): void {
    // While still held, so that nobody can lock the file that is about to go. Windows refuses; there it goes afterwards,
    // unless somebody has it open by then.
    const removed = tryRemove(this.#path)
    this.#handle.close()
    WriteLock.#held.delete(this.#path)
    if (!removed) tryRemove(this.#path)
  }
}

/** Hidden, and short whatever the project's name: names have a limit, and SQLite adds to this one. */
const lockPath = (path: string) => join(dirname(path), `.underplan-${hash('sha256', basename(path)).slice(0, 12)}.lock`)

/** Which file a path names right now; null for none. */
export function identityOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats ? `${stats.dev}:${stats.ino}` : null
}

function tryRemove(path: string): boolean {
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}
