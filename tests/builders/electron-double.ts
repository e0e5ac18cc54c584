import { EventEmitter } from 'node:events'

/**
 * Stands in for the `electron` module: records what our main process and preload script ask of it, and carries frames
 * between the two as Electron would (structured clones). It decides nothing: what it lacks fails the test.
 */

export const PAGE = 'underplan://app'
type Listener = (...args: never[]) => unknown

class FrameDouble {
  origin: string
  url: string
  constructor(url: string) {
    this.url = url
    this.origin = url.split('/').slice(0, 3).join('/')
  }
}

export class WebContentsDouble extends EventEmitter {
  mainFrame = new FrameDouble(`${PAGE}/`)
  windowOpenHandler: ((details: { url: string; frameName: string }) => { action: string; overrideBrowserWindowOptions?: object }) | null = null
  reloads = 0
  isGone = false
  getURL = () => this.mainFrame.url
  isDestroyed = () => this.isGone
  reload = () => void this.reloads++
  setWindowOpenHandler(handler: NonNullable<WebContentsDouble['windowOpenHandler']>): void {
    this.windowOpenHandler = handler
  }
  send(channel: string, frame: unknown): void {
    const copy = structuredClone(frame)
    queueMicrotask(() => ipcRenderer.emit(channel, {}, copy))
  }
  destroy(): void {
    this.isGone = true
    this.emit('destroyed')
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }
  readonly webContents = new WebContentsDouble()
  readonly calls: string[] = []
  constructor(options: Record<string, unknown> & { webPreferences: Record<string, unknown> }) {
    super()
    this.options = options
    recorded.windows.push(this)
    page.contents = this.webContents
  }
  loadURL(url: string): Promise<void> {
    this.calls.push(`loadURL ${url}`)
    return Promise.resolve()
  }
  show = () => void this.calls.push('show')
  focus = () => void this.calls.push('focus')
  restore = () => void this.calls.push('restore')
  maximize = () => void this.calls.push('maximize')
  isMinimized = () => false
  isMaximized = () => false
  isDestroyed = () => false
  getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 })
  close(): void {
    this.calls.push('close')
    this.emit('close')
    this.emit('closed')
  }
}

interface MenuItem { readonly id?: string; readonly role?: string; readonly label?: string; readonly type?: string; readonly submenu?: readonly MenuItem[]; click?(): void }

export const recorded = {
  windows: [] as BrowserWindow[],
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  menus: [] as (readonly MenuItem[])[],
  appCalls: [] as string[],
  /** Messages of error boxes and message boxes. */
  boxes: [] as string[],
  /** Options of open and save dialogs. */
  dialogs: [] as Record<string, unknown>[],
  exposed: {} as Record<string, unknown>,
}

/** Whose page the renderer side of the channel is now; tests may speak as another frame. */
export const page: { contents: WebContentsDouble; frame: FrameDouble | null } = { contents: new WebContentsDouble(), frame: null }
/** What the next dialogs answer. */
export const answers = { open: { canceled: true, filePaths: [] as string[] }, save: { canceled: true, filePath: '' }, box: { response: 0 } }
export const frameAt = (url: string) => new FrameDouble(url)

export const ipcMain = new EventEmitter()
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send(channel: string, frame: unknown) {
    const copy = structuredClone(frame)
    const event = { sender: page.contents, senderFrame: page.frame ?? page.contents.mainFrame }
    queueMicrotask(() => ipcMain.emit(channel, event, copy))
  },
})

export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown) {
    recorded.exposed[name] = api
  },
}

export const protocolHandlers = new Map<string, (request: Request) => Response | Promise<Response>>()
export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof recorded.schemes) => void recorded.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => void protocolHandlers.set(scheme, handler),
}

export const sessionHandlers: Record<string, Listener> = {}
const keep = (name: string) => (handler: Listener) => void (sessionHandlers[name] = handler)
export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('permissionRequest'),
    setPermissionCheckHandler: keep('permissionCheck'),
    setDevicePermissionHandler: keep('devicePermission'),
    webRequest: { onBeforeRequest: keep('beforeRequest') },
  }),
}

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  setPath: (name: string, path: string) => void recorded.appCalls.push(`setPath ${name} ${path}`),
  setAppUserModelId: (id: string) => void recorded.appCalls.push(`setAppUserModelId ${id}`),
  enableSandbox: () => void recorded.appCalls.push('enableSandbox'),
  requestSingleInstanceLock() {
    recorded.appCalls.push('requestSingleInstanceLock')
    return process.env['DOUBLE_SECOND_INSTANCE'] === undefined
  },
  whenReady: () => new Promise<void>(resolve => setImmediate(resolve)),
  getLocale: () => process.env['DOUBLE_LOCALE'] ?? 'en-US',
  quit: () => void recorded.appCalls.push('quit'),
  /** The app gave up: so does the process of the test, with what the error box would have said. */
  exit(code: number) {
    process.stderr.write(`${recorded.boxes.join('\n')}\n`)
    process.exit(code)
  },
})

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => template,
  setApplicationMenu: (menu: readonly MenuItem[]) => void recorded.menus.push(menu),
}

export const dialog = {
  showErrorBox: (_: string, text: string) => void recorded.boxes.push(text),
  showMessageBox(_: unknown, options: { message: string }) {
    recorded.boxes.push(options.message)
    return Promise.resolve(answers.box)
  },
  showOpenDialog(_: unknown, options: Record<string, unknown>) {
    recorded.dialogs.push(options)
    return Promise.resolve(answers.open)
  },
  showSaveDialog(_: unknown, options: Record<string, unknown>) {
    recorded.dialogs.push(options)
    return Promise.resolve(answers.save)
  },
}

export const nativeTheme = { shouldUseDarkColors: true, themeSource: 'unset' }
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] }
