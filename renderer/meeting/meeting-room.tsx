import { ChevronLeft, ChevronRight, LogOut, MonitorUp } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { endMeeting, stepSlide } from '../actions/meeting/meeting-actions.ts'
import { closeSecondWindow, openSecondWindow } from '../actions/meeting/second-window-actions.ts'
import { SwipeBar } from '../panels/planning/swipe-bar.tsx'
import { SceneView } from '../scene/scene-view.tsx'
import { meetingStore } from '../state/app/meeting-store.ts'
import { secondWindowsStore } from '../state/app/second-window-store.ts'
import { IconButton } from '../ui/button.tsx'
import { DecisionForm } from './decision-form.tsx'
import { InkLayer } from './ink-layer.tsx'
import { followMeetingKeys } from './meeting-keys.ts'
import { MeetingTools } from './meeting-tools.tsx'
import { PointerSpot } from './pointer-spot.tsx'
import { SlideText } from './slide-text.tsx'
import './meeting.css'

/** A meeting on the whole screen: the 3D view live behind, one thing at a time in large type, what is decided beside it. */
export function MeetingRoom() {
  const { t } = useTranslation('meeting')
  const meeting = useStore(meetingStore, state => state.meeting)
  // What is typed stands on the presenter's screen where there is one.
  const hasPresenter = useStore(secondWindowsStore, state => state.open.presenter !== undefined)
  useEffect(followMeetingKeys, [])
  if (!meeting) return null
  const slide = meeting.slides[meeting.index]!
  return (
    <div className="meeting" data-tool={meeting.tool ?? undefined}>
      <div className="meeting__scene"><SceneView /><SwipeBar /><InkLayer /></div>
      <section className="meeting__slide" aria-live="polite">
        <SlideText slide={slide} meeting={meeting} />
        {!hasPresenter && slide.type !== 'title' && slide.type !== 'end' && <DecisionForm key={meeting.index} slide={slide} meeting={meeting} />}
      </section>
      <nav className="meeting__bar" aria-label={t('bar')}>
        <IconButton label={t('previous')} shortcut="PageUp" disabled={meeting.index === 0} icon={<ChevronLeft size={24} />} onClick={() => stepSlide(-1)} />
        <span>{t('place', { number: meeting.index + 1, count: meeting.slides.length })}</span>
        <IconButton label={t('next')} shortcut="PageDown" disabled={meeting.index === meeting.slides.length - 1} icon={<ChevronRight size={24} />} onClick={() => stepSlide(1)} />
        <span className="meeting__gap" />
        <MeetingTools meeting={meeting} />
        <span className="meeting__gap" />
        <IconButton label={t('presenter')} aria-pressed={hasPresenter} icon={<MonitorUp size={20} />} onClick={() => (hasPresenter ? closeSecondWindow('presenter') : openSecondWindow('presenter'))} />
        <IconButton label={t('leave')} icon={<LogOut size={20} />} onClick={endMeeting} />
      </nav>
      {meeting.tool === 'pointer' && <PointerSpot />}
    </div>
  )
}
