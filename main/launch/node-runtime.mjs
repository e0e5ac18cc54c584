import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Top of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * The Node 24 that comes with the development dependencies; the one that runs this, if it is new enough and that is missing.
 * Everything but the launchers runs on it: they start on whatever Node the user has.
 */
export function nodeRuntime() {
  const own = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(own) ? own : process.execPath
}

/** One line of assets/locales/<language>/launch.json. The launchers speak before any package is installed. */
export function launchText(key, params = {}) {
  const wanted = process.env.LC_ALL ?? process.env.LANG ?? Intl.DateTimeFormat().resolvedOptions().locale
  const language = /^zh/i.test(wanted) ? 'zh-CN' : 'en'
  const texts = JSON.parse(readFileSync(join(ROOT, 'assets', 'locales', language, 'launch.json'), 'utf8'))
  return String(texts[key]).replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name]))
}
