import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '#main/services/host/find-browser.ts'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const WEB_HOST = join(REPOSITORY, 'dist', 'main', 'web-host.mjs')

/** Why no end-to-end test can run here; null where they can. Use it with `describe.skipIf(cannotBrowse)`. */
export const cannotBrowse: string | null = findBrowser() === null ? 'no Chrome, Chromium or Edge' : existsSync(WEB_HOST) && existsSync(join(REPOSITORY, 'dist', 'renderer', 'index.html')) ? null : 'not built: node main/launch/build.mjs'

export interface WebHostProcess {
  readonly process: ChildProcess
  /** The printed address, token included. */
  readonly url: string
  readonly dataFolder: string
  readonly workspace: string
  /** Ends the host as a user would (SIGTERM), or at once (SIGKILL), and waits for it. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Removes the temporary folders. */
  remove(): void
}

export interface WebHostFolders {
  readonly dataFolder?: string
  readonly workspace?: string
  /** A project to open at the start. */
  readonly file?: string
}

/** Starts the built loopback host as a process of its own, without a browser. */
export async function startWebHost(folders: WebHostFolders = {}): Promise<WebHostProcess> {
  const dataFolder = folders.dataFolder ?? mkdtempSync(join(tmpdir(), 'underplan-e2e-data-'))
  const workspace = folders.workspace ?? mkdtempSync(join(tmpdir(), 'underplan-e2e-work-'))
  const args = [WEB_HOST, '--no-browser', '--data', dataFolder, '--workspace', workspace, ...(folders.file ? [folders.file] : [])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(printed)
      if (address) resolve(address[0])
    })
    child.once('exit', code => reject(new Error(`web host ended with ${code}: ${printed}`)))
  })
  return {
    process: child, url, dataFolder, workspace,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
    remove() {
      for (const folder of [folders.dataFolder ? '' : dataFolder, folders.workspace ? '' : workspace]) if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface AppInBrowser {
  readonly page: Page
  readonly browser: Browser
  readonly host: WebHostProcess
  /** Console errors, page errors and failed requests so far: a good test ends with none. */
  readonly troubles: readonly string[]
  close(): Promise<void>
}

export interface BrowserOptions extends WebHostFolders {
  readonly locale?: 'en-US' | 'zh-CN'
  readonly colorScheme?: 'dark' | 'light'
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Further switches of the browser. */
  readonly flags?: readonly string[]
  /** Runs in the page before any of its own code. */
  readonly before?: () => void
  /** How long the browser is left alone before it opens the page. */
  readonly quietMs?: number
  /** A host that runs already: it is not stopped by `close`. */
  readonly host?: WebHostProcess
}

/**
 * Headless Chromium with software GL. Text and panels are painted by the processor, as browsers do by themselves where there is no
 * graphics card: a wrapper script of a distribution may ask for them through software GL, which takes several times as long.
 */
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser()!,
    chromiumSandbox: process.getuid?.() !== 0, // root cannot set the sandbox up
    args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-gpu-rasterization', ...flags],
  })
}

/** Opens the app in headless Chromium with software GL. */
export async function openApp(options: BrowserOptions = {}): Promise<AppInBrowser> {
  const host = options.host ?? (await startWebHost(options))
  const browser = await launchBrowser(options.flags)
  const context = await browser.newContext({ locale: options.locale ?? 'en-US', colorScheme: options.colorScheme ?? 'dark', viewport: options.viewport ?? { width: 1280, height: 800 } })
  context.setDefaultTimeout(120_000) // software GL takes its time
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', error => troubles.push(error.stack ?? error.message))
  page.on('requestfailed', request => {
    // A large message is counted to its last byte by who reads it, and what is missing is an error of the page. That a busy
    // browser now and then calls the exchange aborted once all of it has been read is none.
    if (/\/frames\//.test(request.url()) && request.failure()?.errorText === 'net::ERR_ABORTED') return
    troubles.push(`${request.url()}: ${request.failure()?.errorText}`)
  })
  if (options.before) await page.addInitScript(options.before)
  if (options.quietMs) await page.waitForTimeout(options.quietMs)
  await page.goto(host.url)
  return {
    page, browser, host, troubles,
    async close() {
      await browser.close()
      if (options.host) return
      await host.stop()
      host.remove()
    },
  }
}
