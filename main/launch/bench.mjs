/** `npm run bench [-- --quick --json FILE]`: the measurements of tests/bench, on the Node that comes with the packages. */
import { join } from 'node:path'
import { ensureInstalled } from './ensure-installed.mjs'
import { nodeRuntime, ROOT, runToEnd } from './node-runtime.mjs'

/** The city of a million segments needs some 2 GB as plain records. */
const HEAP_MB = 8192

try {
  ensureInstalled(line => console.error(line))
  process.exitCode = await runToEnd(nodeRuntime(), [`--max-old-space-size=${HEAP_MB}`, join(ROOT, 'tests/bench/run.ts'), ...process.argv.slice(2)])
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = 2
}
