import { describe, expect, it } from 'vitest'
import { menuTemplate } from '#main/electron/menu.ts'
import { loadMessages } from '#main/services/messages.ts'
import { appActions } from '#renderer/actions/app-actions.ts'

const t = await loadMessages('en')
const template = (platform: NodeJS.Platform) => menuTemplate(t, platform, () => undefined)
const items = (platform: NodeJS.Platform) => template(platform).flatMap(menu => (Array.isArray(menu.submenu) ? menu.submenu : []))

describe('the desktop menu', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('names only actions the interface has, with the keys it has, on %s', platform => {
    for (const item of items(platform)) {
      if (item.id === undefined) continue
      const action = appActions.find(candidate => candidate.id === item.id)
      expect(action, item.id).toBeDefined()
      const keys = typeof item.accelerator === 'string' ? item.accelerator.replace('CmdOrCtrl', 'Mod') : undefined
      // One-letter keys are the page's alone: a menu would take them from text fields.
      if (keys !== undefined || action?.shortcut?.startsWith('Mod+')) expect(keys, item.id).toBe(action?.shortcut)
    }
  })

  it('has a text for every item', () => {
    for (const item of items('darwin')) if (item.type !== 'separator') expect(item.label).not.toContain('menu:')
  })

  it('ends File with Quit, but on a Mac, which has it in the application menu', () => {
    const roles = (index: number, platform: NodeJS.Platform) => (template(platform)[index]?.submenu as { role?: string }[]).map(item => item.role)
    expect(roles(0, 'linux').at(-1)).toBe('quit')
    expect(roles(1, 'darwin')).not.toContain('quit')
    expect(roles(0, 'darwin').at(-1)).toBe('quit')
  })
})
