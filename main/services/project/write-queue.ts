import { existsSync } from 'node:fs'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { clearEditing, markEditing } from './journal.ts'
import { closeFile, type OpenedFile } from './open-file.ts'
import { asFailure } from './sqlite-failure.ts'
import { identityOf } from './write-lock.ts'

/** What holds copies in memory of what the file says: told how each transaction ended. */
interface MemoryOwner {
  settle(): void
  forget(): void
}

/**
 * The one way to write to an open project: one at a time, each in a transaction of its own, resolved only once SQLite has
 * brought the log to the disk (write-ahead log, `synchronous = FULL`) and the file is still where it was.
 */
export class WriteQueue {
  readonly #file: OpenedFile
  readonly #memory: MemoryOwner
  #last: Promise<unknown> = Promise.resolve()
  #hasWritten = false
  #hasLog = false
  #isClosed = false
  #afterSettling: (() => void)[] = []

  constructor(file: OpenedFile, memory: MemoryOwner) {
    this.#file = file
    this.#memory = memory
  }

  /** @throws CallFailure `no_project` after closing, `read_only`, `file_gone`, `disk_full`; whatever `work` throws. */
  run<T>(work: () => T | Promise<T>): Promise<T> {
    return this.alone(() => this.#commit(work))
  }

  /** Runs work that must not meet a transaction, in its turn; for a file that is only read too. */
  alone<T>(work: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** To be called inside `work`: runs once its transaction is durable. */
  afterSettling(action: () => void): void {
    this.#afterSettling.push(action)
  }

  /** Last of all: `work` tidies up where that is possible, then the file is let go. */
  async end(work: () => void): Promise<void> {
    await this.#last
    if (this.#isClosed) return
    const tidyUp = () => {
      work()
      clearEditing(this.#file.db)
    }
    // Where that fails, everything acknowledged is in the file all the same; the next opening will say how this one ended.
    if (this.#hasWritten) await this.#commit(tidyUp).catch(() => undefined)
    this.#isClosed = true
    closeFile(this.#file)
  }

  async #commit<T>(work: () => T | Promise<T>): Promise<T> {
    const { db, lock, readOnly } = this.#file
    if (this.#isClosed) throw new CallFailure('no_project')
    if (!lock || readOnly) throw new CallFailure('read_only', { reason: readOnly ?? 'asked_for' })
    try {
      this.#refuseGone()
      this.#startLog()
      db.begin()
      if (!this.#hasWritten) markEditing(db)
      const value = await work()
      this.#refuseGone()
      db.exec('COMMIT')
      this.#refuseGone()
      this.#hasWritten = true
      this.#hasLog ||= existsSync(`${db.path}-wal`)
      this.#memory.settle()
      for (const action of this.#afterSettling.splice(0)) action()
      return value
    } catch (cause) {
      this.#undo()
      throw asFailure(cause)
    }
  }

  #undo(): void {
    this.#afterSettling = []
    try {
      this.#file.db.rollBack()
      this.#memory.forget()
    } catch {
      // The disk fails altogether; why the work failed says more.
    }
  }

  /** SQLite goes on writing to a file that was deleted or replaced under it: nothing of that would be found again. */
  #refuseGone(): void {
    const { db, path, identity } = this.#file
    if (identity !== identityOf(path) || (this.#hasLog && !existsSync(`${db.path}-wal`))) throw new CallFailure('file_gone', { reason: 'open' })
  }

  /** A file that is only looked at stays as it is: the write-ahead log begins with the first edit. */
  #startLog(): void {
    if (this.#hasWritten) return
    const { db } = this.#file
    db.exec('PRAGMA journal_mode = WAL')
    db.exec('PRAGMA synchronous = FULL')
  }
}
