import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startHost } from '../handlers/host.ts'
import { defaultDataFolder, defaultProjectsFolder } from '../services/host/app-folders.ts'
import { openHostLog } from '../services/host/host-log.ts'
import { loadMessages, systemLanguage } from '../services/messages.ts'
import { builtPages } from '../services/host/page-files.ts'
import { createWorkspacePicker } from '../services/files/workspace-picker.ts'
import { findBrowser } from '../services/host/find-browser.ts'
import { hasDisplay, openBrowser } from './open-browser.ts'
import { startWebServer } from './server.ts'

/** How long the host outlives its last window: a reload closes and opens one. */
const LINGER_MS = 4000

/** Entry of the loopback host. Returns once it serves; it ends with its browser window, or when told to. */
async function serve(argv: readonly string[]): Promise<void> {
  const t = await loadMessages(systemLanguage(process.env['LC_ALL'] ?? process.env['LANG'] ?? Intl.DateTimeFormat().resolvedOptions().locale))
  const say = (key: string, params: Record<string, string | number> = {}) => process.stdout.write(`${t(`launch:${key}`, params)}\n`)
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { workspace: { type: 'string', multiple: true }, data: { type: 'string' }, port: { type: 'string' }, 'no-browser': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help) {
    say('usage')
    return
  }
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(t('launch:badPort', { port: values.port }))
  const [first = defaultProjectsFolder(), ...others] = (values.workspace ?? []).map(folder => resolve(folder))
  const dataFolder = resolve(values.data ?? defaultDataFolder())
  const log = openHostLog(dataFolder)
  process.on('uncaughtException', cause => {
    log('web host failed', cause)
    process.stderr.write(`${t('launch:failed', { message: cause.message, folder: join(dataFolder, 'logs') })}\n`)
    process.exit(1)
  })
  const host = startHost({
    host: 'web',
    paths: { dataFolder, projectsFolder: first },
    log,
    picker: tickets => createWorkspacePicker([first, ...others], tickets),
  })
  const file = positionals[0] === undefined ? null : resolve(positionals[0])
  if (file !== null && !statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(t('launch:noSuchFile', { file }))
  if (file !== null) host.openAhead(file)

  const isShown = !values['no-browser'] && hasDisplay()
  const browser = isShown ? findBrowser() : null
  let lastWindowClosed: ReturnType<typeof setTimeout> | undefined
  const server = await startWebServer({
    hub: host,
    pages: builtPages(),
    port,
    onClients(count) {
      clearTimeout(lastWindowClosed)
      // A host someone else opened pages on stays: only the window we opened ends it.
      if (count === 0 && browser !== null) lastWindowClosed = setTimeout(end, LINGER_MS)
    },
  }).catch((cause: unknown) => {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    throw isTaken ? new Error(t('launch:portTaken', { port })) : cause
  })
  let isEnding = false
  async function end(): Promise<void> {
    if (isEnding) return
    isEnding = true
    await server.close()
    await host.close()
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  process.once('SIGHUP', end)

  if (browser === null) {
    say(isShown ? 'noBrowser' : 'noDisplay')
    process.stdout.write(`${server.url}\n`)
    return
  }
  say('browser', { browser })
  openBrowser(browser, server.url, dataFolder)
    .once('error', () => process.stdout.write(`${server.url}\n`))
    .once('exit', code => {
      if (code !== 0 && !isEnding) process.stdout.write(`${t('launch:browserFailed')}\n${server.url}\n`)
    })
}

try {
  await serve(process.argv.slice(2))
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exitCode = 2
}
