/**
 * `npm test [-- filter …]`: sets itself up on a fresh clone (packages, a browser and GDAL where Debian lets us), builds,
 * runs vitest, and ends with exactly `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../main/launch/build.mjs'
import { ensureInstalled } from '../main/launch/ensure-installed.mjs'
import { nodeRuntime, ROOT } from '../main/launch/node-runtime.mjs'

/** Debian packages: what a test needs of them, and how to see that it is there. */
const SYSTEM_PACKAGES = [
  { name: 'chromium', isThere: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/microsoft-edge'].some(existsSync) || Boolean(process.env.UNDERPLAN_BROWSER) },
  { name: 'gdal-bin', isThere: () => existsSync('/usr/bin/ogrinfo') },
  { name: 'poppler-utils', isThere: () => existsSync('/usr/bin/pdftotext') },
  { name: 'libxml2-utils', isThere: () => existsSync('/usr/bin/xmllint') },
  { name: 'fonts-noto-cjk', isThere: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc') },
]

function installSystemPackages() {
  const isDebianRoot = process.platform === 'linux' && process.getuid() === 0 && existsSync('/usr/bin/apt-get')
  const missing = SYSTEM_PACKAGES.filter(entry => !entry.isThere()).map(entry => entry.name)
  if (!isDebianRoot || missing.length === 0) return
  console.log(`Installing ${missing.join(', ')} …`)
  const apt = args => spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  if (!apt(install) && !(apt(['update']) && apt(install))) console.log('They could not be installed: the tests that need them are skipped.')
}

function runVitest(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'underplan-tests-'))
  const report = join(folder, 'report.json')
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const run = spawnSync(nodeRuntime(), [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...filters], { cwd: ROOT, stdio: 'inherit' })
  const counts = existsSync(report) ? countsOf(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 }
  rmSync(folder, { recursive: true, force: true })
  // An error outside any test (an unhandled rejection, say) fails the run, and so must count.
  return run.status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** A file that could not even be loaded has no tests to count: it is one failure. */
function countsOf(report) {
  const broken = report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken, skipped: report.numPendingTests + report.numTodoTests }
}

let counts
try {
  ensureInstalled()
  installSystemPackages()
  await build({ onlyStale: true })
  counts = runVitest(process.argv.slice(2))
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause)
  counts = { passed: 0, failed: 1, skipped: 0 }
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = counts.failed > 0 ? 1 : 0
