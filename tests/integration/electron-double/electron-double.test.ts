import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/contract/contract.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const isBuilt = ['dist/main/electron-main.mjs', 'dist/main/preload.cjs', 'dist/renderer/index.html'].every(file => existsSync(join(REPOSITORY, file)))

interface MenuEntry { readonly id?: string; readonly label?: string; readonly role?: string; readonly type?: string; readonly accelerator?: string; readonly registerAccelerator?: boolean; readonly submenu?: readonly MenuEntry[] }
interface Answer { readonly status: number; readonly length: number; readonly headers: Record<string, string> }
interface Facts {
  readonly appCalls: string[]
  readonly schemes: unknown
  readonly openFilePrevented: boolean
  readonly window: { readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }; readonly calls: string[] }
  readonly shownWhenReady: boolean
  readonly menu: MenuEntry[]
  readonly menuInChinese: MenuEntry[]
  readonly protocol: { readonly page: Answer; readonly missing: Answer; readonly above: Answer; readonly otherHost: Answer; readonly post: Answer }
  readonly calls: Record<string, string>
  readonly callsWithProject: unknown
  readonly dialogs: { readonly title: string; readonly properties: string[]; readonly filters: { readonly extensions: string[] }[] }[]
  readonly [fact: string]: unknown
}

const drive = (env: Record<string, string>) => {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, 'drive.ts')], { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 120_000, maxBuffer: 1 << 26 })
  if (run.status !== 0) throw new Error(`drive.ts ended with ${run.status}: ${run.stderr}`)
  return JSON.parse(run.stdout) as Facts
}

