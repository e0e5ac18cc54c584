import { join } from 'node:path'
import { app, dialog, Menu, nativeTheme, session, type BrowserWindow } from 'electron'
import type { TFunction } from 'i18next'
import { processIo } from '../cli/process-io.ts'
import type * as commandLine from '../cli/underplan.ts'
import { startHost } from '../handlers/host.ts'
import { defaultDataFolder, defaultProjectsFolder } from '../services/host/app-folders.ts'
import { openHostLog } from '../services/host/host-log.ts'
import { loadMessages, systemLanguage, type Language } from '../services/messages.ts'
import { builtPages } from '../services/host/page-files.ts'
import { openAppWindow } from './app-window.ts'
import { guardSession } from './guards.ts'
import { menuTemplate } from './menu.ts'
import { createNativePicker } from './native-picker.ts'
import { projectIn } from './opened-file.ts'
import { printInWindow } from './print-in-window.ts'
import { declarePageScheme, servePages } from './page-protocol.ts'

const dataFolder = defaultDataFolder()
const log = openHostLog(dataFolder)

/** Before Electron is ready: what must be decided before any process of it starts. */
function prepare(): boolean {
  app.setPath('userData', join(dataFolder, 'electron'))
  if (process.platform === 'win32') app.setAppUserModelId('org.underplan.app')
  app.enableSandbox()
  declarePageScheme()
  return app.requestSingleInstanceLock()
}

async function run(): Promise<void> {
  let window: BrowserWindow | null = null
  let t!: TFunction // set by followPreferences, before there is a window to speak from
  let language: Language | null = null
  const host = startHost({
    host: 'electron',
    paths: { dataFolder, projectsFolder: defaultProjectsFolder() },
    log,
    printPdf: printInWindow,
    picker: tickets => createNativePicker(tickets, defaultProjectsFolder(), () => window, () => t),
  })
  const openFile = (path: string | null) => {
    if (path === null) return
    // The first window finds it open; one that is there already is told.
    if (window !== null || !host.openAhead(path)) host.command('file.open', host.session.tickets.issue(path, 'open_project'))
  }
  // A Mac says which file was opened before it is ready, and again while running.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openFile(path)
  })
  openFile(projectIn(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()))

  /** What Electron itself draws follows the user's language and theme. */
  const followPreferences = async () => {
    const { language: chosen, theme } = host.session.preferences.get()
    nativeTheme.themeSource = theme
    const wanted = chosen ?? systemLanguage(app.getLocale())
    if (wanted === language) return
    language = wanted
    t = await loadMessages(wanted)
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(t, process.platform, action => host.command(action, null))))
  }
  host.session.preferences.onChange(() => void followPreferences())

  await app.whenReady()
  guardSession(session.defaultSession, log)
  servePages(builtPages())
  await followPreferences()
  const show = () => {
    window = openAppWindow(host, log, () => t)
    window.once('closed', () => (window = null))
  }
  show()

  app.on('second-instance', (_, argv, folder) => {
    openFile(projectIn(argv.slice(1), folder))
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (window === null) show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('child-process-gone', (_, details) => log(`${details.type} process ended: ${details.reason}`))
  let isClosed = false
  app.on('will-quit', event => {
    if (isClosed) return
    event.preventDefault()
    // The project is closed cleanly first; every edit is on disk already.
    void host.close().catch(cause => log('closing failed', cause)).finally(() => {
      isClosed = true
      app.quit()
    })
  })
}

function fail(cause: unknown): void {
  log('main process failed', cause)
  dialog.showErrorBox('Underplan', cause instanceof Error ? cause.message : String(cause))
  app.exit(1)
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
/** `underplan --cli <command> …`: the command line of design §8 in the packaged app, without a window. */
async function runCommandLine(args: readonly string[]): Promise<void> {
  // A bundle of its own: the app starts without it.
  const bundle = new URL('./underplan.mjs', import.meta.url).href
  const { runCli } = (await import(bundle)) as typeof commandLine
  app.exit(await runCli(args, processIo()))
}

const cliAt = process.argv.indexOf('--cli')
// Not awaited: Electron is ready only after this module has been evaluated.
if (cliAt > 0) void runCommandLine(process.argv.slice(cliAt + 1)).catch(fail)
else if (prepare()) void run().catch(fail)
else app.quit()
