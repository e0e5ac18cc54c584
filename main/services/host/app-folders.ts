import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where this user's Underplan data is, the same for every host: preferences, recent files, the sample's working copy.
 * `UNDERPLAN_DATA` moves it (tests, portable use).
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['UNDERPLAN_DATA']) return env['UNDERPLAN_DATA']
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Underplan')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Underplan')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'underplan')
}

/** Where projects are kept unless the user says otherwise; made when the first is saved there. */
export function defaultProjectsFolder(): string {
  return join(homedir(), 'Documents', 'Underplan')
}
