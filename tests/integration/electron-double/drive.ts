/**
 * Runs the built main and preload bundles under the double of the `electron` module, does what the system and the user
 * would do, and writes what happened to standard output as JSON. The test reads it; nothing is judged here.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { CallFailure } from '#shared/contract/call-failure.ts'
import { createClient } from '#shared/contract/client.ts'
import type { CallInput, CallName } from '#shared/contract/contract.ts'
import { encodeFrame } from '#shared/contract/wire.ts'
import { electronTransport, type UnderplanBridge } from '#renderer/host/electron-bridge.ts'
import type * as electronDouble from '#tests/builders/electron-double.ts'
import { SAMPLE_INPUTS } from './sample-inputs.ts'

const doubleUrl = new URL('../../builders/electron-double.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: doubleUrl, format: 'module-typescript', shortCircuit: true } : next(specifier, context)),
})
const double = (await import(doubleUrl)) as typeof electronDouble
const { answers, app, frameAt, nativeTheme, page, protocolHandlers, recorded, session, sessionHandlers, WebContentsDouble } = double
/** The bundles of the repository, or those of an unpacked app. */
const bundles = process.env['DOUBLE_BUNDLES'] ? pathToFileURL(`${process.env['DOUBLE_BUNDLES']}/`) : new URL('../../../dist/main/', import.meta.url)
const dataFolder = process.env['UNDERPLAN_DATA']!

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (isSo()) return
    await pause(20)
  }
  throw new Error(`waited in vain for ${what}; log: ${existsSync(join(dataFolder, 'logs/host.log')) ? readFileSync(join(dataFolder, 'logs/host.log'), 'utf8') : 'none'}`)
}

await import(new URL('electron-main.mjs', bundles).href)
if (process.argv.includes('--cli')) await pause(60_000) // the app ends the process
if (process.env['DOUBLE_SECOND_INSTANCE'] !== undefined) {
  await pause(200)
  process.stdout.write(JSON.stringify({ appCalls: recorded.appCalls, windows: recorded.windows.length }))
  process.exit(0)
}
// The desktop opened a file before the app was ready.
mkdirSync(dataFolder, { recursive: true })
const opened = join(dataFolder, 'opened.gpkg')
writeFileSync(opened, '')
let isPrevented = 0
const event = () => ({ preventDefault: () => void isPrevented++ })
app.emit('open-file', event(), opened)
await until(() => recorded.windows.length === 1 && recorded.windows[0]!.calls.length > 0, 'the window')

const window = recorded.windows[0]!
const contents = window.webContents
const facts: Record<string, unknown> = {
  appCalls: [...recorded.appCalls], schemes: recorded.schemes, openFilePrevented: isPrevented === 1,
  window: { options: { ...window.options }, calls: [...window.calls] },
  menu: recorded.menus[0],
}
window.emit('ready-to-show')
facts['shownWhenReady'] = window.calls.includes('show')

// The page's protocol.
const handle = protocolHandlers.get('underplan')!
const fetched = async (url: string, method = 'GET') => {
  const response = await handle(new Request(url, { method }))
  return { status: response.status, headers: Object.fromEntries(response.headers), length: (await response.arrayBuffer()).byteLength }
}
facts['protocol'] = {
  page: await fetched('underplan://app/'), missing: await fetched('underplan://app/nothing.js'), above: await fetched('underplan://app/..%2f..%2fpackage.json'),
  otherHost: await fetched('underplan://other/index.html'), post: await fetched('underplan://app/', 'POST'),
}