/** The bundles as they ship, run in a process of their own under a double of the electron module. */
describe.skipIf(!isBuilt)('Electron’s main and preload bundles', () => {
  let folder: string
  let facts: Facts
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'underplan-electron-'))
    facts = drive({ UNDERPLAN_DATA: folder, DOUBLE_LOCALE: 'en-GB' })
  }, 150_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('decide before Electron is ready: sandbox for all, one instance, data below our folder', () => {
    expect(facts.appCalls).toContain('enableSandbox')
    expect(facts.appCalls).toContain('requestSingleInstanceLock')
    expect(facts.appCalls).toContain(`setPath userData ${join(folder, 'electron')}`)
  })

  it('leave at once where another instance runs', () => {
    expect(drive({ UNDERPLAN_DATA: folder, DOUBLE_SECOND_INSTANCE: '1' })).toMatchObject({ windows: 0, appCalls: expect.arrayContaining(['quit']) as unknown })
  })

  it('run the command line without a window, with its exit code', () => {
    const cli = (...args: string[]) => spawnSync(process.execPath, [join(import.meta.dirname, 'drive.ts'), '--cli', ...args], { env: { ...process.env, UNDERPLAN_DATA: folder, LC_ALL: 'en_GB' }, encoding: 'utf8', timeout: 60_000 })
    expect(cli('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('import') as unknown })
    const failed = cli('info', join(folder, 'gone.gpkg'))
    expect(failed).toMatchObject({ status: 2, stdout: '' })
    expect(failed.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('make the page’s scheme a secure origin that bypasses no policy', () => {
    expect(facts.schemes).toEqual([{ scheme: 'underplan', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
  })

  it('open one window on the page: sandboxed, isolated, without Node', () => {
    expect(facts.window.options.webPreferences).toEqual({
      preload: join(REPOSITORY, 'dist/main/preload.cjs'), sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, allowRunningInsecureContent: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false,
    })
    expect(facts.window.calls).toContain('loadURL underplan://app/')
    expect(facts.window.options['show']).toBe(false)
    expect(facts.shownWhenReady).toBe(true)
  })

  it('serve the page with its policy, and nothing beside it', () => {
    const { page, missing, above, otherHost, post } = facts.protocol
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' } })
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    expect(page.headers['content-security-policy']).toContain("connect-src 'self';")
    for (const refused of [missing, above, otherHost, post]) expect(refused).toMatchObject({ status: 404, length: 0 })
  })

  it('deny navigation, frames, redirects, webviews and windows', () => {
    expect(facts['navigation']).toEqual({ elsewhere: 'denied', file: 'denied', otherPage: 'denied', reload: 'allowed', frame: 'denied', redirect: 'denied', webview: 'denied', opened: { action: 'deny' } })
    expect(facts['secondWindows']).toEqual({
      plan: { action: 'allow', overrideBrowserWindowOptions: { autoHideMenuBar: true, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false, spellcheck: false } } },
      otherName: { action: 'deny' }, otherPage: { action: 'deny' }, navigation: 'denied', redirect: 'denied', frame: 'denied', opened: { action: 'deny' },
    })
  })

  it('deny every permission but writing a picture to the clipboard', () => {
    const { 'clipboard-sanitized-write': clipboard, ...others } = facts['permissions'] as Record<string, unknown>
    expect(clipboard).toEqual([true, true])
    for (const [name, answer] of Object.entries(others)) expect(answer, name).toEqual([false, false])
    expect(facts['permissionElsewhere']).toEqual([false, false])
    expect(facts['device']).toBe(false)
  })

  it('keep off the network', () => {
    const requests = facts['requests'] as Record<string, { cancel: boolean }>
    const allowed = Object.entries(requests).filter(([, answer]) => !answer.cancel).map(([url]) => url)
    expect(allowed).toEqual(['underplan://app/', 'blob:underplan://app/1', 'data:,x'])
    expect(facts['downloads']).toEqual({ picture: true, elsewhere: false })
  })

  it('expose one bridge of two functions to the page', () => {
    expect(facts['exposed']).toEqual({ underplanBridge: ['onMessage', 'post'] })
  })

  it.each(Object.keys(contract))('serve %s', name => {
    const entry = contract[name as keyof typeof contract]
    const served = ['value', 'no_project', 'file_gone', ...entry.errors]
    expect(served).toContain(facts.calls[name])
  })

  it('open the sample city and carry its columns', () => {
    expect(facts.calls['project.openSample']).toBe('value')
    expect(facts.callsWithProject).toEqual({ columns: 'value', info: 'value' })
    expect(facts['faults']).toEqual([])
  })

  it('hand on what the menu, the desktop and a second start ask for', () => {
    const ticket = expect.stringMatching(/^[\w-]{16,64}$/) as unknown
    expect(facts['started']).toEqual({ opened: null, toOpen: ticket })
    expect(facts['commands']).toEqual([{ action: 'view.fit', ticket: null }, { action: 'file.open', ticket }])
    expect(facts.openFilePrevented).toBe(true)
    expect(facts['focused']).toBe(true)
  })

  it('turn native dialogs into tickets, and add the extension a name lacks', () => {
    expect(facts['picked']).toEqual(['opened.gpkg', '方案.gpkg'])
    const save = facts.dialogs.at(-1)!
    expect(save.properties).toContain('showOverwriteConfirmation')
    expect(save.filters[0]?.extensions).toEqual(['gpkg'])
  })

  it('draw dialogs and menus in the user’s theme', () => {
    expect(facts['nativeTheme']).toBe('light') // as SAMPLE_INPUTS set it
  })

  it('hear no frame but the main one on our origin', () => {
    expect(facts['themeAfterForeignFrames']).toBe('light') // as SAMPLE_INPUTS set it
    expect(facts['noStrayCommands']).toBe(true)
  })

  it('offer a reload after a crash of the page, and end cleanly with the window’s place kept', () => {
    expect(facts['crashBoxes']).toEqual(['窗口已停止工作。'])
    expect(facts['windowState']).toEqual({ x: 10, y: 20, width: 1200, height: 800, isMaximized: false })
  })

  describe('the menu', () => {
    const items = (menu: readonly MenuEntry[]) => menu.flatMap(entry => entry.submenu ?? []).filter(item => item.type !== 'separator')

    it('is there in both languages, item by item', () => {
      const [english, chinese] = [items(facts.menu), items(facts.menuInChinese)]
      expect(chinese.map(item => item.id ?? item.role)).toEqual(english.map(item => item.id ?? item.role))
      for (const item of english) expect(item.label, item.id).toMatch(/^[\x20-\x7e…]+$|^中文$/)
      const alike = new Set(['view.toggleLanguage', 'help.about', 'hide'])
      for (const item of chinese) if (!alike.has(item.id ?? item.role ?? '')) expect(item.label).toMatch(/\p{Script=Han}/u)
    })

    it('has the actions of the job', () => {
      const ids = items(facts.menu).map(item => item.id)
      for (const id of ['file.new', 'file.open', 'file.save', 'file.saveAs', 'file.import', 'edit.undo', 'edit.redo', 'view.fit', 'view.top', 'view.below', 'view.toggleTheme', 'tools.newPipeline', 'check.run', 'help.about', 'help.aboutData']) {
        expect(ids).toContain(id)
      }
    })

    it('shows keys without taking them from the page', () => {
      const withKeys = items(facts.menu).filter(item => item.accelerator !== undefined)
      expect(withKeys.length).toBeGreaterThan(5)
      for (const item of withKeys) expect(item.registerAccelerator).toBe(false)
    })
  })
})
