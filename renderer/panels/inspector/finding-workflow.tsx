import { History, MessageSquarePlus, ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { FINDING_STATUSES, type FindingState } from '#shared/register/finding-state.ts'
import type { Picture } from '#shared/register/picture.ts'
import type { Standing } from '#shared/review/standing.ts'
import { pictureOfFile } from '../../actions/files/picture-actions.ts'
import { comment, historyOf, workOff, type HistoryEntry } from '../../actions/check/review-actions.ts'
import { dateTime, metres } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { standingIn } from '../../state/findings/standings.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, Section } from '../../ui/display.tsx'
import { Field, Select, TextInput } from '../../ui/fields.tsx'
import { KeptPicture } from '../findings/kept-picture.tsx'
import { pastedPicture, PictureChoice } from '../findings/picture-choice.tsx'
import { StatusMark } from '../findings/status-mark.tsx'

/** The open finding worked off: how far it has come, who sees to it, what was said, its exception, its history. */
export function FindingWorkflow({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('review')
  const project = useStore(projectStore)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const records = useStore(registerStore, state => state.findingStates)
  const standing = standingIn(finding, { project, document, records })
  const canEdit = project.info?.readOnly === null
  const { state } = standing
  const change = (patch: Parameters<typeof workOff>[1]) => void workOff([finding.id], patch)
  return (
    <Section title={t('title')}>
      <div className="finding-workflow">
        <Field label={t('column.status')} inline>
          <Select
            value={standing.status} disabled={!canEdit} options={FINDING_STATUSES.map(status => ({ value: status, label: t(`status.${status}`) }))}
            onChange={status => (status === 'accepted' ? sessionStore.setState({ dialog: { type: 'exception', findingId: finding.id } }) : change(() => ({ status })))}
          />
        </Field>
        <Judgement standing={standing} />
        <Field label={t('column.assignee')} inline><TextInput value={state?.assignee ?? ''} maxLength={200} disabled={!canEdit} onCommit={assignee => change(known => ({ assignee: assignee.trim(), status: known.status === 'new' ? 'active' : known.status }))} /></Field>
        <Field label={t('column.due')} inline><input className="input" type="date" value={state?.due ?? ''} disabled={!canEdit} onChange={event => change(() => ({ due: event.target.value === '' ? null : event.target.value }))} /></Field>
        <Field label={t('column.tags')} inline><TextInput value={state?.tags.join(' ') ?? ''} maxLength={500} disabled={!canEdit} placeholder={t('tagsHint')} onCommit={text => change(() => ({ tags: tagsOf(text) }))} /></Field>
        <Field label={t('column.group')} inline><TextInput value={state?.group ?? ''} maxLength={200} disabled={!canEdit} onCommit={group => change(() => ({ group: group.trim() }))} /></Field>
        <Button icon={<ShieldCheck size={14} />} disabled={!canEdit} onClick={() => sessionStore.setState({ dialog: { type: 'exception', findingId: finding.id } })}>{t(state?.exception ? 'exception.again' : 'exception.accept')}</Button>
        <Comments finding={finding} state={state} canEdit={canEdit} />
        <HistoryList key={`${finding.id} ${state?.seen.at ?? ''}`} finding={finding} />
      </div>
    </Section>
  )
}

export const tagsOf = (text: string): string[] => [...new Set(text.split(/[\s,，、]+/).map(tag => tag.replace(/^#/, '').slice(0, 100)).filter(tag => tag !== ''))].slice(0, 50)

/** What changed since somebody last touched it, and why an exception no longer holds. */
function Judgement({ standing }: { readonly standing: Standing }) {
  const { t } = useTranslation('review')
  const { reopened, trend, state } = standing
  return <>
    {reopened && <Notice tone="warning" icon={<ShieldAlert size={14} />}>{t('reopenedLine', { why: t(`reopened.${reopened}`) })}</Notice>}
    {(trend === 'worse' || trend === 'better') && state && <p className="small soft">{t(`trendLine.${trend}`, { shortfall: metres(state.seen.shortfall) })}</p>}
    {trend === 'again' && <p className="small soft">{t('trendLine.again')}</p>}
    {state?.exception && !reopened && state.status === 'accepted' && <p className="small soft">{t('exceptionLine', { ...state.exception })}</p>}
  </>
}

function Comments({ finding, state, canEdit }: { readonly finding: Finding; readonly state: FindingState | null; readonly canEdit: boolean }) {
  const { t, i18n } = useTranslation('review')
  const author = useStore(sessionStore, session => session.person)
  const [text, setText] = useState('')
  const [picture, setPicture] = useState<Picture | null>(null)
  const isEmpty = text.trim() === '' && picture === null
  const send = () => {
    if (isEmpty) return
    void comment([finding.id], author, text.trim() || t('kept.alt'), picture)
    setText('')
    setPicture(null)
  }
  return (
    <div className="finding-comments">
      {state?.comments.map(entry => <p key={entry.id}><span className="faint small">{entry.author || t('nobody')} · {dateTime(entry.at, i18n.language)}</span><br /><span className="selectable">{entry.text}</span>{entry.picture !== undefined && <KeptPicture id={entry.picture} />}</p>)}
      {canEdit && <>
        <textarea className="input" rows={2} value={text} maxLength={10_000} placeholder={t('commentHint')} aria-label={t('comment')} onChange={event => setText(event.target.value)} onKeyDown={event => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && send()} onPaste={event => {
          const pasted = pastedPicture(event.clipboardData)
          if (!pasted) return
          event.preventDefault()
          void pictureOfFile(pasted).then(setPicture)
        }} />
        {picture && <div className="finding-comments__foot"><PictureChoice picture={picture} onChange={setPicture} /></div>}
        <div className="finding-comments__foot">
          <input className="input" value={author} maxLength={200} placeholder={t('yourName')} aria-label={t('yourName')} onChange={event => sessionStore.setState({ person: event.target.value })} />
          {!picture && <PictureChoice picture={null} onChange={setPicture} />}
          <Button icon={<MessageSquarePlus size={14} />} disabled={isEmpty} onClick={send}>{t('comment')}</Button>
        </div>
      </>}
    </div>
  )
}

function HistoryList({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation('review')
  const [entries, setEntries] = useState<readonly HistoryEntry[] | null>(null)
  if (entries === null) return <Button look="quiet" icon={<History size={14} />} onClick={() => void historyOf(finding).then(setEntries)}>{t('history')}</Button>
  if (entries.length === 0) return <p className="small faint">{t('noHistory')}</p>
  return <ol className="finding-history">{entries.map((entry, i) => <li key={i}><span className="faint small">{dateTime(entry.at, i18n.language)}</span> {entry.body ? <><StatusMark status={entry.body.status} /> {entry.body.assignee}</> : t('removed')}</li>)}</ol>
}
