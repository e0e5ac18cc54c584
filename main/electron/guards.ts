import type { Session, WebContents } from 'electron'
import type { HostLog } from '../services/host/host-log.ts'
import { PAGE_ORIGIN } from './page-protocol.ts'

/** Pages may load from here; everything else, the network first of all, is cancelled. */
const ALLOWED_SCHEMES = ['underplan:', 'blob:', 'data:', 'devtools:']
/** Copying a picture of a view. Nothing else is ever asked for. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** Views in windows of their own (renderer/actions/second-window-actions.ts): empty pages of these names, filled by ours. */
const SECOND_WINDOWS = new Set(['presenter', 'plan', 'profile', 'section'].map(id => `underplan-${id}`))
const SECOND_WINDOW = {
  autoHideMenuBar: true,
  webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false, spellcheck: false },
} as const

/** Denies permissions, devices and the network to whatever runs in this session. */
export function guardSession(session: Session, log: HostLog): void {
  const isOurs = (url: string | undefined) => url === PAGE_ORIGIN || url?.startsWith(`${PAGE_ORIGIN}/`) === true
  session.setPermissionRequestHandler((contents, permission, answer) => answer(permission === ALLOWED_PERMISSION && isOurs(contents.getURL())))
  session.setPermissionCheckHandler((_, permission, origin) => permission === ALLOWED_PERMISSION && isOurs(origin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = ALLOWED_SCHEMES.some(scheme => details.url.startsWith(scheme))
    if (!isAllowed) log('request denied', details.url)
    answer({ cancel: !isAllowed })
  })
  session.on('will-download', (event, item) => {
    // What a view exports is made in the page; nothing is fetched from elsewhere.
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault()
  })
}

/** Keeps a window on its page: no navigation, no other windows but the empty ones it fills itself, no embedded ones. */
export function guardContents(contents: WebContents, log: HostLog): void {
  const deny = (event: { preventDefault(): void }, url: string) => {
    log('navigation denied', url)
    event.preventDefault()
  }
  contents.on('will-navigate', event => {
    // A reload of the page itself is no way out.
    if (event.url !== `${PAGE_ORIGIN}/`) deny(event, event.url)
  })
  contents.on('will-frame-navigate', event => {
    if (!event.isMainFrame) deny(event, event.url)
  })
  contents.on('will-redirect', event => deny(event, event.url))
  contents.on('will-attach-webview', event => deny(event, 'webview'))
  contents.setWindowOpenHandler(details => {
    if (details.url === 'about:blank' && SECOND_WINDOWS.has(details.frameName)) return { action: 'allow', overrideBrowserWindowOptions: SECOND_WINDOW }
    log('window denied', details.url)
    return { action: 'deny' }
  })
  contents.on('did-create-window', child => guardSecondWindow(child.webContents, log))
}

/** An empty window that the page fills itself: it goes nowhere and opens nothing. */
function guardSecondWindow(contents: WebContents, log: HostLog): void {
  const deny = (event: { preventDefault(): void }) => {
    log('navigation denied', 'second window')
    event.preventDefault()
  }
  contents.on('will-navigate', deny)
  contents.on('will-frame-navigate', deny)
  contents.on('will-redirect', deny)
  contents.on('will-attach-webview', deny)
  contents.setWindowOpenHandler(details => {
    log('window denied', details.url)
    return { action: 'deny' }
  })
}
