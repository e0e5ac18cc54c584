import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWindowState, writeWindowState } from '#main/electron/window-state.ts'
import { projectIn } from '#main/electron/opened-file.ts'
import { temporaryFolder } from '#tests/builders/temporary-folder.ts'

const SCREENS = [{ x: 0, y: 0, width: 1920, height: 1040 }, { x: -2560, y: -400, width: 2560, height: 1440 }]
const STATE = { x: 100, y: 50, width: 1200, height: 800, isMaximized: false }

describe('the state of the window', () => {
  it('comes back on every screen there is', () => {
    const file = join(temporaryFolder(), 'made', 'window.json')
    for (const state of [STATE, { ...STATE, x: -2000, y: -300, isMaximized: true }, { ...STATE, x: 1800 }]) {
      writeWindowState(file, state)
      expect(readWindowState(file, SCREENS)).toEqual(state)
    }
  })

  it.each([
    ['on a screen that is gone', { ...STATE, x: 5000 }], ['with only a sliver to grab', { ...STATE, x: 1900 }], ['with its title bar below the screen', { ...STATE, y: 1030 }],
    ['with its title bar above the screen', { ...STATE, y: -700 }], ['too small', { ...STATE, width: 10 }], ['of no size a screen has', { ...STATE, width: 1e6 }], ['of no numbers', { ...STATE, x: 'left' }],
  ])('is forgotten %s', (_, state) => {
    const file = join(temporaryFolder(), 'window.json')
    writeFileSync(file, JSON.stringify(state))
    expect(readWindowState(file, SCREENS.slice(0, 1))).toBeNull()
  })

  it('starts afresh without a file, or with one cut off', () => {
    const file = join(temporaryFolder(), 'window.json')
    expect(readWindowState(file, SCREENS)).toBeNull()
    writeFileSync(file, '{"x":1,')
    expect(readWindowState(file, SCREENS)).toBeNull()
  })
})

describe('the project a start names', () => {
  it('is the first argument that is a project file, wherever the start was made', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, '渝中 A.GPKG'), '')
    expect(projectIn(['--no-sandbox', '.', '渝中 A.GPKG'], folder)).toBe(join(folder, '渝中 A.GPKG'))
    expect(projectIn([join(folder, '渝中 A.GPKG')], '/')).toBe(join(folder, '渝中 A.GPKG'))
  })

  it('is none for switches, other files and files that are not there', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.txt'), '')
    expect(projectIn(['--file=a.gpkg', 'a.txt', 'gone.gpkg'], folder)).toBeNull()
  })
})
