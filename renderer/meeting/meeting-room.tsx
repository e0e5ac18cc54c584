import { ChevronLeft, ChevronRight, LogOut } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { endMeeting, stepSlide } from '../actions/meeting-actions.ts'
import { SceneView } from '../scene/scene-view.tsx'
import { meetingStore } from '../state/meeting-store.ts'
import { IconButton } from '../ui/button.tsx'
import { DecisionForm } from './decision-form.tsx'
import { SlideText } from './slide-text.tsx'
import './meeting.css'

/** Keys of a keyboard and of clickers, which press page up and page down. */
const STEPS: Readonly<Record<string, 1 | -1>> = { PageDown: 1, ArrowRight: 1, ' ': 1, PageUp: -1, ArrowLeft: -1 }

/** A meeting on the whole screen: the 3D view live behind, one thing at a time in large type, what is decided beside it. */
export function MeetingRoom() {
  const { t } = useTranslation('meeting')
  const meeting = useStore(meetingStore, state => state.meeting)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      const step = STEPS[event.key]
      // A clicker's page keys work while somebody types; letters and arrows belong to the text.
      if (step === undefined || (isTyping && !event.key.startsWith('Page')) || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return
      event.preventDefault()
      event.stopPropagation()
      stepSlide(step)
    }
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [])
  if (!meeting) return null
  const slide = meeting.slides[meeting.index]!
  return (
    <div className="meeting">
      <div className="meeting__scene"><SceneView /></div>
      <section className="meeting__slide" aria-live="polite">
        <SlideText slide={slide} meeting={meeting} />
        {slide.type !== 'title' && slide.type !== 'end' && <DecisionForm key={meeting.index} slide={slide} meeting={meeting} />}
      </section>
      <nav className="meeting__bar" aria-label={t('bar')}>
        <IconButton label={t('previous')} shortcut="PageUp" disabled={meeting.index === 0} icon={<ChevronLeft size={24} />} onClick={() => stepSlide(-1)} />
        <span>{t('place', { number: meeting.index + 1, count: meeting.slides.length })}</span>
        <IconButton label={t('next')} shortcut="PageDown" disabled={meeting.index === meeting.slides.length - 1} icon={<ChevronRight size={24} />} onClick={() => stepSlide(1)} />
        <IconButton label={t('leave')} icon={<LogOut size={20} />} onClick={endMeeting} />
      </nav>
    </div>
  )
}
