import type { Decision } from '#shared/register/decision.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import type { Picture } from '#shared/register/picture.ts'
import { heaviestFirst } from '#shared/report/finding-words.ts'
import { meetingStore, type MeetingState, type Slide } from '../../state/app/meeting-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { mergeRecords, registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { localDay, standingIn, keyIn } from '../../state/findings/standings.ts'
import { orderCamera } from '../../state/view/view-store.ts'
import { closeFinding, openFinding, shownResult } from '../check/finding-actions.ts'
import { makePaper } from '../files/paper-actions.ts'
import { decide, pictureChange } from '../check/review-actions.ts'
import { closeSecondWindow } from './second-window-actions.ts'
import { savedViews, showView } from '../viewing/saved-view-actions.ts'
import { endSwipe, swipeBetween } from '../scheme/scheme-actions.ts'
import { switchScenario } from '../scheme/scenario-actions.ts'
import { flyToScheme } from '../viewing/selection-actions.ts'

/** Findings in the tour at most: no meeting gets through more. */
const MOST_FINDINGS = 40
/** Schemes set against the first at most. */
const MOST_COMPARED = 4

/** What a meeting is called until somebody says otherwise: the project and the day. */
export const meetingName = (): string => `${projectStore.getState().info?.name.replace(/\.gpkg$/i, '') ?? ''} ${localDay(new Date())}`

/** Starts a meeting on what there is: saved views, schemes, open findings, the heaviest first. */
export function startMeeting(name: string): void {
  const { info } = projectStore.getState()
  if (!info) return
  sessionStore.setState({ dialog: null, interaction: { type: 'idle' }, selection: null })
  meetingStore.setState({ meeting: { name, date: localDay(new Date()), people: '', slides: slidesNow(), index: 0, tool: null, ink: {}, unkept: [], workedOn: scenarioStore.getState().activeId } })
  // Where the browser refuses full screen, the meeting fills the window.
  void document.documentElement.requestFullscreen().catch(() => undefined)
  showSlide()
}

const isFilled = (document: ScenarioDocument | undefined): boolean =>
  document !== undefined && Object.keys(document.proposals).length + Object.keys(document.excavations).length + Object.keys(document.removals).length > 0

function slidesNow(): Slide[] {
  const views = savedViews(registerStore.getState().views).map(({ id }): Slide => ({ type: 'view', id }))
  const { order, byId } = scenarioStore.getState()
  const schemes = order.map((id): Slide => ({ type: 'scheme', id }))
  // The first that holds anything against each other one.
  const [first, ...others] = order.filter(id => isFilled(byId[id]?.document)).slice(0, MOST_COMPARED)
  const compared = first === undefined ? [] : others.map((otherId): Slide => ({ type: 'compare', id: first, otherId }))
  const document = activeScenario(scenarioStore.getState())?.document ?? null
  const source = { project: projectStore.getState(), document, records: registerStore.getState().findingStates }
  const open = (shownResult()?.findings ?? []).filter(finding => finding.rule !== 'touching' && !['accepted', 'resolved'].includes(standingIn(finding, source).status))
  const tour = [...open].sort(heaviestFirst).slice(0, MOST_FINDINGS).map(({ id }): Slide => ({ type: 'finding', id, scenarioId: document?.id ?? null, scope: sessionStore.getState().findingsScope }))
  return [{ type: 'title' }, ...views, ...schemes, ...compared, ...tour, { type: 'end' }]
}

export function changeMeeting(change: Partial<Pick<MeetingState, 'name' | 'people'>>): void {
  meetingStore.setState(({ meeting }) => ({ meeting: meeting && { ...meeting, ...change } }))
}

export function goToSlide(index: number): void {
  meetingStore.setState(({ meeting }) => ({ meeting: meeting && { ...meeting, index: Math.min(meeting.slides.length - 1, Math.max(0, index)) } }))
  showSlide()
}

export const stepSlide = (step: 1 | -1): void => goToSlide((meetingStore.getState().meeting?.index ?? 0) + step)

