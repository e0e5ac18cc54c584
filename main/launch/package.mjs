/** `npm run package [-- --linux|--win|--mac …]`: the installers of this system, by electron-builder.yml. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'
import { nodeRuntime, ROOT } from './node-runtime.mjs'

ensureInstalled()
await build({ onlyStale: true })
const builder = join(ROOT, 'node_modules/electron-builder/cli.js')
const run = spawnSync(nodeRuntime(), [builder, '--config', join(ROOT, 'electron-builder.yml'), '--publish', 'never', ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' })
process.exitCode = run.status ?? 1
