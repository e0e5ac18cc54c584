import { describe, expect, it } from 'vitest'
import { findBrowser } from '#main/services/host/find-browser.ts'
import { hasDisplay } from '#main/web/open-browser.ts'

const found = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, ...there: string[]) => findBrowser(env, platform, path => there.includes(path))

describe('the installed browser', () => {
  it('is found on the path of a Linux system, Chromium before Chrome before Edge', () => {
    const env = { PATH: '/opt/bin:/usr/bin' }
    expect(found('linux', env, '/usr/bin/google-chrome', '/usr/bin/microsoft-edge')).toBe('/usr/bin/google-chrome')
    expect(found('linux', env, '/usr/bin/google-chrome', '/opt/bin/chromium')).toBe('/opt/bin/chromium')
    expect(found('linux', {}, '/snap/bin/chromium')).toBe('/snap/bin/chromium')
    expect(found('linux', env)).toBeNull()
  })

  it('is found among the applications of a Mac', () => {
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
    expect(found('darwin', { HOME: '/Users/li' }, edge)).toBe(edge)
    const own = '/Users/li/Applications/Chromium.app/Contents/MacOS/Chromium'
    expect(found('darwin', { HOME: '/Users/li' }, own, edge)).toBe(own)
  })

  it('is found among the programs of Windows', () => {
    const env = { ProgramFiles: 'C:\\Program Files', 'ProgramFiles(x86)': 'C:\\Program Files (x86)', LOCALAPPDATA: 'C:\\Users\\li\\AppData\\Local' }
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    const chrome = 'C:\\Users\\li\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'
    expect(found('win32', env, edge)).toBe(edge)
    expect(found('win32', env, edge, chrome)).toBe(chrome)
  })

  it('is the one the user names, where that is there', () => {
    expect(found('linux', { UNDERPLAN_BROWSER: '/x/brave', PATH: '/usr/bin' }, '/x/brave', '/usr/bin/chromium')).toBe('/x/brave')
    expect(found('linux', { UNDERPLAN_BROWSER: '/x/gone', PATH: '/usr/bin' }, '/usr/bin/chromium')).toBe('/usr/bin/chromium')
  })
})

describe('a display', () => {
  it('is always there but on a Linux system without one', () => {
    expect(hasDisplay({}, 'darwin')).toBe(true)
    expect(hasDisplay({}, 'win32')).toBe(true)
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  })
})
