import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser } from '../host/find-browser.ts'

/** Turns a page that loads nothing into a PDF. */
export type PrintPdf = (html: string, signal: AbortSignal) => Promise<Uint8Array>

/** No PDF could be made; nothing was written. */
export class CannotPrint extends Error {
  override readonly name = 'CannotPrint'
  readonly code: 'no_browser' | 'browser_failed'
  readonly detail: string
  constructor(code: CannotPrint['code'], detail = '') {
    super(`${code} ${detail}`)
    this.code = code
    this.detail = detail
  }
}

/** A browser that hangs is worse than none. */
const TIME_LIMIT_MS = 300_000

/**
 * Prints through an installed browser of the Chromium family, without a window, with a profile of its own that is thrown
 * away, and with no way to the network.
 * @throws CannotPrint
 */
export const printWithBrowser: PrintPdf = async (html, signal) => {
  const browser = findBrowser()
  if (browser === null) throw new CannotPrint('no_browser')
  const folder = await mkdtemp(join(tmpdir(), 'underplan-print-'))
  try {
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
    await writeFile(page, html)
    const said = await runBrowser(browser, flags(folder, page, pdf), signal)
    const bytes = await readFile(pdf).catch(() => null)
    if (bytes === null || bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new CannotPrint('browser_failed', said)
    return new Uint8Array(bytes)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function flags(folder: string, page: string, pdf: string): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return [
    '--headless=new', `--print-to-pdf=${pdf}`, '--no-pdf-header-footer', `--user-data-dir=${join(folder, 'profile')}`,
    '--no-first-run', '--no-default-browser-check', '--disable-sync', '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--disable-gpu',
    // Nothing in the page asks for the network; nothing that the browser asks for gets there.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    // Chromium's sandbox cannot be set up by root; an ordinary user keeps it.
    ...(isRoot ? ['--no-sandbox'] : []),
    pathToFileURL(page).href,
  ]
}

/** @returns the last line it said. */
function runBrowser(browser: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(browser, args, { stdio: ['ignore', 'ignore', 'pipe'], signal, timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
    child.once('error', cause => reject(signal.aborted ? cause : new CannotPrint('browser_failed', cause.message)))
    child.once('close', () => resolve(said.trim().split('\n').at(-1) ?? ''))
  })
}
