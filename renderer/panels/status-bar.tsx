import { BookCheck, CircleAlert, CircleCheck, CircleDashed, Languages, Lock, MoonStar, Sun, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { runAction } from '../actions/app-actions.ts'
import { checkAgain } from '../actions/check/check-actions.ts'
import { choosePack } from '../actions/files/project-actions.ts'
import { figure, metres } from '../i18n/format.ts'
import { freshness } from '../state/findings/freshness.ts'
import { findingsStore, resultKey, resultOf, scopeSort } from '../state/findings/findings-store.ts'
import { hostStore } from '../state/app/host-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { jobsStore } from '../state/app/jobs-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { activeScenario, pendingEdits, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ProgressBar } from '../ui/display.tsx'
import { Popover } from '../ui/popover.tsx'
import { Tip } from '../ui/tip.tsx'
import { packCitation } from '#shared/report/finding-words.ts'
import './status-bar.css'

/** Where the pointer is, what results are judged by and whether they are current, whether all is stored. */
export function StatusBar() {
  const isOpen = useStore(projectStore, state => state.status === 'open')
  return (
    <footer className="status-bar">
      {isOpen && <PointerReadout />}
      <div className="status-bar__space" />
      <Jobs />
      {isOpen && <><PackChooser /><Freshness /><SaveState /></>}
      <Switches />
    </footer>
  )
}

function PointerReadout() {
  const { t } = useTranslation('app')
  const pointer = useStore(sessionStore, state => state.pointer)
  const info = useStore(projectStore, state => state.info)
  const { at, groundZ } = pointer ?? { at: null, groundZ: null }
  const crs = info?.crs ?? t('status.localFrame')
  return (
    <div className="status-bar__pointer">
      <Tip text={info?.crsName || t('status.localFrameTip')}><span className="faint" tabIndex={0}>{crs}</span></Tip>
      <span className="status-bar__figure status-bar__figure--wide"><i>X</i>{figure(at?.[0], 2)}</span>
      <span className="status-bar__figure status-bar__figure--wide"><i>Y</i>{figure(at?.[1], 2)}</span>
      <span className="status-bar__figure"><i>{t('status.ground')}</i>{at && groundZ === null ? t('status.unknown') : metres(groundZ, 2)}</span>
      <span className="status-bar__figure"><i>{t('status.depth')}</i>{at ? (groundZ === null ? t('status.unknown') : metres(groundZ - at[2], 2)) : '–'}</span>
    </div>
  )
}

function Jobs() {
  const { t } = useTranslation('app')
  const job = useStore(jobsStore, state => state.jobs.at(-1))
  const more = useStore(jobsStore, state => state.jobs.length - 1)
  if (!job) return null
  const title = t(job.titleKey)
  const stage = job.stageKey ? t(job.stageKey, { defaultValue: '' }) : ''
  return (
    <div className="status-bar__job" role="status">
      <span className="truncate">{title}{stage && ` · ${stage}`}{more > 0 && ` (+${more})`}</span>
      <ProgressBar fraction={job.fraction} label={title} />
      <span className="status-bar__percent">{job.fraction === null ? '' : `${Math.round(100 * job.fraction)} %`}</span>
      {job.cancel && <IconButton size="small" label={t('job.cancel')} icon={<X size={12} />} onClick={job.cancel} />}
    </div>
  )
}

function PackChooser() {
  const { t } = useTranslation('app')
  const shipped = useStore(hostStore, state => state.packs)
  const own = useStore(registerStore, state => state.rulePacks)
  const packs = [...shipped, ...Object.values(own).map(({ body }) => body)]
  const pack = useStore(projectStore, state => state.pack)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const language = useStore(viewStore, state => state.language)
  if (!pack) return null
  return (
    <Popover side="top" align="end" trigger={<button type="button" className="status-bar__button"><BookCheck size={14} />{packCitation(pack.pack.title[language])}</button>}>
      <h3>{t('pack.title')}</h3>
      <div className="pack-list" role="radiogroup" aria-label={t('pack.title')}>
        {packs.map(({ id, version, title }) => (
          <button key={id} type="button" role="radio" aria-checked={id === pack.pack.id} disabled={isReadOnly} onClick={() => void choosePack(id)}>
            <span>{title[language]}</span><span className="faint small">{t('pack.version', { version })}</span>
          </button>
        ))}
      </div>
      <p className="soft small">{t('pack.note')}</p>
      <Button look="quiet" icon={<BookCheck size={14} />} onClick={() => runAction('rules.open')}>{t('action.rules.open')}</Button>
    </Popover>
  )
}

function Freshness() {
  const { t } = useTranslation('app')
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, activeScenario)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const scope = useStore(sessionStore, state => state.findingsScope)
  const result = useStore(findingsStore, state => resultOf(state, activeId, scope))
  const isRunning = useStore(findingsStore, state => state.running.has(resultKey(activeId, scope)))
  const isMoving = useStore(sessionStore, ({ interaction: { type } }) => type === 'drawing' || type === 'draggingVertex')
  const state = isRunning ? 'running' : freshness(result, project, scenario)
  const icon = state === 'fresh' ? <CircleCheck size={14} className="is-good" /> : state === 'running' || state === 'none' ? <CircleDashed size={14} /> : <CircleAlert size={14} className="is-warning" />
  if (isMoving) return <Tip text={t('freshness.movingTip')}><span className="status-bar__button" tabIndex={0}><CircleDashed size={14} />{t('freshness.moving')}</span></Tip>
  return (
    <Tip text={`${t(`freshness.tip.${state}`)} ${t(`freshness.covers.${scopeSort(scope)}`)}`}>
      <button type="button" className="status-bar__button" onClick={() => void checkAgain(scope)}>{icon}{t(`freshness.${state}`)}</button>
    </Tip>
  )
}

