import i18next from 'i18next'
import { isInsideOutline } from '#shared/excavation/meant-to-be-there.ts'
import { safeDigM } from '#shared/excavation/safe-dig.ts'
import { grownArea } from '#shared/routing/search/grown-area.ts'
import { routeCostsOf } from '#shared/routing/search/route-costs.ts'
import { meetingLevel } from '#shared/routing/lines/meeting-level.ts'
import type { Proposal, ScenarioDocument } from '#shared/scenario/document.ts'
import { saidProperties } from '#shared/scenario/line-properties.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { GRAVITY_KINDS } from '#shared/twin/kinds.ts'
import { packContext } from '#shared/twin/twin-context.ts'
import { showToast, startJob } from '../../state/app/jobs-store.ts'
import { planningStore, type FixSubject } from '../../state/scheme/planning-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import type { PlanningAnswer, PlanningRequest } from '../../workers/planning-messages.ts'
import { freeId } from './line-actions.ts'
import { contextNumber, keepPlanningWorker, preparePlanning, takePlanningWorker, tellPlanningWorker } from './planning-workers.ts'
import { canEdit, createScenario, executeCommand, freeScenarioName } from './scenario-actions.ts'

/** Title of the search for a fix among the jobs. */
export const FIX_JOB = 'planning:job.fix'

let stopRunning: (() => void) | null = null

/** Ends what is being looked for and takes away what is shown of it. */
export function dropPlanning(): void {
  stopRunning?.()
  planningStore.setState({ fix: null, route: null })
}

/** Ends what is being looked for. */
export const stopPlanning = (): void => stopRunning?.()

/** Asks a worker one thing; a newer question ends the older. Cancelling drops the preview, or what `onDrop` says. */
export function askWorker(request: PlanningRequest, titleKey: string, onAnswer: (answer: PlanningAnswer) => void, onDrop: () => void = dropPlanning): void {
  stopRunning?.()
  const worker = takePlanningWorker()
  const listening = new AbortController()
  const job = startJob(titleKey, () => {
    stop()
    onDrop()
  })
  const done = (): void => {
    listening.abort()
    job.end()
    if (stopRunning === stop) stopRunning = null
  }
  const stop = (): void => {
    worker.terminate()
    done()
  }
  const fail = (): void => {
    stop()
    onDrop()
    showToast('error', 'planning:failed')
  }
  stopRunning = stop
  worker.addEventListener('message', ({ data }: MessageEvent<PlanningAnswer>) => {
    if (data.type === 'progress') return job.update(data.fraction, data.stage)
    if (data.type === 'route' && !data.isComplete) return onAnswer(data)
    if (data.type === 'failed') return fail()
    done()
    keepPlanningWorker(worker)
    onAnswer(data)
  }, { signal: listening.signal })
  worker.addEventListener('error', fail, { signal: listening.signal })
  tellPlanningWorker(worker, request)
}

/** The twin as the planning worker takes it; null where none is open. */
export function twinNow() {
  const { columns, context, pack } = projectStore.getState()
  if (!columns || !context || !pack) return null
  const packed = packContext(context)
  return { asked: { context: packed, contextNumber: contextNumber(packed) }, input: { baseline: columns, pack: pack.pack } }
}

/** Looks for the smallest moves that clear a finding, a line, or the whole scheme, and shows them. */
export function proposeFix(subject: FixSubject): void {
  const twin = twinNow()
  const scenario = activeScenario(scenarioStore.getState())
  if (!twin || !scenario) return
  const { document, revision } = scenario
  planningStore.setState({ fix: { subject, scenarioId: document.id, revision, outcome: null }, route: null })
  const input = {
    ...twin.input, proposals: Object.values(document.proposals), removedIds: Object.keys(document.removals),
    finding: subject.type === 'finding' ? subject.id : null, ...(subject.type === 'line' && { line: subject.id }),
  }
  askWorker({ type: 'fix', ...twin.asked, input }, FIX_JOB, answer => {
    const { fix } = planningStore.getState()
    if (answer.type === 'fix' && fix) planningStore.setState({ fix: { ...fix, outcome: answer.outcome } })
  })
}

