import { Camera, Gavel } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { inkShown } from '../actions/meeting/ink-actions.ts'
import { decisionsOf, subjectOfSlide, takeDown } from '../actions/meeting/meeting-actions.ts'
import { pictureOfView } from '../actions/files/picture-actions.ts'
import { KeptPicture } from '../panels/findings/kept-picture.tsx'
import { cameraStore } from '../state/view/camera-store.ts'
import type { MeetingState, Slide } from '../state/app/meeting-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { Button, IconButton } from '../ui/button.tsx'

/** What is decided about the slide: typed there, kept at once. */
export function DecisionForm({ slide, meeting }: { readonly slide: Slide; readonly meeting: MeetingState }) {
  const { t } = useTranslation('meeting')
  const records = useStore(registerStore, state => state.decisions)
  const [words, setWords] = useState({ text: '', owner: '', due: '' })
  const place = useStore(cameraStore, state => state.place)
  // What somebody drew is meant to be kept; a bare view only where it is asked for.
  const strokes = inkShown(meeting, place)
  const [wanted, setWanted] = useState<boolean | null>(null)
  const isWithPicture = wanted ?? strokes.length > 0
  const about = JSON.stringify(subjectOfSlide(slide))
  const taken = decisionsOf(meeting, records).filter(({ subject }) => JSON.stringify(subject) === about)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = words.text.trim()
    if (text === '') return
    const taken = isWithPicture ? pictureOfView(strokes) : Promise.resolve(null)
    void taken.then(picture => takeDown(slide, { text, owner: words.owner.trim(), due: words.due === '' ? null : words.due }, picture))
    setWords({ text: '', owner: '', due: '' })
    setWanted(null)
  }
  return (
    <form className="meeting__decide" onSubmit={submit}>
      {taken.map((decision, i) => <p key={i} className="meeting__taken"><Gavel size={18} /><span><b>{decision.text}</b> <span className="soft">{[decision.owner, decision.due].filter(Boolean).join(' · ')}</span>{decision.picture !== undefined && <KeptPicture id={decision.picture} />}</span></p>)}
      <input className="meeting__field" value={words.text} maxLength={5000} placeholder={t('decide')} aria-label={t('decide')} onChange={event => setWords({ ...words, text: event.target.value })} />
      <div className="meeting__pair">
        <input className="meeting__field" value={words.owner} maxLength={200} placeholder={t('owner')} aria-label={t('owner')} onChange={event => setWords({ ...words, owner: event.target.value })} />
        <input className="meeting__field" type="date" value={words.due} aria-label={t('due')} onChange={event => setWords({ ...words, due: event.target.value })} />
        <IconButton label={t('withPicture')} pressed={isWithPicture} icon={<Camera size={20} />} onClick={() => setWanted(!isWithPicture)} />
        <Button type="submit" look="primary" disabled={words.text.trim() === ''}>{t('takeDown')}</Button>
      </div>
    </form>
  )
}
