import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { assetsFolder } from './assets-folder.ts'

/** Version of package.json, which ships beside the assets. */
export function appVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(assetsFolder()), 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}