/** Takes the shown moves into the scheme: one step of undo, however many lines move. */
export function acceptFix(): void {
  const { fix } = planningStore.getState()
  const scenario = activeScenario(scenarioStore.getState())
  if (!fix?.outcome || !scenario || scenario.document.id !== fix.scenarioId) return
  // The last move of a line holds every one of it.
  const axes = new Map(fix.outcome.fixes.map(({ asset, after }) => [asset, after.axis]))
  if (axes.size === 0) return
  if (executeCommand({ op: 'group', label: 'fix', commands: [...axes].map(([id, axis]) => ({ op: 'proposal.setAxis', id, axis: [...axis] })) }).ok) planningStore.setState({ fix: null })
}

/** Starts picking the points of an automatic route. The first line of a project needs a scheme to be in. */
export async function startRouting(): Promise<void> {
  if (!canEdit()) return
  if (scenarioStore.getState().activeId === null && !(await createScenario(freeScenarioName(), null))) return
  dropPlanning()
  const twin = twinNow()
  if (twin) preparePlanning(twin.asked.context)
  sessionStore.setState({ interaction: { type: 'routing', points: [], levels: [], cursor: null, area: null, lineId: null }, selection: null, findingId: null })
}

/** Looks for another way for a proposed line, from its first vertex to its last; at the level it has there where it joins something, as a diversion does. */
export function rerouteLine(id: string): void {
  const { info, columns, context } = projectStore.getState()
  const proposal = activeScenario(scenarioStore.getState())?.document.proposals[id]
  if (!canEdit() || !proposal || !info || !columns || !context) return
  dropPlanning()
  // A gravity line falls from the first point to the last, however it was digitised.
  const ends = [proposal.axis[0]!, proposal.axis.at(-1)!]
  const isUphill = GRAVITY_KINDS.has(proposal.kind) && ends[0]![2] < ends[1]![2]
  const points = (isUphill ? ends.toReversed() : ends).map(([x, y, z]): Vec3 => [x - info.origin[0], y - info.origin[1], z - info.origin[2]])
  const levels = points.map(([x, y, z]) => (meetingLevel(columns, packContext(context).nodes, proposal.kind, 0, [x, y]) === null ? null : z))
  sessionStore.setState({ interaction: { type: 'routing', points, levels, cursor: null, area: null, lineId: id }, selection: null, findingId: null })
  findRoute()
}

/** The points in the reverse order: a gravity line falls from the first to the last. */
export function turnRoute(): void {
  const { interaction } = sessionStore.getState()
  if (interaction.type !== 'routing') return
  sessionStore.setState({ interaction: { ...interaction, points: interaction.points.toReversed(), levels: interaction.levels.toReversed() } })
  findRoute()
}

export const setRouteOptions = (change: Partial<ReturnType<typeof planningStore.getState>['routeOptions']>): void =>
  planningStore.setState(({ routeOptions }) => ({ routeOptions: { ...routeOptions, ...change } }))

/** The line that would be laid next, but for its axis: what the template says. */
export function lineToLay(): Omit<Proposal, 'axis'> {
  const { template } = sessionStore.getState()
  const { kind, owner, section } = template
  return { id: 'route', name: '', kind, owner, section, ...saidProperties(template) }
}

/** The line an automatic route is for: the one that is to run otherwise, or a new one. */
export const lineOfRoute = (lineId: string | null): Omit<Proposal, 'axis'> => (lineId === null ? undefined : activeScenario(scenarioStore.getState())?.document.proposals[lineId]) ?? lineToLay()

/** The level of the axis at a point of the route, local frame; null leaves it to the search. */
export function setRouteLevel(index: number, level: number | null): void {
  const { interaction } = sessionStore.getState()
  if (interaction.type !== 'routing' || interaction.levels[index] === level) return
  sessionStore.setState({ interaction: { ...interaction, levels: interaction.levels.with(index, level) } })
  planningStore.setState({ route: null })
}

