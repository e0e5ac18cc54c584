import { showToast } from '../../state/app/jobs-store.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { mergeCommands, mergePlan, type MergeChoice } from '#shared/review/merge-schemes.ts'
import { checkAside } from '../check/check-actions.ts'
import { showEditRefusal, submit } from './edit-lane.ts'
import { flyToScheme } from '../viewing/selection-actions.ts'
import { switchScenario } from './scenario-actions.ts'

/** Shows another scheme's lines over the active one; null shows none. */
export const showGhost = (ghostId: string | null): void => planningStore.setState({ ghostId })

/** Works on one scheme and sets another beside it in the 3D view, with a line between them to be moved. */
export async function swipeBetween(baseId: string, otherId: string): Promise<void> {
  if (scenarioStore.getState().activeId !== baseId) await switchScenario(baseId)
  planningStore.setState({ swipe: { otherId, at: 0.5 }, ghostId: null })
  void checkAside(otherId)
  const base = scenarioStore.getState().byId[baseId]
  if (base) flyToScheme(base.document)
}

export const endSwipe = (): void => planningStore.setState({ swipe: null })

/** @param at Share of the view's width. */
export const moveSwipe = (at: number): void => planningStore.setState(({ swipe }) => ({ swipe: swipe && { ...swipe, at: Math.min(1, Math.max(0, at)) } }))

/** Takes over what one scheme has and the other has not, and of what both have differently what was chosen: one step of undo. */
export function mergeScheme(intoId: string, fromId: string, choices: Readonly<Record<string, MergeChoice>>): void {
  const { byId } = scenarioStore.getState()
  const [into, from] = [byId[intoId], byId[fromId]]
  if (!into || !from) return
  const { missing, removals, conflicts } = mergePlan(into.document, from.document)
  const result = submit(intoId, { op: 'group', label: 'merge', commands: mergeCommands(into.document, from.document, choices) })
  if (!result.ok) return showEditRefusal(result.error)
  const kept = conflicts.filter(({ id, usual }) => (choices[id] ?? usual) === 'keep').length
  showToast('success', kept > 0 ? 'planning:compare.merged' : 'planning:compare.mergedAll', { count: missing.length + removals.length + conflicts.length - kept, name: from.document.name, skipped: kept })
}
