import i18next from 'i18next'
import { outlineFrom } from '#shared/geometry/plan-outline.ts'
import type { DrawnCatchment } from '#shared/hazards/overflow/drawn-catchment.ts'
import { analysisStore } from '../state/analysis-store.ts'
import { showToast } from '../state/jobs-store.ts'
import { registerStore } from '../state/register-store.ts'
import { runAnalysis } from './analysis-actions.ts'
import { changeRecords } from './register-actions.ts'

/** Keeps an outline as what drains to the manhole nearest to its middle. @param corners Plan, project CRS. */
export async function addCatchment(corners: readonly (readonly [number, number])[]): Promise<void> {
  const ring = corners.map(([x, y]) => [rounded(x), rounded(y)] as const)
  // What crosses itself has no inside.
  if (!outlineFrom(ring).ok) return showToast('error', 'analyses:catchment.crossing')
  const count = Object.keys(registerStore.getState().catchments).length
  const body: DrawnCatchment = { name: i18next.t('analyses:catchment.name', { serial: count + 1 }), ring: [...ring], node: null, runoffCoefficient: null }
  await changed(crypto.randomUUID(), body)
}

export async function changeCatchment(id: string, change: Partial<Pick<DrawnCatchment, 'name' | 'node' | 'runoffCoefficient'>>): Promise<void> {
  const known = registerStore.getState().catchments[id]
  if (known) await changed(id, { ...known.body, ...change })
}

export const removeCatchment = async (id: string): Promise<void> => void (await changed(id, null))

/** A centimetre is nothing to a catchment; the project's figures stay short. */
const rounded = (value: number): number => Math.round(value * 100) / 100

/** An answer that stands on the catchments is computed again, so that nobody reads the old one. */
async function changed(id: string, body: DrawnCatchment | null): Promise<boolean> {
  if (!(await changeRecords([{ collection: 'catchments', id, body }]))) return false
  const { method, results } = analysisStore.getState()
  if (results[method] && (method === 'overflow' || method === 'swmm')) void runAnalysis()
  return true
}
