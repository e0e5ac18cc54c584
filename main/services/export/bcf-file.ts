import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BcfRefused } from '#shared/io/bcf/refused.ts'
import { DEFAULT_ARCHIVE_LIMITS } from '#shared/io/bcf/zip-archive.ts'

/** @throws BcfRefused where the file is larger than any archive may be: it is not even read. @throws the system's error. */
export function readArchiveFile(path: string): Uint8Array {
  const { size } = statSync(path)
  if (size > DEFAULT_ARCHIVE_LIMITS.maxArchiveBytes) throw new BcfRefused('too_large', '', size)
  return new Uint8Array(readFileSync(path))
}

/** The file is there whole or as it was before: written beside it, brought to the disk, renamed. @throws the system's error. */
export function writeArchiveFile(path: string, bytes: Uint8Array): void {
  const draft = join(dirname(path), `.underplan-${randomUUID().slice(0, 8)}.new`)
  try {
    const file = openSync(draft, 'wx')
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (cause) {
    rmSync(draft, { force: true })
    throw cause
  }
}
