import { useState, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { addStroke, inkShown } from '../actions/meeting/ink-actions.ts'
import type { Stroke } from '../actions/files/picture-actions.ts'
import { cameraStore } from '../state/view/camera-store.ts'
import { meetingStore } from '../state/app/meeting-store.ts'

/** Strokes as lines that show on any ground, in shares of the picture they lie over. */
export const InkLines = ({ strokes }: { readonly strokes: readonly Stroke[] }) => strokes.map((points, i) => {
  const line = points.map(point => point.join()).join(' ')
  return <g key={i}><polyline className="ink__casing" points={line} /><polyline className="ink__line" points={line} /></g>
})

/** Points of a stroke nearer than this share of the view say nothing. */
const STEP = 0.002
const MOST_POINTS = 2000

/** What is drawn on the slide, over the 3D view; with the pen in hand it takes the mouse. */
export function InkLayer() {
  const meeting = useStore(meetingStore, state => state.meeting)
  const place = useStore(cameraStore, state => state.place)
  const [stroke, setStroke] = useState<Stroke | null>(null)
  if (!meeting) return null
  const isPen = meeting.tool === 'pen'
  const strokes = [...inkShown(meeting, place), ...(stroke ? [stroke] : [])]
  if (!isPen && strokes.length === 0) return null
  const shareOf = ({ clientX, clientY, currentTarget }: PointerEvent<SVGSVGElement>): Stroke[number] => {
    const box = currentTarget.getBoundingClientRect()
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height]
  }
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    if (!stroke || stroke.length >= MOST_POINTS) return
    const [at, last] = [shareOf(event), stroke.at(-1)!]
    if (Math.hypot(at[0] - last[0], at[1] - last[1]) >= STEP) setStroke([...stroke, at])
  }
  return (
    <svg
      className="ink" data-pen={isPen || undefined} viewBox="0 0 1 1" preserveAspectRatio="none"
      onPointerDown={event => {
        if (!isPen || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setStroke([shareOf(event)])
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        if (stroke && stroke.length > 1) addStroke(stroke)
        setStroke(null)
      }}
      onPointerCancel={() => setStroke(null)}
    >
      <InkLines strokes={strokes} />
    </svg>
  )
}
