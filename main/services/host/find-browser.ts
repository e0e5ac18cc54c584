import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * An installed browser of the Chromium family, the one the user is likeliest to have first.
 * @returns its executable; null where there is none. `UNDERPLAN_BROWSER` names one that is elsewhere.
 */
export function findBrowser(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, exists: (path: string) => boolean = existsSync): string | null {
  const candidates = [...(env['UNDERPLAN_BROWSER'] ? [env['UNDERPLAN_BROWSER']] : []), ...candidatesOf(env, platform)]
  return candidates.find(exists) ?? null
}

function candidatesOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].flatMap(name => ['/Applications', join(env['HOME'] ?? '', 'Applications')].map(folder => `${folder}/${name}.app/Contents/MacOS/${name}`))
  }
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(root => root !== undefined)
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap(program => roots.map(root => `${root}\\${program}`))
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable']
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(folder => folder !== ''), '/usr/bin', '/usr/local/bin', '/snap/bin']
  return names.flatMap(name => folders.map(folder => join(folder, name)))
}
