import { randomUUID } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CliFailure } from './command.ts'

/** Text gathered before it goes to the disk. */
const CHUNK_CHARACTERS = 1 << 20

/**
 * Writes a file piece by piece, texts as UTF-8. It appears under its name whole or not at all; one that is there is replaced.
 * @throws CliFailure `cli:cannotWrite`; what `pieces` throws.
 */
export function writeWhole(path: string, pieces: Iterable<string | Uint8Array>): void {
  const draft = join(dirname(resolve(path)), `.underplan-${randomUUID().slice(0, 8)}.new`)
  try {
    const file = onDisk(path, () => openSync(draft, 'wx'))
    try {
      let text = ''
      for (const piece of pieces) {
        if (typeof piece === 'string') text += piece
        if (typeof piece === 'string' && text.length < CHUNK_CHARACTERS) continue
        onDisk(path, () => writeAll(file, Buffer.from(text, 'utf8')))
        text = ''
        if (typeof piece !== 'string') onDisk(path, () => writeAll(file, piece))
      }
      onDisk(path, () => writeAll(file, Buffer.from(text, 'utf8')))
    } finally {
      closeSync(file)
    }
    onDisk(path, () => renameSync(draft, resolve(path)))
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

function onDisk<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new CliFailure('cli:cannotWrite', { file: basename(path), reason: cause instanceof Error ? cause.message : String(cause) })
  }
}
