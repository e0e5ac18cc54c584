import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { shownResult } from '../actions/check/finding-actions.ts'
import { accept } from '../actions/check/review-actions.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { localDay, recordIn } from '../state/findings/standings.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/fields.tsx'
import './dialogs.css'

/** Accepts a finding: only with reason, measure, person and the days it holds. */
export function ExceptionDialog({ findingId, onClose }: { readonly findingId: string; readonly onClose: () => void }) {
  const { t } = useTranslation('review')
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const records = useStore(registerStore, state => state.findingStates)
  const finding = shownResult()?.findings.find(({ id }) => id === findingId)
  const known = finding ? recordIn(finding, { document, records })?.exception : null
  const today = localDay(new Date())
  const [terms, setTerms] = useState({ reason: known?.reason ?? '', measure: known?.measure ?? '', person: known?.person ?? sessionStore.getState().person, date: today, expires: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace('-02-29', '-02-28') })
  if (!finding) return null
  const isWhole = Object.values(terms).every(text => text.trim() !== '') && terms.expires >= terms.date
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isWhole) return
    onClose()
    sessionStore.setState({ person: terms.person.trim() })
    void accept(finding, terms)
  }
  const set = (name: keyof typeof terms) => (event: { target: { value: string } }) => setTerms({ ...terms, [name]: event.target.value })
  return (
    <Dialog
      title={t('exception.title')} closeLabel={t('common:close')} onClose={onClose} width={520}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="accept-finding" disabled={!isWhole}>{t('exception.accept')}</Button>
      </>}
    >
      <form id="accept-finding" className="form" onSubmit={submit}>
        <p className="soft">{t('exception.text')}</p>
        <Field label={t('exception.reason')}><textarea className="input" rows={2} data-autofocus value={terms.reason} maxLength={5000} onChange={set('reason')} /></Field>
        <Field label={t('exception.measure')}><textarea className="input" rows={2} value={terms.measure} maxLength={5000} onChange={set('measure')} /></Field>
        <Field label={t('exception.person')}><input className="input" value={terms.person} maxLength={200} onChange={set('person')} /></Field>
        <div className="form__pair">
          <Field label={t('exception.date')}><input className="input" type="date" value={terms.date} onChange={set('date')} /></Field>
          <Field label={t('exception.expires')}><input className="input" type="date" value={terms.expires} min={terms.date} aria-invalid={terms.expires < terms.date} onChange={set('expires')} /></Field>
        </div>
      </form>
    </Dialog>
  )
}
