import { ListChecks, Play, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CheckJob } from '#shared/ledger/selection-set.ts'
import { checkJob } from '../../actions/check/check-actions.ts'
import { removeJob, saveJob } from '../../actions/ledger/set-actions.ts'
import { dateTime } from '../../i18n/format.ts'
import { findingsStore, resultOf } from '../../state/findings/findings-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/fields.tsx'
import { SetSelect, useSetWords } from './set-select.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

const NEW: CheckJob = { name: '', a: { type: 'proposals' }, b: { type: 'all' } }

/** Checks made again and again: one set against another. Their findings are listed with the others. */
export function CheckJobsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const jobs = useStore(registerStore, state => state.checkJobs)
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const [draft, setDraft] = useState<CheckJob>(NEW)
  const words = useSetWords()
  const suggested = t('jobs.of', { a: words(draft.a), b: words(draft.b) })
  const name = draft.name.trim() || suggested
  const saved = Object.values(jobs).sort((p, q) => p.body.name.localeCompare(q.body.name))
  const isTaken = saved.some(({ body }) => body.name === name)
  const run = (id: string) => {
    onClose()
    void checkJob(id)
  }
  return (
    <Dialog title={t('jobs.title')} closeLabel={t('common:close')} onClose={onClose} width={680}>
      <p className="soft">{t('jobs.text')}</p>
      <div className="sets">
        {saved.map(({ id, body }) => <JobRow key={id} id={id} job={body} canEdit={canEdit} onRun={() => run(id)} />)}
      </div>
      <form
        className="form sets__new"
        onSubmit={event => {
          event.preventDefault()
          void saveJob(null, { ...draft, name }).then(isSaved => isSaved && setDraft(NEW))
        }}
      >
        <div className="sets__fields">
          <Field label={t('jobs.name')}><input className="input" value={draft.name} placeholder={suggested} maxLength={200} onChange={event => setDraft({ ...draft, name: event.target.value })} /></Field>
          <SetSelect label={t('jobs.a')} value={draft.a} onChange={a => setDraft({ ...draft, a })} />
          <SetSelect label={t('jobs.b')} value={draft.b} onChange={b => setDraft({ ...draft, b })} />
        </div>
        <p className="faint small">{t('sets.hint')}</p>
        <div><Button type="submit" icon={<Plus size={14} />} disabled={!canEdit || isTaken}>{t('jobs.add')}</Button></div>
      </form>
    </Dialog>
  )
}

function JobRow({ id, job, canEdit, onRun }: { readonly id: string; readonly job: CheckJob; readonly canEdit: boolean; readonly onRun: () => void }) {
  const { t, i18n } = useTranslation('ledger')
  const words = useSetWords()
  const activeId = useStore(scenarioStore, state => state.activeId)
  const result = useStore(findingsStore, state => resultOf(state, activeId, `job:${id}`))
  return (
    <div className="sets__row">
      <span>
        <span className="strong"><ListChecks size={14} /> {job.name}</span>
        <span className="mend__note">{t('jobs.of', { a: words(job.a), b: words(job.b) })}{result && <> · {t('jobs.last', { count: result.findings.length, at: dateTime(result.checkedAt, i18n.language) })}</>}</span>
      </span>
      <span className="sets__actions">
        <Button icon={<Play size={14} />} onClick={onRun}>{t('jobs.run')}</Button>
        <IconButton label={t('jobs.remove', { name: job.name })} disabled={!canEdit} icon={<Trash2 size={14} />} onClick={() => void removeJob(id)} />
      </span>
    </div>
  )
}