// Navigation, windows, permissions, network.
const attempt = (name: string, url: string, more: object = {}) => {
  isPrevented = 0
  contents.emit(name, { ...event(), url, ...more }, url)
  return isPrevented > 0 ? 'denied' : 'allowed'
}
facts['navigation'] = {
  elsewhere: attempt('will-navigate', 'https://example.com/'), file: attempt('will-navigate', 'file:///etc/passwd'), otherPage: attempt('will-navigate', 'underplan://app/other.html'),
  reload: attempt('will-navigate', 'underplan://app/'), frame: attempt('will-frame-navigate', 'https://example.com/', { isMainFrame: false }),
  redirect: attempt('will-redirect', 'https://example.com/'), webview: attempt('will-attach-webview', ''), opened: contents.windowOpenHandler?.({ url: 'https://example.com/', frameName: '' }),
}
// Views in windows of their own: empty pages under our names alone, from which nothing leads on.
const second = new WebContentsDouble()
contents.emit('did-create-window', { webContents: second })
const led = (name: string) => {
  isPrevented = 0
  second.emit(name, { ...event(), url: 'underplan://app/', isMainFrame: true }, 'underplan://app/')
  return isPrevented > 0 ? 'denied' : 'allowed'
}
facts['secondWindows'] = {
  plan: contents.windowOpenHandler?.({ url: 'about:blank', frameName: 'underplan-plan' }), otherName: contents.windowOpenHandler?.({ url: 'about:blank', frameName: 'plan' }),
  otherPage: contents.windowOpenHandler?.({ url: 'https://example.com/', frameName: 'underplan-plan' }), navigation: led('will-navigate'), redirect: led('will-redirect'), frame: led('will-frame-navigate'),
  opened: second.windowOpenHandler?.({ url: 'about:blank', frameName: 'underplan-plan' }),
}
const may = (permission: string, url: string) => {
  let answer: unknown
  ;(sessionHandlers['permissionRequest'] as (contents: unknown, permission: string, answer: (isAllowed: boolean) => void) => void)({ getURL: () => url }, permission, given => (answer = given))
  return [answer, (sessionHandlers['permissionCheck'] as (contents: unknown, permission: string, origin: string) => boolean)(null, permission, url)]
}
facts['permissions'] = Object.fromEntries(
  ['media', 'geolocation', 'notifications', 'midi', 'openExternal', 'clipboard-read', 'fullscreen', 'clipboard-sanitized-write'].map(name => [name, may(name, 'underplan://app/')]),
)
facts['permissionElsewhere'] = may('clipboard-sanitized-write', 'https://example.com/')
facts['device'] = (sessionHandlers['devicePermission'] as () => boolean)()
facts['requests'] = Object.fromEntries(
  ['https://example.com/a', 'http://127.0.0.1:80/', 'ws://example.com/', 'file:///etc/passwd', 'ftp://example.com/', 'underplan://app/', 'blob:underplan://app/1', 'data:,x'].map(url => {
    let answer: unknown
    ;(sessionHandlers['beforeRequest'] as (details: { url: string }, answer: (given: unknown) => void) => void)({ url }, given => (answer = given))
    return [url, answer]
  }),
)
const download = (url: string) => {
  isPrevented = 0
  session.defaultSession.emit('will-download', event(), { getURL: () => url })
  return isPrevented === 0
}
facts['downloads'] = { picture: download('blob:underplan://app/1'), elsewhere: download('https://example.com/a.exe') }

// The page: the preload script's bridge, and every call of the contract over it.
createRequire(import.meta.url)(fileURLToPath(new URL('preload.cjs', bundles)))
facts['exposed'] = Object.fromEntries(Object.entries(recorded.exposed).map(([name, api]) => [name, Object.keys(api as object).toSorted()]))
const bridge = recorded.exposed['underplanBridge'] as UnderplanBridge
const faults: string[] = []
const client = createClient(electronTransport(bridge), what => faults.push(what))
const commands: unknown[] = []
client.on('app.command', payload => commands.push(payload))
facts['started'] = await client.call('project.current', {})

const menuItem = (action: string, menu = recorded.menus.at(-1)!) => menu.flatMap(entry => entry.submenu ?? []).find(item => item.id === action)
menuItem('view.fit')?.click?.()
app.emit('second-instance', {}, ['underplan', '--flag', 'opened.gpkg'], dataFolder)
await until(() => commands.length > 1, 'the commands of menu and second start')
facts['commands'] = commands
facts['focused'] = window.calls.includes('focus')

/** What a call comes to: its value's keys, or the code it is refused with. */
async function outcome<N extends CallName>(name: N, input: CallInput<N>): Promise<string> {
  return client.call(name, input).then(() => 'value', (failure: CallFailure) => failure.code)
}
const calls: Record<string, string> = {}
for (const name of Object.keys(SAMPLE_INPUTS) as CallName[]) calls[name] = await outcome(name, SAMPLE_INPUTS[name])
facts['calls'] = calls
facts['callsWithProject'] = { columns: await outcome('twin.columns', {}), info: await outcome('project.info', {}) }
facts['faults'] = faults

// Native dialogs give tickets.
answers.open = { canceled: false, filePaths: [opened] }
const picked = await client.call('files.pick', { purpose: 'open_project' })
answers.save = { canceled: false, filePath: join(dataFolder, '方案') }
const saved = await client.call('files.pick', { purpose: 'save_project', suggestedName: 'plan.gpkg' })
facts['picked'] = [...picked.files, ...saved.files].map(file => file.name)
facts['dialogs'] = recorded.dialogs

// The user changes the language; frames of others are not heard.
await client.call('preferences.set', { language: 'zh-CN' })
await until(() => recorded.menus.length > 1, 'the menu in Chinese')
facts['menuInChinese'] = recorded.menus.at(-1)
const before = commands.length
for (const url of ['https://example.com/', 'underplan://other/', 'underplan://app/']) {
  page.frame = frameAt(url)
  bridge.post(encodeFrame({ v: 1, type: 'call', id: 9000, name: 'preferences.set', input: { theme: 'dark' } }))
}
await pause(50)
page.frame = null
facts['nativeTheme'] = nativeTheme.themeSource
facts['themeAfterForeignFrames'] = (await client.call('preferences.get', {})).theme
facts['noStrayCommands'] = commands.length === before

// The page crashes; the window closes; the app ends.
contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
await until(() => contents.reloads === 1, 'the reload after a crash')
facts['crashBoxes'] = recorded.boxes
window.close()
app.emit('window-all-closed')
app.emit('will-quit', event())
await until(() => recorded.appCalls.filter(call => call === 'quit').length > 1, 'the end')
facts['windowState'] = JSON.parse(readFileSync(join(dataFolder, 'window.json'), 'utf8'))
process.stdout.write(JSON.stringify(facts, (_, value: unknown) => (typeof value === 'function' ? undefined : value)))
process.exit(0)
