import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserWindow, session } from 'electron'
import { CannotPrint, type PrintPdf } from '../services/report/browser-pdf.ts'

/** Of its own, in memory: nothing of the app's session, and no way out. */
const PARTITION = 'print'

/**
 * Prints a page through Electron's own Chromium, in a window nobody sees: without scripts, and with nothing allowed but the
 * page's own file and what it carries inside.
 * @throws CannotPrint
 */
export const printInWindow: PrintPdf = async (html, signal) => {
  const folder = await mkdtemp(join(tmpdir(), 'underplan-print-'))
  const quiet = session.fromPartition(PARTITION)
  quiet.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith('file:') && !url.startsWith('data:') }))
  const window = new BrowserWindow({ show: false, webPreferences: { session: quiet, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false } })
  const close = () => window.destroy()
  signal.addEventListener('abort', close, { once: true })
  try {
    const page = join(folder, 'page.html')
    await writeFile(page, html)
    await window.loadFile(page)
    return new Uint8Array(await window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true }))
  } catch (cause) {
    throw signal.aborted ? cause : new CannotPrint('browser_failed', cause instanceof Error ? cause.message : String(cause))
  } finally {
    signal.removeEventListener('abort', close)
    if (!window.isDestroyed()) window.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}
