import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { createScenario, freeScenarioName, removeScenario, renameScenario } from '../actions/scheme/scenario-actions.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select } from '../ui/fields.tsx'
import './dialogs.css'

/** A new scheme: empty, or a copy of another. */
export function NewScenarioDialog({ copyFrom, onClose }: { readonly copyFrom: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const { byId, order } = useStore(scenarioStore)
  const [source, setSource] = useState(copyFrom ?? '')
  const create = async (name: string) => {
    if (await createScenario(name, source === '' ? null : source)) onClose()
  }
  return (
    <NameDialog title={t('dialog.newScenario.title')} submitLabel={t('common:create')} initial={freeScenarioName()} ownId={null} onSubmit={name => void create(name)} onClose={onClose}>
      {order.length > 0 && (
        <Field label={t('dialog.newScenario.from')}>
          <Select value={source} onChange={setSource} options={[{ value: '', label: t('dialog.newScenario.empty') }, ...order.map(id => ({ value: id, label: byId[id]?.document.name ?? id }))]} />
        </Field>
      )}
    </NameDialog>
  )
}

export function RenameScenarioDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const name = useStore(scenarioStore, state => state.byId[id]?.document.name ?? '')
  const rename = (next: string) => {
    renameScenario(id, next)
    onClose()
  }
  return <NameDialog title={t('dialog.renameScenario.title')} submitLabel={t('common:rename')} initial={name} ownId={id} onSubmit={rename} onClose={onClose} />
}

interface NameDialogProps {
  readonly title: string
  readonly submitLabel: string
  readonly initial: string
  /** The scheme whose own name is no clash. */
  readonly ownId: string | null
  readonly onSubmit: (name: string) => void
  readonly onClose: () => void
  readonly children?: React.ReactNode
}

function NameDialog({ title, submitLabel, initial, ownId, onSubmit, onClose, children }: NameDialogProps) {
  const { t } = useTranslation('app')
  const byId = useStore(scenarioStore, state => state.byId)
  const [name, setName] = useState(initial)
  const wanted = name.trim()
  const isTaken = Object.entries(byId).some(([id, scenario]) => id !== ownId && scenario.document.name === wanted)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== '' && !isTaken) onSubmit(wanted)
  }
  return (
    <Dialog
      title={title} closeLabel={t('common:close')} onClose={onClose} width={400}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="scenario-name" disabled={wanted === '' || isTaken}>{submitLabel}</Button>
      </>}
    >
      <form id="scenario-name" className="form" onSubmit={submit}>
        <Field label={t('field.name')}>
          <input className="input" data-autofocus value={name} maxLength={200} aria-invalid={isTaken} onFocus={event => event.target.select()} onChange={event => setName(event.target.value)} />
        </Field>
        {isTaken && <p className="form__problem" role="alert">{t('dialog.newScenario.taken')}</p>}
        {children}
      </form>
    </Dialog>
  )
}

/** Deleting a scheme cannot be undone, so it is asked. */
export function DeleteScenarioDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const scenario = useStore(scenarioStore, state => state.byId[id])
  const count = Object.keys(scenario?.document.proposals ?? {}).length
  const remove = () => {
    onClose()
    void removeScenario(id)
  }
  return (
    <Dialog
      title={t('dialog.deleteScenario.title')} closeLabel={t('common:close')} onClose={onClose} width={400}
      footer={<>
        <Button data-autofocus onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="danger" onClick={remove}>{t('scenarios.delete')}</Button>
      </>}
    >
      <p>{t('dialog.deleteScenario.text', { name: scenario?.document.name ?? '', count })}</p>
    </Dialog>
  )
}
