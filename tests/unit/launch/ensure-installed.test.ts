import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const LOCK = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-on-windows': { version: '2.0.0', optional: true } } }

/** A clone with nothing in it but the launchers, and an npm that writes down how it was called. */
function clone(npm = 'process.exit(0)') {
  const folder = temporaryFolder()
  cpSync(join(REPOSITORY, 'main/launch'), join(folder, 'main/launch'), { recursive: true })
  for (const language of ['en', 'zh-CN']) cpSync(join(REPOSITORY, `assets/locales/${language}/launch.json`), join(folder, `assets/locales/${language}/launch.json`))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCK))
  const calls = join(folder, 'npm-calls')
  writeFileSync(join(folder, 'npm.js'), `require('node:fs').appendFileSync(${JSON.stringify(calls)}, process.argv.slice(2).join(' ') + ' electron=' + process.env.ELECTRON_SKIP_BINARY_DOWNLOAD + '\\n')\n${npm}`)
  const module = pathToFileURL(join(folder, 'main/launch/ensure-installed.mjs')).href
  return {
    folder,
    install(language = 'en_GB') {
      const script = `import(${JSON.stringify(module)}).then(m => m.ensureInstalled()).catch(cause => { console.error(cause.message); process.exit(2) })`
      const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...process.env, npm_execpath: join(folder, 'npm.js'), LC_ALL: language } })
      return { status: run.status, out: run.stdout, err: run.stderr }
    },
    npmCalls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
  }
}

describe('installing on the first start', () => {
  it('runs npm ci once, without Electron’s program, and says so in one line', () => {
    const fresh = clone()
    expect(fresh.install()).toMatchObject({ status: 0, out: expect.stringMatching(/^Installing packages.*\n$/) as unknown })
    expect(fresh.install()).toEqual({ status: 0, out: '', err: '' })
    expect(fresh.npmCalls()).toEqual(['ci --no-audit --no-fund --loglevel=error electron=1'])
  })

  it('runs it again when the lock changes', () => {
    const fresh = clone()
    fresh.install()
    writeFileSync(join(fresh.folder, 'package-lock.json'), JSON.stringify({ packages: { ...LOCK.packages, 'node_modules/b': { version: '1.0.0' } } }))
    fresh.install()
    expect(fresh.npmCalls()).toHaveLength(2)
  })

  it.each([
    ['leaves alone what npm install has put there', '1.0.0', 0], ['replaces another version', '1.0.1', 1],
  ])('%s', (_, version, calls) => {
    const fresh = clone()
    mkdirSync(join(fresh.folder, 'node_modules'))
    writeFileSync(join(fresh.folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { 'node_modules/a': { version } } }))
    expect(fresh.install().status).toBe(0)
    expect(fresh.npmCalls()).toHaveLength(calls)
  })

  it('says what to do when npm fails, in the language of the system, and tries again next time', () => {
    const broken = clone('process.exit(1)')
    expect(broken.install()).toMatchObject({ status: 2, err: expect.stringContaining('network') as unknown })
    expect(broken.install('zh_CN.UTF-8')).toMatchObject({ status: 2, err: expect.stringContaining('网络') as unknown })
    expect(broken.npmCalls()).toHaveLength(2)
  })
})
