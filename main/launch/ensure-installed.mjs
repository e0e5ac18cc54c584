import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { launchText, ROOT } from './node-runtime.mjs'

const OLDEST_NODE = 18
const STAMP = join(ROOT, 'node_modules/.cache/underplan/installed-from')

/**
 * Makes node_modules what package-lock.json says, by `npm ci` where it is not. Electron's program is not fetched here:
 * only Electron itself needs it, and start.mjs tries it when it does.
 * @param say where the one line about it goes; standard error for commands whose output is read by programs.
 */
export function ensureInstalled(say = console.log) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) throw new Error(launchText('oldNode', { version: process.versions.node }))
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  const stamp = createHash('sha256').update(lock).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return
  if (!isInstalledAs(JSON.parse(lock.toString('utf8')))) {
    say(launchText('installing'))
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }
    // npm's output is not ours to put on standard output.
    const run = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT, env, stdio: ['ignore', 2, 2] })
    if (run.status !== 0) throw new Error(launchText('installFailed'))
  }
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, stamp)
}

/** Whether npm has already put there what the lock says: someone ran `npm install` themselves. */
function isInstalledAs(lock) {
  let installed
  try {
    installed = JSON.parse(readFileSync(join(ROOT, 'node_modules/.package-lock.json'), 'utf8')).packages
  } catch {
    return false
  }
  // Optional packages are those of other systems: npm leaves them out.
  return Object.entries(lock.packages).every(([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version)
}

function runNpm(args, options) {
  // `npm start` says where its npm is; that also avoids npm.cmd, which Node starts only through a shell.
  const npm = process.env.npm_execpath
  return npm?.endsWith('.js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}
