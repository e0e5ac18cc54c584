/**
 * `npm start [-- project.gpkg] [--workspace DIR] [--port N] [--no-browser] [--web]`: from a fresh clone to a window.
 * Electron where its program is there or can be had; else the installed browser on the loopback host.
 */
import { join } from 'node:path'
import { build } from './build.mjs'
import { electronBinary } from './electron-binary.mjs'
import { ensureInstalled } from './ensure-installed.mjs'
import { launchText, nodeRuntime, ROOT, runToEnd } from './node-runtime.mjs'

/** What only the loopback host understands. */
const WEB_ONLY = ['--web', '--no-browser', '--port', '--workspace', '--data', '--help', '-h']

async function start(args) {
  ensureInstalled()
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  const wantsWeb = args.some(arg => WEB_ONLY.some(flag => arg === flag || arg.startsWith(`${flag}=`)))
  const electron = hasDisplay && !wantsWeb ? await electronBinary() : null
  await build({ onlyStale: true })
  if (electron) {
    console.log(launchText('electron'))
    // Chromium's sandbox cannot be set up by root; an ordinary user keeps it.
    const isRoot = process.platform === 'linux' && process.getuid() === 0
    return runToEnd(electron, [ROOT, ...(isRoot ? ['--no-sandbox'] : []), ...args])
  }
  if (hasDisplay && !wantsWeb) console.log(launchText('noElectron'))
  return runToEnd(nodeRuntime(), [join(ROOT, 'dist/main/web-host.mjs'), ...args.filter(arg => arg !== '--web')])
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 2
}
