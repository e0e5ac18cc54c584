import { download } from '../files/download.ts'
import { analysisParametersSchema } from '#shared/hazards/analysis/parameters.ts'
import type { AnalysisMethod } from '#shared/hazards/analysis/outcome.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { analysisStore, resetAnalysisState, type AnalysisResult, type DraftValue } from '../../state/findings/analysis-store.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { orderCamera, viewStore } from '../../state/view/view-store.ts'
import { ask } from '../host.ts'
import { longCall } from '../long-call.ts'
import { axisOf, selectAndFly } from '../viewing/selection-actions.ts'
import { flyToPlan, toggleSwitch } from '../viewing/view-actions.ts'

let current: AbortController | null = null

export const chooseMethod = (method: AnalysisMethod): void =>
  analysisStore.setState(state => ({ method, shown: state.results[method] ? method : state.shown }))

export const setDraft = (method: AnalysisMethod, field: string, value: DraftValue): void =>
  analysisStore.setState(({ drafts }) => ({ drafts: { ...drafts, [method]: { ...drafts[method], [field]: value } } }))

/** Id of the selected line, or null. */
export function selectedLine(): string | null {
  const { selection } = sessionStore.getState()
  return selection && selection.type !== 'node' ? selection.id : null
}

/** Whether the form holds all that its method asks for. */
export const isComplete = (method: AnalysisMethod, draft: Readonly<Record<string, DraftValue>>): boolean => analysisParametersSchema.safeParse({ method, ...draft }).success

/**
 * Runs the chosen method on the open project with the active scheme in it, and draws the answer.
 * @param view `stay` leaves camera and map where they are: what is asked again while something is being shaped in them.
 */
export async function runAnalysis(view: 'fly' | 'stay' = 'fly'): Promise<void> {
  const { method, drafts } = analysisStore.getState()
  const parsed = analysisParametersSchema.safeParse({ method, ...drafts[method] })
  if (!parsed.success || projectStore.getState().status !== 'open') return
  current?.abort()
  const run = (current = new AbortController())
  analysisStore.setState({ running: method })
  const result = await longCall('analysis.run', { scenarioId: scenarioStore.getState().activeId, parameters: parsed.data, language: viewStore.getState().language }, `analyses:method.${method}.title`, run)
  if (current !== run) return
  current = null
  analysisStore.setState(({ results, asked }) => ({ running: null, ...(result && { results: { ...results, [method]: result }, asked: { ...asked, [method]: drafts[method] }, shown: method, stillAnswer: view === 'stay' ? result : null }) }))
  if (!result) return
  sessionStore.setState({ findingId: null })
  if (view === 'fly') flyToGroups(result)
}

/** Of many lines so many tell where they are. */
const MOST_SEEN = 500
/** More places than this show their own shape. */
const MANY = 40

/** Shows what was found as a whole: nobody should have to look for it. */
function flyToGroups({ outcome: { groups } }: AnalysisResult): void {
  const { info } = projectStore.getState()
  if (!info) return
  const [ox, oy, oz] = info.origin
  const points = groups.flatMap(group => [...group.points.map(([x, y, z]) => [x - ox, y - oy, z - oz] as const), ...group.assets.slice(0, MOST_SEEN).flatMap(id => axisOf(id) ?? [])])
  if (points.length === 0) return
  // What is scattered over a city leaves most of the box about it empty.
  if (points.length > MANY) return orderCamera({ type: 'points', points: points.filter((_, i) => i % Math.ceil(points.length / MOST_SEEN) === 0) })
  const range = (k: 0 | 1 | 2): [number, number] => points.reduce(([low, high], point) => [Math.min(low, point[k]), Math.max(high, point[k])], [Infinity, -Infinity])
  const [[minX, maxX], [minY, maxY], [minZ, maxZ]] = [range(0), range(1), range(2)]
  orderCamera({ type: 'box', min: [minX - AROUND_M, minY - AROUND_M, minZ], max: [maxX + AROUND_M, maxY + AROUND_M, maxZ] })
}

export const showAnalysis = (method: AnalysisMethod | null): void => analysisStore.setState({ shown: method })

/** Forgets every answer and stops the run: another project is being opened. */
export function resetAnalyses(): void {
  current?.abort()
  current = null
  resetAnalysisState()
}

type Row = AnalysisResult['outcome']['tables'][number]['rows'][number]

const AROUND_M = 9

/** Takes the camera to what a row is about, and selects it where it is a line. */
export function openRow({ ref, at }: Row): void {
  const { context, info } = projectStore.getState()
  if (!info) return
  if (ref?.type === 'asset') return selectAndFly(ref.id)
  const block = ref?.type === 'block' ? context?.blocks.find(({ id }) => id === ref.id) : undefined
  if (block) {
    if (!viewStore.getState().showBlocks) toggleSwitch('showBlocks')
    return flyToPlan(block.ring.map(([x, y]) => [x - info.origin[0], y - info.origin[1]]), info.extent ? [info.extent[2] - info.origin[2], info.extent[5] - info.origin[2]] : [0, 0])
  }
  if (at) flyToPlace([at[0] - info.origin[0], at[1] - info.origin[1], at[2] - info.origin[2]])
}

function flyToPlace([x, y, z]: Vec3): void {
  orderCamera({ type: 'box', min: [x - AROUND_M, y - AROUND_M, z - AROUND_M / 3], max: [x + AROUND_M, y + AROUND_M, z + AROUND_M / 3] })
}

/** Hands the SWMM model over as a file. */
export function downloadModel(model: string, name: string): void {
  download(model, name, 'text/plain')
  showToast('success', 'analyses:modelSaved')
}

/** The SWMM program of this machine, by its file name; null where there is none. */
export const swmmProgram = async (): Promise<string | null> => (await ask('analysis.swmm', {}))?.name ?? null

/** Lets the user choose another. @returns its name, or null where nothing was chosen or it cannot be run (and that was said). */
export async function chooseSwmmProgram(): Promise<string | null> {
  const picked = await ask('files.pick', { purpose: 'program' })
  const file = picked?.files[0]
  return file ? ((await ask('analysis.useSwmm', { program: file.ticket }))?.name ?? null) : null
}

/** Hands the permit sheet over as a file to print. */
export function downloadSheet(sheet: string, name: string): void {
  download(sheet, name, 'text/html')
  showToast('success', 'analyses:sheetSaved')
}