/** Pits of the scheme that a line through these points has no end in, with the distance that digging keeps from it: what is built there is in its way. Project CRS. */
function pitsToPass({ excavations }: ScenarioDocument, { kind, section, pressureClass }: Omit<Proposal, 'axis'>, points: readonly (readonly [number, number])[]): readonly (readonly (readonly [number, number])[])[] {
  const apartM = (section.shape === 'circle' ? section.diameterM : section.widthM) / 2 + safeDigM(kind, pressureClass ?? null) + 0.01
  return Object.values(excavations).flatMap(({ shape }) => (shape.type === 'pit' && !points.some(([x, y]) => isInsideOutline(shape.outline, x, y)) ? grownArea(shape.outline, apartM) : []))
}

/** Looks for routes through the picked points. */
export function findRoute(): void {
  const { interaction } = sessionStore.getState()
  const { info } = projectStore.getState()
  const twin = twinNow()
  const document = activeScenario(scenarioStore.getState())?.document
  if (interaction.type !== 'routing' || interaction.points.length < 2 || !twin || !info || !document) return
  const inProject = ([x, y]: Vec3): readonly [number, number] => [x + info.origin[0], y + info.origin[1]]
  const { routeOptions, keepOut } = planningStore.getState()
  const replaced = interaction.lineId === null ? undefined : document.proposals[interaction.lineId]
  const line = replaced ?? lineToLay()
  planningStore.setState({ route: { line, replaces: replaced?.id ?? null, answer: null, isComplete: false, chosen: 0 }, fix: null })
  const input = { ...twin.input, ...routeOptions, costs: routeCostsOf(Object.values(registerStore.getState().routeCosts)), line, through: interaction.points.map(inProject), levels: interaction.levels.map(level => (level === null ? null : level + info.origin[2])), keepOut: [...keepOut.map(ring => ring.map(inProject)), ...pitsToPass(document, line, interaction.points.map(inProject))] }
  const proposals = Object.values(document.proposals).filter(({ id }) => id !== replaced?.id)
  askWorker({ type: 'route', ...twin.asked, input, proposals, removed: [...Object.keys(document.removals), ...(replaced?.replaces ?? [])] }, 'planning:job.route', answer => {
    const { route } = planningStore.getState()
    if (answer.type !== 'route' || !route) return
    // A cheaper one found later stands before it in the list; what was chosen stays chosen.
    const chosen = route.answer?.routes[route.chosen]
    const at = chosen && route.chosen > 0 ? answer.answer.routes.findIndex(({ cost, lengthM }) => cost.total === chosen.cost.total && lengthM === chosen.lengthM) : 0
    planningStore.setState({ route: { ...route, answer: answer.answer, isComplete: answer.isComplete, chosen: Math.max(0, at) } })
  })
}

export const chooseRoute = (chosen: number): void => planningStore.setState(({ route }) => ({ route: route && { ...route, chosen } }))

/** Makes the chosen route a line of the scheme. */
export function acceptRoute(): void {
  const { route } = planningStore.getState()
  const document = activeScenario(scenarioStore.getState())?.document
  const found = route?.answer?.routes[route.chosen]
  if (!route || !found || !document) return
  stopPlanning()
  const id = route.replaces ?? freeId()
  const name = i18next.t('planning:route.name', { kind: i18next.t(`kinds:kind.${route.line.kind}`), serial: /\d+$/.exec(id)?.[0] ?? '' })
  const axis = [...found.axis]
  if (!executeCommand(route.replaces ? { op: 'proposal.setAxis', id, axis } : { op: 'proposal.add', proposal: { ...route.line, id, name, axis } }).ok) return
  planningStore.setState({ route: null, keepOut: [] })
  sessionStore.setState({ interaction: { type: 'idle' }, live: null, selection: { type: 'proposal', id, vertex: null } })
}
