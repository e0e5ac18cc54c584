import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const { isFresh } = (await import(join(REPOSITORY, 'main/launch/build.mjs'))) as { isFresh(part: 'main' | 'renderer'): boolean }
const launcher = (name: string) => join(REPOSITORY, 'main/launch', `${name}.mjs`)

// A stale build would be made anew, under the feet of the tests that run beside this one.
describe.skipIf(!isFresh('main') || !isFresh('renderer') || process.platform === 'win32')('npm start', () => {
  it('prints the address without a display, serves, and ends with the launcher', async () => {
    const child = spawn(process.execPath, [launcher('start'), '--no-browser', '--data', temporaryFolder()], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LC_ALL: 'en_GB' } })
    onTestFinished(() => void child.kill('SIGKILL'))
    const printed = await new Promise<string>(resolve => {
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
        if (/#token=[\w-]+\n/.test(out)) resolve(out)
      })
    })
    expect(printed.trim().split('\n')).toHaveLength(2)
    const address = new URL(/http:\S+/.exec(printed)![0])
    expect((await fetch(`http://${address.host}/`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await new Promise(resolve => child.once('exit', resolve))).toBe(0)
    await expect(fetch(`http://${address.host}/`)).rejects.toThrow()
  })

  it('says in one line what is wrong with its arguments', () => {
    const run = spawnSync(process.execPath, [launcher('start'), '--no-browser', join(temporaryFolder(), 'gone.gpkg')], { encoding: 'utf8', timeout: 30_000, env: { ...process.env, LC_ALL: 'en_GB' } })
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('npm run underplan', () => {
  const underplan = (args: readonly string[], more: { cwd?: string; env?: Record<string, string> } = {}) =>
    spawnSync(process.execPath, [launcher('underplan'), ...args], { encoding: 'utf8', timeout: 30_000, cwd: more.cwd ?? REPOSITORY, env: { ...process.env, LC_ALL: 'en_GB', ...more.env } })

  it('hands on arguments, output and exit code', () => {
    expect(underplan(['--help'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('import') as unknown })
    expect(underplan(['no-such-command'])).toMatchObject({ status: 2, stdout: '' })
  })

  it('reads files from where the person stands, not from the repository', () => {
    const folder = join(temporaryFolder(), 'a folder 目录')
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine.gpkg'), 'not a project')
    const run = underplan(['info', 'mine.gpkg'], { env: { npm_lifecycle_event: 'underplan', INIT_CWD: folder } })
    expect(run.status).toBe(2)
    expect(run.stderr).toEqual(underplan(['info', join(folder, 'mine.gpkg')]).stderr.replaceAll(`${folder}/`, ''))
    expect(run.stderr).not.toEqual(underplan(['info', 'gone.gpkg']).stderr)
  })
})
