import { FileArchive, FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { decisionsOf, makeMinutes } from '../actions/meeting/meeting-actions.ts'
import type { MeetingState } from '../state/app/meeting-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { Button } from '../ui/button.tsx'

/** What was decided, and what leaves the room. */
export function EndSlide({ meeting }: { readonly meeting: MeetingState }) {
  const { t } = useTranslation('meeting')
  const records = useStore(registerStore, state => state.decisions)
  const decisions = decisionsOf(meeting, records)
  return <>
    <h1>{t('decisions', { count: decisions.length })}</h1>
    <ol className="meeting__decisions">{decisions.map((decision, i) => <li key={i}><b>{decision.text}</b> <span className="soft">{[decision.owner, decision.due].filter(Boolean).join(' · ')}</span></li>)}</ol>
    {meeting.unkept.length > 0 && <p className="meeting__note">{t('unkept', { count: meeting.unkept.length })}</p>}
    <div className="meeting__actions">
      <Button look="primary" icon={<FileArchive size={16} />} onClick={() => void makeMinutes('zip')}>{t('everything')}</Button>
      <Button icon={<FileText size={16} />} onClick={() => void makeMinutes('pdf')}>{t('minutesPdf')}</Button>
      <Button icon={<FileText size={16} />} onClick={() => void makeMinutes('html')}>{t('minutesHtml')}</Button>
    </div>
  </>
}
