import { Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ownerKey, type Owner } from '#shared/register/owner.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { keepOwner, removeOwner } from '../../actions/ledger/owner-actions.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import type { RegisterState } from '../../state/twin/register-store.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/fields.tsx'
import '../dialogs.css'

interface OwnerFormProps {
  /** Null for one that is not registered yet. */
  readonly id: string | null
  readonly owner: Owner
  readonly registered: RegisterState['owners']
  readonly onKept: (id: string, owner: Owner) => void
  readonly onRemoved: () => void
}

/** Fields of one line of text, with the most they hold. */
const LINES = { contact: 200, phone: 200, emergencyPhone: 200, address: 500 } as const
const TEXTS = { duty: 2000, notes: 5000 } as const
const CHOICES = ASSET_KINDS.filter(kind => kind !== 'unknown')

/** One owner: names, how to reach them, what they answer for. */
export function OwnerForm({ id, owner, registered, onKept, onRemoved }: OwnerFormProps) {
  const { t } = useTranslation('owners')
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const [draft, setDraft] = useState(owner)
  const [aliases, setAliases] = useState(owner.aliases.join('、'))
  const set = (part: Partial<Owner>) => setDraft({ ...draft, ...part })
  const name = draft.name.trim()
  const isTaken = Object.values(registered).some(other => other.id !== id && ownerKey(other.body.name) === ownerKey(name))
  const toggle = (kind: AssetKind) => set({ kinds: draft.kinds.includes(kind) ? draft.kinds.filter(other => other !== kind) : [...draft.kinds, kind] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name === '' || isTaken) return
    const kept: Owner = { ...draft, name, aliases: aliases.split(/[、,，;；]+/).map(alias => alias.trim().slice(0, 200)).filter(alias => alias !== '').slice(0, 100) }
    void keepOwner(id, kept).then(keptId => keptId && onKept(keptId, kept))
  }
  return (
    <form className="form owners__form" onSubmit={submit}>
      <div className="form__pair">
        <Field label={t('field.name')}><input className="input" data-autofocus value={draft.name} maxLength={200} aria-invalid={isTaken} disabled={!canEdit} onChange={event => set({ name: event.target.value })} /></Field>
        <Field label={t('field.aliases')}><input className="input" value={aliases} maxLength={2000} placeholder={t('aliasesHint')} disabled={!canEdit} onChange={event => setAliases(event.target.value)} /></Field>
      </div>
      {isTaken && <p className="form__problem" role="alert">{t('taken')}</p>}
      <div className="owners__fields">
        {(Object.keys(LINES) as (keyof typeof LINES)[]).map(field => (
          <Field key={field} label={t(`field.${field}`)}><input className="input" value={draft[field]} maxLength={LINES[field]} disabled={!canEdit} onChange={event => set({ [field]: event.target.value })} /></Field>
        ))}
      </div>
      <fieldset className="owners__kinds">
        <legend className="field__label">{t('field.kinds')}</legend>
        {CHOICES.map(kind => <label key={kind} className="check-row"><input type="checkbox" checked={draft.kinds.includes(kind)} disabled={!canEdit} onChange={() => toggle(kind)} />{t(`kinds:kind.${kind}`)}</label>)}
      </fieldset>
      {(Object.keys(TEXTS) as (keyof typeof TEXTS)[]).map(field => (
        <Field key={field} label={t(`field.${field}`)}><textarea className="input" rows={2} value={draft[field]} maxLength={TEXTS[field]} disabled={!canEdit} onChange={event => set({ [field]: event.target.value })} /></Field>
      ))}
      <div className="owners__foot">
        {id !== null && <Button look="quiet" icon={<Trash2 size={14} />} disabled={!canEdit} onClick={() => void removeOwner(id).then(isRemoved => isRemoved && onRemoved())}>{t('remove')}</Button>}
        <Button look="primary" type="submit" disabled={!canEdit || name === '' || isTaken}>{t(id === null ? 'register' : 'keep')}</Button>
      </div>
    </form>
  )
}
