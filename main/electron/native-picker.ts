import { extname, join } from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import type { TFunction } from 'i18next'
import { CallFailure } from '#shared/contract/call-failure.ts'
import { EXTENSIONS, type FilePicker } from '../services/file-picker.ts'
import type { Tickets } from '../services/tickets.ts'

/** The system's own dialogs over the app's window; what they choose becomes tickets. */
export function createNativePicker(tickets: Tickets, projectsFolder: string, window: () => BrowserWindow | null, text: () => TFunction): FilePicker {
  const unavailable = (): never => {
    throw new CallFailure<'files.browse'>('unavailable')
  }
  return {
    kind: 'native',
    async pick(purpose, suggestedName) {
      const t = text()
      const filters = [{ name: t(`menu:files.${purpose}`), extensions: [...EXTENSIONS[purpose]] }]
      const parent = window()
      if (!parent) return []
      if (purpose === 'save_project') {
        const { canceled, filePath } = await dialog.showSaveDialog(parent, {
          title: t('menu:pick.save_project'), defaultPath: join(projectsFolder, suggestedName ?? 'underplan.gpkg'), filters, properties: ['createDirectory', 'showOverwriteConfirmation'],
        })
        if (canceled || !filePath) return []
        return [tickets.issueFile(extname(filePath).toLowerCase() === '.gpkg' ? filePath : `${filePath}.gpkg`, purpose)]
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
