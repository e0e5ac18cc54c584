import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CallFailure } from '#shared/contract/call-failure.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { fileNameProblem } from './file-name.ts'
import type { Tickets } from './tickets.ts'

/** The same bound as every importer's (shared/io/source.ts): what could not be imported need not be carried. */
const MAX_UPLOAD_BYTES = 1_073_741_824
const MAX_OPEN_UPLOADS = 16

/**
 * Files dropped on the window arrive in chunks and are kept, for this session only, below the data folder.
 * They can be imported but never opened as a project: nothing a user works on may vanish with the session.
 */
export class Uploads {
  readonly #root: string
  readonly #folder: string
  readonly #tickets: Tickets
  readonly #open = new Map<string, { readonly path: string; readonly totalBytes: number; received: number }>()

  constructor(dataFolder: string, tickets: Tickets) {
    this.#root = join(dataFolder, 'uploads')
    this.#folder = join(this.#root, `${process.pid}-${randomBytes(6).toString('hex')}`)
    this.#tickets = tickets
    removeLeftovers(this.#root)
  }

  /**
   * Takes one chunk. The first (upload null, offset 0) opens the upload; chunks follow in order.
   * @throws CallFailure `too_large` beyond 1 GiB or the announced length, `out_of_order`, `bad_name` for a name no system takes.
   */
  accept(chunk: CallInput<'files.upload'>): CallOutput<'files.upload'> {
    const id = chunk.upload ?? this.#begin(chunk)
    const upload = this.#open.get(id)
    if (!upload || upload.received !== chunk.offset || upload.totalBytes !== chunk.totalBytes) throw new CallFailure<'files.upload'>('out_of_order')
    if (chunk.offset + chunk.bytes.length > upload.totalBytes) throw new CallFailure<'files.upload'>('too_large', { limitMb: MAX_UPLOAD_BYTES >> 20 })
    appendFileSync(upload.path, chunk.bytes)
    upload.received += chunk.bytes.length
    if (upload.received < upload.totalBytes) return { upload: id, file: null }
    this.#open.delete(id)
    return { upload: id, file: this.#tickets.issueFile(upload.path, 'import') }
  }

  /** Removes everything this session received. */
  clear(): void {
    this.#open.clear()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #begin(chunk: CallInput<'files.upload'>): string {
    if (chunk.totalBytes > MAX_UPLOAD_BYTES) throw new CallFailure<'files.upload'>('too_large', { limitMb: MAX_UPLOAD_BYTES >> 20 })
    if (fileNameProblem(chunk.name) !== null) throw new CallFailure<'files.upload'>('bad_name', { name: chunk.name })
    // An upload broken off by a reload is never finished: the oldest gives way.
    for (const [stale, { path }] of [...this.#open].slice(0, Math.max(0, this.#open.size - MAX_OPEN_UPLOADS + 1))) {
      this.#open.delete(stale)
      rmSync(path, { force: true })
    }
    const id = randomBytes(24).toString('base64url')
    // A folder of its own: two files of one name do not meet, and the name stays the user's.
    const folder = join(this.#folder, id)
    mkdirSync(folder, { recursive: true })
    const path = join(folder, chunk.name)
    writeFileSync(path, '')
    this.#open.set(id, { path, totalBytes: chunk.totalBytes, received: 0 })
    return id
  }
}

/** Uploads of sessions that ended without clearing them: their process is gone. */
function removeLeftovers(root: string): void {
  let names: string[]
  try {
    names = readdirSync(root)
  } catch {
    return // none yet
  }
  for (const name of names) if (!isRunning(Number.parseInt(name, 10))) rmSync(join(root, name), { recursive: true, force: true })
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && process.kill(pid, 0)
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
