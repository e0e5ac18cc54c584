import { Download, FilePlus2, FileX2, FolderOpen, Layers, MapPinned } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { openTicket } from '../actions/files/project-actions.ts'
import { useAction } from '../actions/use-action.ts'
import { dateTime } from '../i18n/format.ts'
import { hostStore } from '../state/app/host-store.ts'
import { jobsStore } from '../state/app/jobs-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { ProgressBar } from '../ui/display.tsx'
import './start-screen.css'

const CHOICES = [
  { id: 'file.openSample', icon: MapPinned },
  { id: 'file.open', icon: FolderOpen },
  { id: 'file.new', icon: FilePlus2 },
  { id: 'file.import', icon: Download },
] as const

/** Nothing is open: what one can do, and what was open before. */
export function StartScreen() {
  const { t, i18n } = useTranslation('app')
  const recent = useStore(hostStore, state => state.recent)
  const isOpening = useStore(projectStore, state => state.status === 'opening' || state.status === 'arriving')
  return (
    <main className="start">
      <div className="start__column">
        {isOpening ? <Opening /> : <header className="start__head">
          <Layers size={28} />
          <div>
            <h1>Underplan</h1>
            <p className="soft">{t('start.tagline')}</p>
          </div>
        </header>}
        {!isOpening && (
          <>
            <div className="start__choices">{CHOICES.map(({ id, icon: Icon }) => <Choice key={id} id={id} icon={<Icon size={20} />} />)}</div>
            {recent.length > 0 && (
              <section>
                <h3 className="start__title">{t('start.recent')}</h3>
                <ul className="start__recent">
                  {recent.slice(0, 8).map(({ ticket, name, folder, openedAt, missing }) => (
                    <li key={ticket}>
                      <button type="button" disabled={missing} onClick={() => void openTicket(ticket)}>
                        {missing ? <FileX2 size={16} /> : <Layers size={16} />}
                        <span className="truncate"><b className="strong">{name}</b> <span className="faint">{folder}</span></span>
                        <span className="faint small">{missing ? t('start.missing') : dateTime(openedAt, i18n.language)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </main>
  )
}

/** How far opening has come: a large city takes seconds. */
function Opening() {
  const { t } = useTranslation('app')
  const job = useStore(jobsStore, state => state.jobs.at(-1))
  const title = job ? t(job.titleKey) : t('start.opening')
  return (
    <div className="start__opening" role="status">
      <Layers size={28} />
      <h1>{title}</h1>
      <ProgressBar fraction={job?.fraction ?? null} label={title} />
      <p className="soft">{job?.stageKey ? t(job.stageKey, { defaultValue: '' }) : ''}</p>
    </div>
  )
}

function Choice({ id, icon }: { readonly id: string; readonly icon: React.ReactNode }) {
  const { t } = useTranslation('app')
  const { action, isEnabled } = useAction(id)
  return (
    <button type="button" className="start__choice" disabled={!isEnabled} onClick={() => void action.run()}>
      {icon}<b className="strong">{t(`start.choice.${id}.title`)}</b><span className="soft">{t(`start.choice.${id}.text`)}</span>
    </button>
  )
}
