/** `npm run underplan -- <command>`: the command line, from its sources, on the Node that comes with the packages. */
import { join } from 'node:path'
import { ensureInstalled } from './ensure-installed.mjs'
import { nodeRuntime, ROOT, runToEnd } from './node-runtime.mjs'

try {
  ensureInstalled(line => console.error(line))
  process.exitCode = await runToEnd(nodeRuntime(), [join(ROOT, 'main/cli/underplan.ts'), ...process.argv.slice(2)])
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 2
}
