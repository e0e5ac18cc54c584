import type { MenuItemConstructorOptions } from 'electron'
import type { TFunction } from 'i18next'

type Item = { readonly action: string; readonly keys?: string } | { readonly role: NonNullable<MenuItemConstructorOptions['role']> } | 'separator'

/**
 * The desktop menu. Actions carry the ids of the interface's own (renderer/actions/app-actions.ts), which decides
 * whether they can run now. Keys are shown, not registered: the page handles them, so that none fires twice.
 */
const MENU: readonly { readonly name: string; readonly items: readonly Item[] }[] = [
  { name: 'file', items: [
    { action: 'file.new', keys: 'CmdOrCtrl+N' }, { action: 'file.open', keys: 'CmdOrCtrl+O' }, { action: 'file.openSample' }, 'separator',
    { action: 'file.save', keys: 'CmdOrCtrl+S' }, { action: 'file.saveAs', keys: 'CmdOrCtrl+Shift+S' }, 'separator',
    { action: 'file.import', keys: 'CmdOrCtrl+I' }, { action: 'file.export', keys: 'CmdOrCtrl+E' }, 'separator', { action: 'file.close', keys: 'CmdOrCtrl+W' },
  ] },
  { name: 'edit', items: [
    { action: 'edit.undo', keys: 'CmdOrCtrl+Z' }, { action: 'edit.redo', keys: 'CmdOrCtrl+Shift+Z' }, 'separator',
    { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, 'separator', { action: 'edit.delete' },
  ] },
  { name: 'view', items: [
    { action: 'view.fit' }, { action: 'view.top' }, { action: 'view.oblique' }, { action: 'view.below' }, 'separator',
    { action: 'view.toggleGround' }, { action: 'view.toggleBuildings' }, { action: 'view.xray' }, { action: 'view.heights' }, 'separator',
    { action: 'view.toggleTheme' }, { action: 'view.toggleLanguage' }, 'separator',
    { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'resetZoom' }, { role: 'togglefullscreen' },
  ] },
  { name: 'tools', items: [{ action: 'tools.select' }, { action: 'tools.newPipeline' }, { action: 'tools.newExcavation' }] },
  { name: 'check', items: [
    { action: 'check.run', keys: 'CmdOrCtrl+Enter' }, { action: 'check.runNetwork', keys: 'CmdOrCtrl+Shift+Enter' }, { action: 'check.runLifeline' }, 'separator',
    { action: 'findings.next' }, { action: 'findings.previous' },
  ] },
  { name: 'help', items: [{ action: 'app.palette', keys: 'CmdOrCtrl+K' }, { action: 'help.shortcuts' }, { action: 'help.methods' }, 'separator', { action: 'help.aboutData' }, { action: 'help.about' }] },
]

/** Menu in the language of `t`; a Mac gets its application menu, elsewhere File ends with Quit. */
export function menuTemplate(t: TFunction, platform: NodeJS.Platform, run: (action: string) => void): MenuItemConstructorOptions[] {
  const label = (name: string) => t(`menu:${name}`)
  const roleItem = (role: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions => ({ role, label: label(`role.${role}`) })
  const build = (item: Item): MenuItemConstructorOptions => {
    if (item === 'separator') return { type: 'separator' }
    if ('role' in item) return roleItem(item.role)
    return { id: item.action, label: label(`action.${item.action}`), click: () => run(item.action), ...(item.keys && { accelerator: item.keys, registerAccelerator: false }) }
  }
  const isMac = platform === 'darwin'
  const menus = MENU.map(menu => ({
    label: label(`menu.${menu.name}`),
    submenu: [...menu.items.map(build), ...(menu.name === 'file' && !isMac ? [{ type: 'separator' as const }, roleItem('quit')] : [])],
  }))
  if (!isMac) return menus
  const separator = { type: 'separator' as const }
  return [{ label: 'Underplan', submenu: [build({ action: 'help.about' }), separator, roleItem('hide'), roleItem('hideOthers'), roleItem('unhide'), separator, roleItem('quit')] }, ...menus]
}
