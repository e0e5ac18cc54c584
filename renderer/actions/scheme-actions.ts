import type { SimpleCommand } from '#shared/scenario/command-schema.ts'
import { showToast } from '../state/jobs-store.ts'
import { planningStore } from '../state/planning-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'
import { mergeable } from '#shared/review/scheme-figures.ts'
import { checkAside } from './check-actions.ts'
import { showEditRefusal, submit } from './edit-lane.ts'
import { addable } from './line-actions.ts'
import { flyToScheme } from './selection-actions.ts'
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

/** Takes over what one scheme has and the other has not: lines, excavations, removals; what both have differently stays, and is said. */
export function mergeScheme(intoId: string, fromId: string): void {
  const { byId } = scenarioStore.getState()
  const [into, from] = [byId[intoId], byId[fromId]]
  if (!into || !from) return
  const { lines, excavations, removals, conflicting } = mergeable(into.document, from.document)
  const commands: SimpleCommand[] = [
    ...lines.map((id): SimpleCommand => ({ op: 'proposal.add', proposal: addable(from.document.proposals[id]!) })),
    ...excavations.map((id): SimpleCommand => ({ op: 'excavation.add', excavation: from.document.excavations[id] as Extract<SimpleCommand, { op: 'excavation.add' }>['excavation'] })),
    ...removals.map((id): SimpleCommand => ({ op: 'removal.add', id, reason: from.document.removals[id]!.reason })),
  ]
  const result = submit(intoId, { op: 'group', label: 'merge', commands })
  if (!result.ok) return showEditRefusal(result.error)
  showToast('success', 'planning:compare.merged', { count: commands.length, name: from.document.name, skipped: conflicting.length })
}