function SaveState() {
  const { t } = useTranslation('app')
  const readOnly = useStore(projectStore, state => state.info?.readOnly ?? null)
  const trouble = useStore(projectStore, state => state.trouble)
  const saved = useStore(projectStore, state => state.info?.savedRevision ?? null)
  const changed = useStore(projectStore, state => state.info?.changedSinceSave === true)
  const pending = useStore(scenarioStore, pendingEdits)
  const [key, icon] =
    trouble !== null ? [`trouble.${trouble}`, <CircleAlert key="i" size={14} className="is-danger" />] as const
    : readOnly !== null ? ['readOnly', <Lock key="i" size={14} />] as const
    : pending > 0 ? ['pending', <CircleDashed key="i" size={14} />] as const
    : ['durable', <CircleCheck key="i" size={14} className="is-good" />] as const
  const tip = readOnly !== null ? t(`readOnly.${readOnly}`) : saved && !changed ? t('save.tip.saved', { name: saved.name }) : saved ? t('save.tip.changed', { name: saved.name }) : t('save.tip.never')
  return (
    <Tip text={tip}>
      <button type="button" className="status-bar__button" onClick={() => runAction('file.save')}>{icon}{t(`save.${key}`, { count: pending })}</button>
    </Tip>
  )
}

function Switches() {
  const { t } = useTranslation('app')
  const language = useStore(viewStore, state => state.language)
  useStore(viewStore, state => state.theme)
  const isDark = document.documentElement.dataset['theme'] === 'dark'
  return (
    <div className="status-bar__switches">
      <Button look="quiet" icon={<Languages size={14} />} tip={t('action.view.toggleLanguage')} onClick={() => runAction('view.toggleLanguage')}>{language === 'en' ? '中文' : 'English'}</Button>
      <IconButton label={t('action.view.toggleTheme')} icon={isDark ? <Sun size={14} /> : <MoonStar size={14} />} onClick={() => runAction('view.toggleTheme')} />
    </div>
  )
}
