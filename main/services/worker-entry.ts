import { basename } from 'node:path'

/**
 * Location of `main/workers/<name>-worker`: the source itself when run from source, its bundle beside the host's
 * bundle (`dist/main/workers`) when built or packaged.
 */
export function workerEntry(name: string): URL {
  const isBundled = basename(import.meta.filename).endsWith('.mjs')
  return isBundled ? new URL(`./workers/${name}-worker.mjs`, import.meta.url) : new URL(`../workers/${name}-worker.ts`, import.meta.url)
}