/** Takes the 3D view where the slide is about. */
function showSlide(): void {
  const { meeting } = meetingStore.getState()
  const slide = meeting?.slides[meeting.index]
  if (!slide) return
  if (slide.type !== 'compare') endSwipe()
  if (slide.type === 'finding') return void showFinding(slide)
  closeFinding()
  if (slide.type === 'view') {
    const view = savedViews(registerStore.getState().views).find(({ id }) => id === slide.id)
    if (view) showView(view)
  } else {
    if (slide.type === 'compare') void swipeBetween(slide.id, slide.otherId)
    const scheme = slide.type === 'scheme' || slide.type === 'compare' ? scenarioStore.getState().byId[slide.id]?.document : undefined
    if (scheme && slide.type === 'scheme' && scenarioStore.getState().activeId !== scheme.id) void switchScenario(scheme.id)
    if (scheme) flyToScheme(scheme)
    else orderCamera({ type: 'fit' })
  }
}

/** Opens the finding in the scheme and list it is of. */
async function showFinding({ id, scenarioId, scope }: Extract<Slide, { type: 'finding' }>): Promise<void> {
  if (scenarioStore.getState().activeId !== scenarioId) await switchScenario(scenarioId)
  sessionStore.setState({ findingsScope: scope })
  openFinding(id)
}

/** What the slide is about, as a decision keeps it. */
export function subjectOfSlide(slide: Slide): Decision['subject'] {
  if (slide.type === 'view' || slide.type === 'scheme') return { type: slide.type, id: slide.id }
  if (slide.type === 'compare') return { type: 'scheme', id: slide.id }
  const finding = slide.type === 'finding' ? shownResult()?.findings.find(({ id }) => id === slide.id) : undefined
  return finding ? { type: 'finding', key: keyIn(finding, activeScenario(scenarioStore.getState())?.document ?? null).key } : { type: 'project' }
}

/** Takes down what was decided, with the picture of the slide where one is wanted: in the project, or for the minutes alone where that is open for reading only. */
export async function takeDown(slide: Slide, words: Pick<Decision, 'text' | 'owner' | 'due'>, picture: Picture | null): Promise<void> {
  const { meeting } = meetingStore.getState()
  if (!meeting) return
  const kept = pictureChange(picture)
  const decision: Decision = { ...words, subject: subjectOfSlide(slide), date: meeting.date, meeting: meeting.name, ...(kept && { picture: kept.id }) }
  const isKept = projectStore.getState().info?.readOnly === null && (await decide(decision, kept ? [kept] : []))
  if (isKept) return
  if (kept && picture) mergeRecords([{ collection: 'pictures', id: kept.id, body: picture, revision: 0, changedAt: '' }], [])
  meetingStore.setState(({ meeting: now }) => ({ meeting: now && { ...now, unkept: [...now.unkept, decision] } }))
}

/** Decisions of this meeting, in the order they were taken. */
export function decisionsOf({ name, date, unkept }: MeetingState, records: ReturnType<typeof registerStore.getState>['decisions']): Decision[] {
  const kept = Object.values(records).filter(({ body }) => body.meeting === name && body.date === date).sort((p, q) => (p.changedAt < q.changedAt ? -1 : 1))
  return [...kept.map(({ body }) => body), ...unkept]
}

/** The minutes; as `zip` with the findings as BCF and workbook beside them. */
export async function makeMinutes(form: 'html' | 'pdf' | 'zip'): Promise<void> {
  const { meeting } = meetingStore.getState()
  if (!meeting) return
  const { name, date, people, unkept } = meeting
  const { pictures } = registerStore.getState()
  const loose = unkept.flatMap(({ picture: id }) => (id !== undefined && pictures[id] ? [[id, bytesOf(pictures[id].body)] as const] : []))
  await makePaper({ paper: 'minutes', form, meeting: { name, date, people, isKept: unkept.length === 0, decisions: decisionsOf(meeting, registerStore.getState().decisions), pictures: Object.fromEntries(loose) } })
}

const bytesOf = ({ type, base64 }: Picture) => ({ type, bytes: Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)) })

export function endMeeting(): void {
  closeSecondWindow('presenter')
  const { meeting } = meetingStore.getState()
  meetingStore.setState({ meeting: null })
  closeFinding()
  endSwipe()
  // The slides went through other schemes; work goes on where it was.
  if (meeting && meeting.workedOn !== scenarioStore.getState().activeId) void switchScenario(meeting.workedOn)
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
}
