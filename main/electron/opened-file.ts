import { statSync } from 'node:fs'
import { extname, resolve } from 'node:path'

/** The project file a start's arguments name, if any: Electron and the desktop add arguments of their own. */
export function projectIn(args: readonly string[], folder: string): string | null {
  for (const arg of args) {
    if (arg.startsWith('-') || extname(arg).toLowerCase() !== '.gpkg') continue
    const path = resolve(folder, arg)
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path
  }
  return null
}
