import { useCallback, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { nameIn } from '../actions/files/file-actions.ts'
import { writeProject } from '../actions/files/project-actions.ts'
import { projectStore } from '../state/twin/project-store.ts'
import type { WriteIntent } from '../state/app/session-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/fields.tsx'
import { FileBrowser } from './file-browser.tsx'

const EXTENSION = '.gpkg'

interface SaveAsDialogProps {
  readonly intent: WriteIntent
  readonly onClose: () => void
}

/** Where a copy, or a new project, goes. A file that is there already is replaced only when asked for a second time. */
export function SaveAsDialog({ intent, onClose }: SaveAsDialogProps) {
  const { t } = useTranslation('app')
  const [folder, setFolder] = useState<{ readonly ticket: string } | null>(null)
  const [name, setName] = useState(() => suggestedName(intent, t('files.newName'), t('files.copySuffix')))
  const [problem, setProblem] = useState<'bad_name' | 'exists' | null>(null)
  const choose = (file: { readonly name: string }) => {
    setName(file.name)
    setProblem(null)
  }
  const visit = useCallback((next: { readonly ticket: string }) => {
    setFolder(next)
    setProblem(null)
  }, [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = name.trim()
    if (!folder || wanted === '') return
    const target = await nameIn(folder.ticket, wanted.toLowerCase().endsWith(EXTENSION) ? wanted : wanted + EXTENSION)
    if (target === null) return
    if (target === 'bad_name') return setProblem('bad_name')
    if (target.exists && problem !== 'exists') return setProblem('exists')
    onClose()
    await writeProject(intent, target.file.ticket, target.exists)
  }
  return (
    <Dialog
      title={t(`dialog.saveAs.${intent}`)} closeLabel={t('common:close')} onClose={onClose} width={640}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look={problem === 'exists' ? 'danger' : 'primary'} type="submit" form="save-as" disabled={!folder || name.trim() === ''}>{t(problem === 'exists' ? 'files.replace' : intent === 'copy' ? 'common:save' : 'common:create')}</Button>
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
      <FileBrowser purpose="save_project" selected={null} onFolder={visit} onSelect={choose} onOpen={choose} />
    </Dialog>
  )
}

function suggestedName(intent: WriteIntent, fresh: string, suffix: string): string {
  const open = projectStore.getState().info?.name.replace(/\.gpkg$/i, '')
  return intent === 'copy' && open ? `${open} ${suffix}${EXTENSION}` : `${fresh}${EXTENSION}`
}
