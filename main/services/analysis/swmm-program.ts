import { accessSync, constants, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'

/** Names the command line program of SWMM 5 goes by. */
const NAMES = process.platform === 'win32' ? ['runswmm.exe', 'swmm5.exe'] : ['runswmm', 'swmm5']
const storedSchema = z.strictObject({ program: z.string().min(1).max(4096) })

/**
 * The SWMM program of this machine: the one the user chose, else that of the environment (UNDERPLAN_SWMM), else one on
 * the search path. Kept in the app's own folder, never in a project.
 */
export class SwmmProgram {
  readonly #file: string

  constructor(dataFolder: string) {
    this.#file = join(dataFolder, 'swmm.json')
  }

  /** Absolute path of a program that is there and may be run; null where there is none. */
  find(): string | null {
    const chosen = this.#chosen()
    return chosen !== null && canRun(chosen) ? chosen : findSwmm()
  }

  /** What people call it: no path leaves the host. */
  name(): string | null {
    const found = this.find()
    return found && basename(found)
  }

  /** @param path Null for none of the user's own. @returns whether it is a program that can be run; else nothing changes. */
  use(path: string | null): boolean {
    if (path !== null && !canRun(path)) return false
    mkdirSync(dirname(this.#file), { recursive: true })
    const draft = `${this.#file}.new`
    writeFileSync(draft, `${JSON.stringify(path === null ? {} : { program: path })}\n`, { flush: true })
    renameSync(draft, this.#file)
    return true
  }

  #chosen(): string | null {
    try {
      return storedSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8'))).program
    } catch {
      return null
    }
  }
}

/** The program of the surroundings: that of UNDERPLAN_SWMM, else one on the search path. */
export const findSwmm = (): string | null => [process.env['UNDERPLAN_SWMM'], ...onPath()].find(path => path !== undefined && canRun(path)) ?? null

const onPath = (): string[] => (process.env['PATH'] ?? '').split(delimiter).filter(isAbsolute).flatMap(folder => NAMES.map(name => join(folder, name)))

export function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return isAbsolute(path) && statSync(path).isFile()
  } catch {
    return false
  }
}
