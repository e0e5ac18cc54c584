import { stepSlide } from '../actions/meeting/meeting-actions.ts'
import { clearInk, toggleMeetingTool } from '../actions/meeting/ink-actions.ts'
import { MEETING_KEYS, meetingStore } from '../state/app/meeting-store.ts'
import { slideStep } from './slide-keys.ts'

/** Keys of the desk that serve in a meeting too: looking, measuring, stepping back. Nothing is changed by a slip of the hand. */
const OF_THE_DESK = /^([1-3DFGBTHX?]|Escape|Tab|Enter|Shift|F5|F11)$/

const isTyping = (target: EventTarget | null): boolean => /^(INPUT|TEXTAREA|SELECT)$/.test((target as Partial<Element> | null)?.tagName ?? '')

/** Keys of the meeting before any other's. @returns the means to stop. */
export function followMeetingKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const step = slideStep(event)
    if (step !== null) stepSlide(step)
    else if (isTyping(event.target)) return
    else if (!runTool(event)) {
      if (!OF_THE_DESK.test(event.key.length === 1 ? event.key.toUpperCase() : event.key)) event.stopPropagation()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('keydown', onKey, { capture: true })
  return () => removeEventListener('keydown', onKey, { capture: true })
}

/** @returns whether the key was a tool's. */
function runTool({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const pressed = key.length === 1 ? key.toUpperCase() : key
  const tool = meetingStore.getState().meeting?.tool ?? null
  if (pressed === MEETING_KEYS.pen) toggleMeetingTool('pen')
  else if (pressed === MEETING_KEYS.pointer) toggleMeetingTool('pointer')
  else if (pressed === MEETING_KEYS.wipe) clearInk()
  else if (pressed === 'Escape' && tool !== null) toggleMeetingTool(tool)
  else return false
  return true
}
