import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/**
 * Opens the interface in a window of its own (`--app`), with a profile of its own: none of the user's extensions,
 * history or sessions take part.
 */
export function openBrowser(browser: string, url: string, dataFolder: string): ChildProcess {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const flags = [
    `--app=${url}`, `--user-data-dir=${join(dataFolder, 'browser')}`, '--no-first-run', '--no-default-browser-check',
    '--disable-sync', '--disable-background-networking', '--disable-component-update', '--disable-features=Translate', '--window-size=1440,900',
    // Chromium's sandbox cannot be set up by root; an ordinary user keeps it.
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
  return spawn(browser, flags, { stdio: 'ignore' })
}

/** Whether a window can be shown at all. */
export function hasDisplay(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}
