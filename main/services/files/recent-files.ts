import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const LIMIT = 20
const entrySchema = z.object({ path: z.string(), openedAt: z.string() })

export interface RecentFile {
  readonly path: string
  readonly openedAt: string
  /** The file is not where it was: the list says so rather than dropping it. */
  readonly missing: boolean
}

/** Projects opened lately, newest first: one small file of the host's own, replaced whole. */
export class RecentFiles {
  readonly #file: string

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'recent.json')
  }

  list(): RecentFile[] {
    return this.#read().map(entry => ({ ...entry, missing: !existsSync(entry.path) }))
  }

  note(path: string): void {
    const others = this.#read().filter(entry => entry.path !== path)
    const entries = [{ path, openedAt: new Date().toISOString() }, ...others].slice(0, LIMIT)
    mkdirSync(join(this.#file, '..'), { recursive: true })
    const draft = `${this.#file}.new`
    writeFileSync(draft, `${JSON.stringify(entries, null, 2)}\n`, { flush: true })
    renameSync(draft, this.#file)
  }

  /** A list that is missing or spoilt is empty; single entries that are spoilt are left out. */
  #read(): z.infer<typeof entrySchema>[] {
    try {
      const stored: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      return (Array.isArray(stored) ? stored : []).flatMap(entry => entrySchema.safeParse(entry).data ?? [])
    } catch {
      return []
    }
  }
}
