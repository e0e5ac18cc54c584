import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { webSocketTransport } from '#renderer/host/web-socket.ts'
import { createClient } from '#shared/contract/client.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'
import { pageSocket } from '#tests/contract/transports.ts'

vi.mock('electron', () => import('#tests/builders/electron-double.ts'))

const REPOSITORY = join(import.meta.dirname, '../..')
const WEB_HOST = join(REPOSITORY, 'dist/main/web-host.mjs')
const canRun = existsSync(WEB_HOST) && existsSync(join(REPOSITORY, 'dist/renderer/index.html')) && process.platform !== 'win32'

interface Running { readonly child: ChildProcess; readonly printed: () => { out: string; err: string }; readonly exit: Promise<number | null> }

function start(args: readonly string[], env: Record<string, string | undefined> = {}): Running {
  const child = spawn(process.execPath, [WEB_HOST, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'en_GB', DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => (out += text))
  child.stderr.setEncoding('utf8').on('data', text => (err += text))
  return { child, printed: () => ({ out, err }), exit: new Promise(resolve => child.once('exit', resolve)) }
}

const addressIn = ({ printed }: Running) => vi.waitFor(() => {
  const address = /^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/m.exec(printed().out)
  expect(address, printed().err).not.toBeNull()
  return new URL(address![0])
}, { timeout: 10_000 })

function clientAt(address: URL) {
  const original = globalThis.WebSocket
  globalThis.WebSocket = function (url: string, protocols: string[]) {
    return pageSocket(url, protocols)
  } as unknown as typeof WebSocket
  const client = createClient(webSocketTransport(`ws://${address.host}/socket`, address.hash.replace('#token=', '')), () => undefined)
  onTestFinished(() => {
    client.close()
    globalThis.WebSocket = original
  })
  return client
}

describe.skipIf(!canRun)('the built loopback host', () => {
  it('prints an address that opens, without a display, and ends cleanly when told to', async () => {
    const data = temporaryFolder()
    const host = start(['--data', data, '--workspace', temporaryFolder()])
    const address = await addressIn(host)
    expect(await fetch(`http://${address.host}/`).then(response => response.text())).toContain('<div id="root">')
    const client = clientAt(address)
    await vi.waitFor(async () => expect(await client.call('app.info', {})).toMatchObject({ host: 'web', capabilities: { browsePicker: true, nativePicker: false } }))
    await client.call('files.upload', { upload: null, name: 'a.json', offset: 0, totalBytes: 2, bytes: new Uint8Array(1) })
    expect(readdirSync(join(data, 'uploads'))).toHaveLength(1)
    host.child.kill('SIGTERM')
    expect(await host.exit).toBe(0)
    expect(readdirSync(join(data, 'uploads'))).toEqual([])
    expect(host.printed().err).toBe('')
  })

  it('hands a project named at the start to the first window', async () => {
    const work = temporaryFolder()
    writeFileSync(join(work, '江北 方案.gpkg'), '')
    const host = start(['--data', temporaryFolder(), join(work, '江北 方案.gpkg')])
    const client = clientAt(await addressIn(host))
    await vi.waitFor(async () => expect(await client.call('project.current', {})).toMatchObject({ opened: null, toOpen: expect.any(String) as unknown }))
  })

  it('offers only what is in the workspaces it was given', async () => {
    const work = temporaryFolder()
    mkdirSync(join(work, 'inner'))
    writeFileSync(join(work, 'net.geojson'), '{}')
    const client = clientAt(await addressIn(start(['--data', temporaryFolder(), '--workspace', work])))
    await vi.waitFor(() => client.call('app.info', {}))
    const page = await client.call('files.browse', { folder: null, purpose: 'import' })
    expect(page.parent).toBeNull()
    expect(page.entries.map(entry => entry.name)).toEqual(['inner', 'net.geojson'])
    await expect(client.call('files.pick', { purpose: 'import' })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it.each([
    [['gone.gpkg'], 'is not a file'], [['--port', 'x'], '--port'], [['--port', '70000'], '--port'], [['--unknown'], '--unknown'],
  ])('says in one line why it cannot start: %j', async (args, reason) => {
    const host = start(['--data', temporaryFolder(), ...args])
    expect(await host.exit).toBe(2)
    expect(host.printed()).toMatchObject({ out: '', err: expect.stringContaining(reason) as unknown })
    expect(host.printed().err.trim().split('\n')).toHaveLength(1)
  })

  it('says that its port is taken', async () => {
    const first = await addressIn(start(['--data', temporaryFolder()]))
    const second = start(['--data', temporaryFolder(), '--port', first.port])
    expect(await second.exit).toBe(2)
    expect(second.printed().err).toContain(first.port)
  })

  /** A program that is started as the browser would be, opens the page's socket, and closes it when told. */
  function fakeBrowser(script: string): { path: string; arguments: () => string[] } {
    const folder = temporaryFolder()
    const path = join(folder, 'browser')
    writeFileSync(path, `#!${process.execPath}\nconst fs = require('node:fs')\nfs.writeFileSync(${JSON.stringify(join(folder, 'args'))}, process.argv.slice(2).join('\\n'))\n${script}`)
    chmodSync(path, 0o755)
    return { path, arguments: () => readFileSync(join(folder, 'args'), 'utf8').split('\n') }
  }
  const OPEN_FOR_A_MOMENT = `
    const { WebSocket } = require(${JSON.stringify(join(REPOSITORY, 'node_modules/ws'))})
    const url = new URL(process.argv.find(arg => arg.startsWith('--app=')).slice(6))
    const socket = new WebSocket('ws://' + url.host + '/socket', ['underplan.1', 'token.' + url.hash.slice(7)], { origin: url.origin })
    socket.on('open', () => setTimeout(() => socket.close(), 300))`

  it('opens the browser in a window and a profile of its own, and ends after its last window', async () => {
    const data = temporaryFolder()
    const browser = fakeBrowser(OPEN_FOR_A_MOMENT)
    const host = start(['--data', data], { DISPLAY: ':99', UNDERPLAN_BROWSER: browser.path })
    expect(await host.exit).toBe(0)
    expect(host.printed().out).toBe(`Opening Underplan in a window of ${browser.path}.\n`)
    const args = browser.arguments()
    expect(args).toContain(`--user-data-dir=${join(data, 'browser')}`)
    expect(args.filter(arg => arg.startsWith('--app=http://127.0.0.1:'))).toHaveLength(1)
    expect(args.includes('--no-sandbox')).toBe(process.getuid?.() === 0)
  })

  it('prints the address and serves on where the browser fails', async () => {
    const host = start(['--data', temporaryFolder()], { DISPLAY: ':99', UNDERPLAN_BROWSER: fakeBrowser('process.exit(3)').path })
    const address = await addressIn(host)
    expect((await fetch(`http://${address.host}/`)).status).toBe(200)
  })
})
