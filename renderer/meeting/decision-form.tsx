import { Gavel } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { decisionsOf, subjectOfSlide, takeDown } from '../actions/meeting-actions.ts'
import type { MeetingState, Slide } from '../state/meeting-store.ts'
import { registerStore } from '../state/register-store.ts'
import { Button } from '../ui/button.tsx'

/** What is decided about the slide: typed there, kept at once. */
export function DecisionForm({ slide, meeting }: { readonly slide: Slide; readonly meeting: MeetingState }) {
  const { t } = useTranslation('meeting')
  const records = useStore(registerStore, state => state.decisions)
  const [words, setWords] = useState({ text: '', owner: '', due: '' })
  const about = JSON.stringify(subjectOfSlide(slide))
  const taken = decisionsOf(meeting, records).filter(({ subject }) => JSON.stringify(subject) === about)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = words.text.trim()
    if (text === '') return
    void takeDown(slide, { text, owner: words.owner.trim(), due: words.due === '' ? null : words.due })
    setWords({ text: '', owner: '', due: '' })
  }
  return (
    <form className="meeting__decide" onSubmit={submit}>
      {taken.map((decision, i) => <p key={i} className="meeting__taken"><Gavel size={18} /><span><b>{decision.text}</b> <span className="soft">{[decision.owner, decision.due].filter(Boolean).join(' · ')}</span></span></p>)}
      <input className="meeting__field" value={words.text} maxLength={5000} placeholder={t('decide')} aria-label={t('decide')} onChange={event => setWords({ ...words, text: event.target.value })} />
      <div className="meeting__pair">
        <input className="meeting__field" value={words.owner} maxLength={200} placeholder={t('owner')} aria-label={t('owner')} onChange={event => setWords({ ...words, owner: event.target.value })} />
        <input className="meeting__field" type="date" value={words.due} aria-label={t('due')} onChange={event => setWords({ ...words, due: event.target.value })} />
        <Button type="submit" look="primary" disabled={words.text.trim() === ''}>{t('takeDown')}</Button>
      </div>
    </form>
  )
}
