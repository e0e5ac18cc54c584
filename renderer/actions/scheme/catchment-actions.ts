import i18next from 'i18next'
import { outlineFrom } from '#shared/geometry/plan-outline.ts'
import type { DrawnCatchment } from '#shared/hazards/overflow/drawn-catchment.ts'
import { analysisStore } from '../../state/findings/analysis-store.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { runAnalysis } from '../check/analysis-actions.ts'
import { changeRecords } from '../ledger/register-actions.ts'

/** Keeps an outline as what drains to the manhole nearest to its middle. @param corners Plan, project CRS. */
export async function addCatchment(corners: readonly (readonly [number, number])[]): Promise<void> {
  const ring = ringOf(corners)
  if (!ring) return
  const count = Object.keys(registerStore.getState().catchments).length
  const body: DrawnCatchment = { name: i18next.t('analyses:catchment.name', { serial: count + 1 }), ring, node: null, runoffCoefficient: null }
  await changed(crypto.randomUUID(), body)
}

export async function changeCatchment(id: string, change: Partial<Pick<DrawnCatchment, 'name' | 'node' | 'runoffCoefficient'>>): Promise<void> {
  const known = registerStore.getState().catchments[id]
  if (known) await changed(id, { ...known.body, ...change })
}

/** Moves, adds or takes out corners. @param corners Plan, project CRS. */
export async function reshapeCatchment(id: string, corners: readonly (readonly [number, number])[]): Promise<void> {
  const [known, ring] = [registerStore.getState().catchments[id], ringOf(corners)]
  if (!known || !ring) return
  // What a model stated was of the outline as it was: from here on the outline counts.
  const { areaM2: _, ...body } = known.body
  await changed(id, { ...body, ring })
}

/** The outline to keep; null where it crosses itself (it has no inside then), and that was said. */
function ringOf(corners: readonly (readonly [number, number])[]): DrawnCatchment['ring'] | null {
  const ring = corners.map(([x, y]) => [rounded(x), rounded(y)] as const)
  if (outlineFrom(ring).ok) return ring
  showToast('error', 'analyses:catchment.crossing')
  return null
}

export const removeCatchment = async (id: string): Promise<void> => void (await changed(id, null))

/** A centimetre is nothing to a catchment; the project's figures stay short. */
const rounded = (value: number): number => Math.round(value * 100) / 100

/** An answer that stands on the catchments is computed again, so that nobody reads the old one. */
async function changed(id: string, body: DrawnCatchment | null): Promise<boolean> {
  const before = await changeRecords([{ collection: 'catchments', id, body }])
  if (!before) return false
  analysisStore.setState(({ catchmentSteps: { past } }) => ({ catchmentSteps: { past: [...past, before], next: [] } }))
  computeAgain()
  return true
}

function computeAgain(): void {
  const { method, results } = analysisStore.getState()
  if (results[method] && (method === 'overflow' || method === 'swmm')) void runAnalysis('stay')
}

/** Takes the last change of a catchment back, or makes it again. */
export async function stepCatchments(direction: 'undo' | 'redo'): Promise<void> {
  const { past, next } = analysisStore.getState().catchmentSteps
  const step = (direction === 'undo' ? past : next).at(-1)
  const back = step && (await changeRecords(step))
  if (!back) return
  analysisStore.setState({ catchmentSteps: direction === 'undo' ? { past: past.slice(0, -1), next: [...next, back] } : { past: [...past, back], next: next.slice(0, -1) } })
  computeAgain()
}
