import { spawn } from 'node:child_process'
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

/** Where the person who typed the command stands: npm runs scripts at the top of the repository, whatever the folder. */
export function callerFolder() {
  const isRunByNpm = ['start', 'underplan'].includes(process.env.npm_lifecycle_event ?? '') && process.cwd() === ROOT
  return (isRunByNpm && process.env.INIT_CWD) || process.cwd()
}

/** Runs a program to its end with our own input and output; a signal to us is the program's to act on. @returns its exit code. */
export function runToEnd(command, args) {
  const child = spawn(command, args, { stdio: 'inherit', cwd: callerFolder() })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 2))
  })
}
