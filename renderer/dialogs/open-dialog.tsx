import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openTicket } from '../actions/files/project-actions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FileBrowser } from './file-browser.tsx'

const ignoreFolder = () => undefined

export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const [file, setFile] = useState<{ readonly ticket: string; readonly name: string } | null>(null)
  const open = (ticket: string) => {
    onClose()
    void openTicket(ticket)
  }
  return (
    <Dialog
      title={t('dialog.open.title')} closeLabel={t('common:close')} onClose={onClose} width={640}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" disabled={!file} onClick={() => file && open(file.ticket)}>{t('common:open')}</Button>
      </>}
    >
      <FileBrowser purpose="open_project" selected={file?.ticket ?? null} onFolder={ignoreFolder} onSelect={setFile} onOpen={chosen => open(chosen.ticket)} />
    </Dialog>
  )
}
