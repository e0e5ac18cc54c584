import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { launchText, nodeRuntime, ROOT } from './node-runtime.mjs'

const PACKAGE = join(ROOT, 'node_modules/electron')
const FAILED = join(ROOT, 'node_modules/.cache/underplan/electron-not-had')
const REACH_SECONDS = 20
const FETCH_MINUTES = 5
const DAY_MS = 86_400_000

/** Electron's executable where it is there or can be fetched; else null, and for a day it is not tried again. */
export async function electronBinary() {
  const present = installedBinary()
  if (present) return present
  if (existsSync(FAILED) && Date.now() - statSync(FAILED).mtimeMs < DAY_MS) return null
  console.log(launchText('electronFetch', { seconds: REACH_SECONDS }))
  if (await canReach()) {
    spawnSync(nodeRuntime(), [join(PACKAGE, 'install.js')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'ignore'], timeout: FETCH_MINUTES * 60_000 })
    const fetched = installedBinary()
    if (fetched) {
      rmSync(FAILED, { force: true })
      return fetched
    }
  }
  mkdirSync(dirname(FAILED), { recursive: true })
  writeFileSync(FAILED, '')
  return null
}

function installedBinary() {
  try {
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(PACKAGE, 'dist'), readFileSync(join(PACKAGE, 'path.txt'), 'utf8'))
    return existsSync(path) ? path : null
  } catch {
    return null // never fetched
  }
}

/** A network that swallows connections must not hold the start up; one that answers gets the time a download takes. */
async function canReach() {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases'
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(REACH_SECONDS * 1000) })
    return true
  } catch {
    return false
  }
}
