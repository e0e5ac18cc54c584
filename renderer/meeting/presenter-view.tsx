import { ChevronLeft, ChevronRight, Gavel } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { decisionsOf, goToSlide, stepSlide } from '../actions/meeting/meeting-actions.ts'
import { secondWindowsStore } from '../state/app/second-window-store.ts'
import { meetingStore } from '../state/app/meeting-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { Button } from '../ui/button.tsx'
import { DecisionForm } from './decision-form.tsx'
import { PresenterPicture } from './presenter-picture.tsx'
import { SlideText } from './slide-text.tsx'
import { slideStep } from './slide-keys.ts'
import './meeting.css'

/** What who presents sees on the second screen: the slide's words, what is decided, what comes next, how long it has taken. */
export function PresenterView() {
  const { t } = useTranslation('meeting')
  const meeting = useStore(meetingStore, state => state.meeting)
  const records = useStore(registerStore, state => state.decisions)
  const screen = useStore(secondWindowsStore, state => state.open.presenter)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = slideStep(event)
      if (step === null) return
      event.preventDefault()
      stepSlide(step)
    }
    screen?.addEventListener('keydown', onKey)
    return () => screen?.removeEventListener('keydown', onKey)
  }, [screen])
  if (!meeting) return <p className="presenter soft">{t('over')}</p>
  const slide = meeting.slides[meeting.index]!
  const next = meeting.slides[meeting.index + 1]
  const decisions = decisionsOf(meeting, records)
  return (
    <div className="presenter">
      <header className="presenter__bar">
        <b>{t('place', { number: meeting.index + 1, count: meeting.slides.length })}</b>
        <Elapsed />
        <Button icon={<ChevronLeft size={16} />} disabled={meeting.index === 0} onClick={() => stepSlide(-1)}>{t('previous')}</Button>
        <Button look="primary" icon={<ChevronRight size={16} />} disabled={!next} onClick={() => stepSlide(1)}>{t('next')}</Button>
      </header>
      <section className="presenter__slide">
        <PresenterPicture />
        <SlideText slide={slide} meeting={meeting} />
        {slide.type !== 'title' && slide.type !== 'end' && <DecisionForm key={meeting.index} slide={slide} meeting={meeting} />}
      </section>
      <aside className="presenter__side">
        <h3>{t('comesNext')}</h3>
        {next ? <button type="button" className="presenter__next" onClick={() => goToSlide(meeting.index + 1)}><SlideText slide={next} meeting={meeting} /></button> : <p className="soft">–</p>}
        <h3>{t('decisions', { count: decisions.length })}</h3>
        <ol>{decisions.map((decision, i) => <li key={i}><Gavel size={14} aria-hidden /> {decision.text} <span className="soft">{[decision.owner, decision.due].filter(Boolean).join(' · ')}</span></li>)}</ol>
      </aside>
    </div>
  )
}

/** Minutes and seconds since the window was opened. */
function Elapsed() {
  const { t } = useTranslation('meeting')
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const from = performance.now()
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - from) / 1000)), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span className="presenter__time" aria-label={t('elapsed')}>{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</span>
}
