import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { nameIn } from '../actions/file-actions.ts'
import { writeProject } from '../actions/project-actions.ts'
import { projectStore } from '../state/project-store.ts'
import type { WriteIntent } from '../state/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/fields.tsx'
import { FileBrowser } from './file-browser.tsx'

const EXTENSION = '.gpkg'

interface SaveAsDialogProps {
  readonly intent: WriteIntent
  readonly onClose: () => void
}

/** Where a copy, or a new project, goes. A file that is there already is never overwritten: another name is asked for. */
export function SaveAsDialog({ intent, onClose }: SaveAsDialogProps) {
  const { t } = useTranslation('app')
  const [folder, setFolder] = useState<{ readonly ticket: string } | null>(null)
  const [name, setName] = useState(() => suggestedName(intent, t('files.newName'), t('files.copySuffix')))
  const [problem, setProblem] = useState<'bad_name' | 'exists' | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (!folder || wanted === '') return
    const target = await nameIn(folder.ticket, wanted.toLowerCase().endsWith(EXTENSION) ? wanted : wanted + EXTENSION)
    if (target === null) return
    if (target === 'bad_name' || target.exists) return setProblem(target === 'bad_name' ? 'bad_name' : 'exists')
    onClose()
    await writeProject(intent, target.file.ticket)
  }
  return (
    <Dialog
      title={t(`dialog.saveAs.${intent}`)} closeLabel={t('common:close')} onClose={onClose} width={640}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="save-as" disabled={!folder || name.trim() === ''}>{t(intent === 'copy' ? 'common:save' : 'common:create')}</Button>
      </>}
    >
      <form id="save-as" className="form" onSubmit={event => void submit(event)}>
        <Field label={t('files.name')}>
          <input
            className="input" data-autofocus value={name} maxLength={240} aria-invalid={problem !== null}
            onChange={event => {
              setName(event.target.value)
              setProblem(null)
            }}
          />
        </Field>
        {problem && <p className="form__problem" role="alert">{t(`files.problem.${problem}`)}</p>}
      </form>
      <FileBrowser purpose="save_project" selected={null} onFolder={setFolder} onSelect={file => setName(file.name)} onOpen={file => setName(file.name)} />
    </Dialog>
  )
}

function suggestedName(intent: WriteIntent, fresh: string, suffix: string): string {
  const open = projectStore.getState().info?.name.replace(/\.gpkg$/i, '')
  return intent === 'copy' && open ? `${open} ${suffix}${EXTENSION}` : `${fresh}${EXTENSION}`
}
