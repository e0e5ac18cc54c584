import { statSync } from 'node:fs'
import type { JobControl } from '#shared/core/job.ts'
import { readImportFile, sidePaths, type ReadFile } from './import-files.ts'

/** What was read of files, for the next task on the same ones: the wizard looks, tries and imports, and reads once. */
export class KeptReadings {
  readonly #kept = new Map<string, { readonly stamp: string; readonly file: ReadFile }>()

  /** Lets go of every file but these. */
  keepOnly(paths: readonly string[]): void {
    for (const path of this.#kept.keys()) if (!paths.includes(path)) this.#kept.delete(path)
  }

  /** As `readImportFile`; a file that changed since it was read, or that stands among others now, is read anew. */
  read(path: string, others: readonly string[], job: JobControl): ReadFile {
    const stamp = stampOf(path, others)
    const kept = this.#kept.get(path)
    if (kept && kept.stamp === stamp) return kept.file
    const file = readImportFile(path, others, job)
    this.#kept.set(path, { stamp, file })
    return file
  }
}

function stampOf(path: string, others: readonly string[]): string {
  const stats = [path, ...sidePaths(path, others)].map(part => {
    const stat = statSync(part, { throwIfNoEntry: false })
    return [part, stat?.size, stat?.mtimeMs]
  })
  return JSON.stringify([stats, [...others].sort()])
}
