import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import type { TFunction } from 'i18next'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { EXTENSIONS, type FilePicker } from '../services/files/file-picker.ts'
import type { Tickets } from '../services/files/tickets.ts'

/** The system's own dialogs over the app's window; what they choose becomes tickets. */
export function createNativePicker(tickets: Tickets, projectsFolder: string, window: () => BrowserWindow | null, text: () => TFunction): FilePicker {
  const unavailable = (): never => {
    throw new CallFailure<'files.browse'>('unavailable')
  }
  return {
    kind: 'native',
    async pick(purpose, suggestedName) {
      const t = text()
      const filters = [{ name: t(`menu:files.${purpose}`), extensions: [...EXTENSIONS[purpose]] }].filter(() => purpose !== 'program' || process.platform === 'win32')
      const parent = window()
      if (!parent) return []
      if (purpose === 'save_project') {
        let path = join(projectsFolder, suggestedName ?? 'underplan.gpkg')
        for (;;) {
          const { canceled, filePath } = await dialog.showSaveDialog(parent, { title: t('menu:pick.save_project'), defaultPath: path, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] })
          if (canceled || !filePath) return []
          const hasExtension = extname(filePath).toLowerCase() === '.gpkg'
          path = hasExtension ? filePath : `${filePath}.gpkg`
          // Not every system adds the extension. Where that names another file, the user is asked about that one.
          if (hasExtension || !existsSync(path)) return [tickets.issueFile(path, purpose)]
        }
      }
      const { canceled, filePaths } = await dialog.showOpenDialog(parent, {
        title: t(`menu:pick.${purpose}`), filters, properties: purpose === 'import' ? ['openFile', 'multiSelections'] : ['openFile'],
      })
      return canceled ? [] : filePaths.map(path => tickets.issueFile(path, purpose))
    },
    browse: unavailable,
    nameIn: unavailable,
  }
}
