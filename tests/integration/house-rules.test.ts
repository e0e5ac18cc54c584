import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const REPOSITORY = join(import.meta.dirname, '../..')
const DEPCRUISE = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const SLOW = 60_000

let house: string | null = null
afterEach(() => {
  if (house) rmSync(house, { recursive: true, force: true })
  house = null
})

/** Rules broken in a little house of these files, judged by the project's own configuration. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
  house = mkdtempSync(join(tmpdir(), 'underplan-house-'))
  copyFileSync(join(REPOSITORY, '.dependency-cruiser.cjs'), join(house, '.dependency-cruiser.cjs'))
  const all = { 'tests/keep.ts': 'export const kept = 1\n', 'tests/tsconfig.json': '{"compilerOptions":{"module":"ESNext","moduleResolution":"bundler","allowImportingTsExtensions":true,"noEmit":true},"files":["keep.ts"]}', ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(join(house, dirname(name)), { recursive: true })
    writeFileSync(join(house, name), text)
  }
  const report = execFileSync(process.execPath, [DEPCRUISE, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--no-progress', '.'], { cwd: house, encoding: 'utf8', env: { ...process.env, NODE_PATH: join(REPOSITORY, 'node_modules') } })
  const { summary } = JSON.parse(report) as { summary: { totalCruised: number; violations: { rule: { name: string } }[] } }
  // A tool that reads no file reports no violation: that would be no proof.
  expect(summary.totalCruised).toBeGreaterThan(1)
  return [...new Set(summary.violations.map(violation => violation.rule.name))].sort()
}

describe('the import check catches what it is there to catch', () => {
  it('lets a clean house pass', () => {
    expect(brokenRules({ 'shared/core/a.ts': 'export const a = 1\n', 'shared/twin/b.ts': "import { a } from '../core/a.ts'\nexport const b = a\n" })).toEqual([])
  }, SLOW)

  it.each([
    ['shared importing main', { 'main/x.ts': 'export const x = 1\n', 'shared/core/a.ts': "import { x } from '../../main/x.ts'\nexport const a = x\n" }, 'shared-knows-no-side'],
    ['main importing the renderer', { 'renderer/x.ts': 'export const x = 1\n', 'main/a.ts': "import { x } from '../renderer/x.ts'\nexport const a = x\n" }, 'main-not-renderer'],
    ['a folder of shared importing one below it', { 'shared/clearance/x.ts': 'export const x = 1\n', 'shared/twin/a.ts': "import { x } from '../clearance/x.ts'\nexport const a = x\n" }, 'shared-twin-imports-only-above'],
    ['shared using a builtin of Node', { 'shared/core/a.ts': "import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n", 'shared/core/b.ts': 'export const b = 1\n' }, 'shared-no-builtins'],
    ['a circle', { 'shared/core/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n", 'shared/core/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n" }, 'no-circular'],
  ])('%s', (_what, files, rule) => {
    expect(brokenRules(files)).toContain(rule)
  }, SLOW)
})
