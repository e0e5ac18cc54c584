import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { saveRevision } from '../actions/files/project-actions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/fields.tsx'
import './dialogs.css'

/** Names a revision. Edits are on the disk already: a revision is a place to come back to. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('app')
  const [name, setName] = useState(() => new Date().toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onClose()
    void saveRevision(name.trim())
  }
  return (
    <Dialog
      title={t('dialog.save.title')} closeLabel={t('common:close')} onClose={onClose} width={400}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="save-revision" disabled={name.trim() === ''}>{t('common:save')}</Button>
      </>}
    >
      <form id="save-revision" className="form" onSubmit={submit}>
        <p className="soft">{t('dialog.save.text')}</p>
        <Field label={t('dialog.save.name')}>
          <input className="input" data-autofocus value={name} maxLength={200} onFocus={event => event.target.select()} onChange={event => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
