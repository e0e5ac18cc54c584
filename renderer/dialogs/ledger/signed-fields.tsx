import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sessionStore } from '../../state/app/session-store.ts'
import { Field } from '../../ui/fields.tsx'

/** Who changes the twin and why: kept with the change. The name is that of the session. */
export function SignedFields({ why, onWhy }: { readonly why: string; readonly onWhy: (why: string) => void }) {
  const { t } = useTranslation('ledger')
  const who = useStore(sessionStore, state => state.person)
  return (
    <div className="form__pair">
      <Field label={t('who')}><input className="input" value={who} maxLength={200} onChange={event => sessionStore.setState({ person: event.target.value })} /></Field>
      <Field label={t('why')}><input className="input" value={why} maxLength={2000} placeholder={t('whyHint')} onChange={event => onWhy(event.target.value)} /></Field>
    </div>
  )
}
