import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { againstWords, findingSentence, packCitation, severityWords, sideWords, yieldWords } from '#shared/report/finding-words.ts'
import { changeMeeting } from '../actions/meeting/meeting-actions.ts'
import { savedViews } from '../actions/viewing/saved-view-actions.ts'
import { findingsStore, resultOf } from '../state/findings/findings-store.ts'
import type { MeetingState, Slide } from '../state/app/meeting-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
import { standingIn } from '../state/findings/standings.ts'
import { subjectOf } from '../state/twin/subjects.ts'
import { viewStore } from '../state/view/view-store.ts'
import { SeverityMark } from '../ui/severity-mark.tsx'
import { StatusMark } from '../panels/findings/status-mark.tsx'
import { CompareSlide } from './compare-slide.tsx'
import { EndSlide } from './end-slide.tsx'

/** What a slide says, in a few large words. */
export function SlideText({ slide, meeting }: { readonly slide: Slide; readonly meeting: MeetingState }) {
  switch (slide.type) {
    case 'title': return <TitleSlide meeting={meeting} />
    case 'view': return <ViewSlide id={slide.id} />
    case 'scheme': return <SchemeSlide id={slide.id} />
    case 'compare': return <CompareSlide id={slide.id} otherId={slide.otherId} />
    case 'finding': return <FindingSlide id={slide.id} />
    case 'end': return <EndSlide meeting={meeting} />
  }
}

function TitleSlide({ meeting }: { readonly meeting: MeetingState }) {
  const { t } = useTranslation('meeting')
  const info = useStore(projectStore, state => state.info)
  const count = (type: Slide['type']) => meeting.slides.filter(slide => slide.type === type).length
  return <>
    <input className="meeting__title" value={meeting.name} maxLength={200} aria-label={t('name')} onChange={event => changeMeeting({ name: event.target.value })} />
    <p>{info?.name} · {meeting.date}</p>
    <p className="soft">{t('agenda', { views: count('view'), schemes: count('scheme'), findings: count('finding') })}</p>
    <input className="meeting__field" value={meeting.people} maxLength={2000} placeholder={t('people')} aria-label={t('people')} onChange={event => changeMeeting({ people: event.target.value })} />
    {info?.readOnly !== null && <p className="meeting__note">{t('readOnly')}</p>}
    <p className="soft">{t('keys')}</p>
  </>
}

function ViewSlide({ id }: { readonly id: string }) {
  const { t } = useTranslation('meeting')
  const views = useStore(registerStore, state => state.views)
  const view = savedViews(views).find(candidate => candidate.id === id)
  return view ? <><h1>{view.name}</h1>{view.note !== '' && <p>{view.note}</p>}</> : <h1>{t('gone')}</h1>
}

function SchemeSlide({ id }: { readonly id: string }) {
  const { t } = useTranslation('meeting')
  const scheme = useStore(scenarioStore, state => state.byId[id] ?? null)
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  if (!scheme) return <h1>{t('gone')}</h1>
  const { document } = scheme
  return <>
    <p className="soft">{t('scheme')}</p>
    <h1>{document.name}</h1>
    {document.description !== '' && <p>{document.description}</p>}
    <p>{t('schemeCounts', { lines: Object.keys(document.proposals).length, cuts: Object.keys(document.excavations).length })}</p>
    {result && <p>{t('schemeFindings', { count: result.findings.length, mandatory: result.findings.filter(finding => finding.mandatory).length })}</p>}
  </>
}

function FindingSlide({ id }: { readonly id: string }) {
  const { t } = useTranslation('meeting')
  const project = useStore(projectStore)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const scope = useStore(sessionStore, state => state.findingsScope)
  const result = useStore(findingsStore, state => resultOf(state, activeId, scope))
  const records = useStore(registerStore, state => state.findingStates)
  const language = useStore(viewStore, state => state.language)
  const finding = result?.findings.find(row => row.id === id)
  if (!finding) return <h1>{t('gone')}</h1>
  const subject = (ids: readonly string[]) => subjectOf(ids[0] ?? '', project.columns, document)
  const sides = { a: sideWords(t, finding.a, subject(finding.a)), b: againstWords(t, finding, subject(finding.b)) }
  const yields = yieldWords(t, finding, sides)
  return <>
    <p className="meeting__severity"><SeverityMark mandatory={finding.mandatory} verdict={finding.verdict} size={20} /> {severityWords(t, finding)} · <StatusMark status={standingIn(finding, { project, document, records }).status} /></p>
    <h1>{findingSentence(t, finding, sides, packCitation(project.pack?.pack.title[language] ?? ''))}</h1>
    {yields && <p>{yields}</p>}
  </>
}
