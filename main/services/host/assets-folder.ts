import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the shipped assets are: beside the bundles when built or packaged, at the top of the repository otherwise. */
export function assetsFolder(): string {
  let folder = import.meta.dirname
  for (;;) {
    const candidate = join(folder, 'assets')
    if (existsSync(join(candidate, 'locales'))) return candidate
    const parent = dirname(folder)
    if (parent === folder) throw new Error('assets folder not found')
    folder = parent
  }
}
