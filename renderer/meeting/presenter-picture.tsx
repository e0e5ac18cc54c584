import { invalidate } from '@react-three/fiber'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { inkShown } from '../actions/meeting/ink-actions.ts'
import { cameraStore } from '../state/view/camera-store.ts'
import { meetingStore, pointerStore } from '../state/app/meeting-store.ts'
import { InkLines } from './ink-layer.tsx'

/** Pictures a second: enough to follow, little for a machine without a graphics card. */
const FRAME_RATE = 10

/** What the room sees: the 3D view live, what is drawn over it, and where the pointer stands. */
export function PresenterPicture() {
  const { t } = useTranslation('meeting')
  const video = useRef<HTMLVideoElement>(null)
  const meeting = useStore(meetingStore, state => state.meeting)
  const place = useStore(cameraStore, state => state.place)
  const at = useStore(pointerStore, state => state.at)
  useEffect(() => {
    const screen = video.current
    const canvas = document.querySelector<HTMLCanvasElement>('.meeting__scene canvas')
    if (!screen || !canvas) return
    const stream = canvas.captureStream(FRAME_RATE)
    screen.srcObject = stream
    // A window that was closed meanwhile plays nothing.
    void screen.play().catch(() => undefined)
    // A still view sends nothing: one frame to begin with.
    invalidate()
    return () => stream.getTracks().forEach(track => track.stop())
  }, [])
  if (!meeting) return null
  return (
    <div className="presenter__picture" role="img" aria-label={t('roomSees')}>
      <video ref={video} muted autoPlay playsInline />
      <svg className="ink" viewBox="0 0 1 1" preserveAspectRatio="none"><InkLines strokes={inkShown(meeting, place)} /></svg>
      {at && <span className="presenter__pointer" style={{ left: `${100 * at[0]}%`, top: `${100 * at[1]}%` }} />}
    </div>
  )
}
