import { Eraser, MousePointer2, Pen, Ruler } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '../actions/app-actions.ts'
import { clearInk, inkShown, toggleMeetingTool } from '../actions/meeting/ink-actions.ts'
import { cameraStore } from '../state/view/camera-store.ts'
import { MEETING_KEYS, type MeetingState } from '../state/app/meeting-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { IconButton } from '../ui/button.tsx'

/** What is done on a slide beside talking: pointing, drawing, measuring. */
export function MeetingTools({ meeting }: { readonly meeting: MeetingState }) {
  const { t } = useTranslation('meeting')
  const place = useStore(cameraStore, state => state.place)
  const isMeasuring = useStore(sessionStore, state => state.interaction.type === 'measuring')
  return <>
    <IconButton label={t('pointer')} shortcut={MEETING_KEYS.pointer} pressed={meeting.tool === 'pointer'} icon={<MousePointer2 size={20} />} onClick={() => toggleMeetingTool('pointer')} />
    <IconButton label={t('pen')} shortcut={MEETING_KEYS.pen} pressed={meeting.tool === 'pen'} icon={<Pen size={20} />} onClick={() => toggleMeetingTool('pen')} />
    <IconButton label={t('wipe')} shortcut={MEETING_KEYS.wipe} disabled={inkShown(meeting, place).length === 0} icon={<Eraser size={20} />} onClick={clearInk} />
    <IconButton label={t('measure')} shortcut="D" pressed={isMeasuring} icon={<Ruler size={20} />} onClick={() => runAction(isMeasuring ? 'tools.select' : 'tools.measure')} />
  </>
}
