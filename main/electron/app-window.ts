import { join } from 'node:path'
import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import type { TFunction } from 'i18next'
import type { Host } from '../handlers/host.ts'
import type { HostLog } from '../services/host/host-log.ts'
import { guardContents } from './guards.ts'
import { serveWindow } from './ipc-host.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

/** `--bg-base` of the two themes (renderer/app/styles/tokens.css): no flash of another colour before the first paint. */
const GROUND = { dark: '#14171c', light: '#e9ecef' } as const

/** Opens the app's window, connected to the host, where it was when it was last closed. */
export function openAppWindow(host: Host, log: HostLog, text: () => TFunction): BrowserWindow {
  const stateFile = join(host.session.paths.dataFolder, 'window.json')
  const state = readWindowState(stateFile, screen.getAllDisplays().map(display => display.workArea))
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    ...(state && { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: 960,
    minHeight: 600,
    title: 'Underplan',
    backgroundColor: GROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // it would fetch dictionaries from the network
    },
  })
  if (state?.isMaximized) window.maximize()
  guardContents(window.webContents, log)
  serveWindow(window.webContents, host, log)
  window.once('ready-to-show', () => window.show())
  window.on('close', () => writeWindowState(stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() }))
  window.webContents.on('render-process-gone', (_, details) => {
    log(`the window's process ended: ${details.reason} (${details.exitCode})`)
    if (details.reason !== 'clean-exit') void offerReload(window, text())
  })
  void window.loadURL(`${PAGE_ORIGIN}/`)
  return window
}

/** The project is in the main process and on disk: after a crash of the page a reload shows all of it again. */
async function offerReload(window: BrowserWindow, t: TFunction): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error', message: t('menu:crash.message'), detail: t('menu:crash.detail'), buttons: [t('menu:crash.reload'), t('menu:crash.close')], defaultId: 0, cancelId: 1, noLink: true,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}
