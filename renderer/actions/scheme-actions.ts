import type { SimpleCommand } from '#shared/scenario/command-schema.ts'
import { showToast } from '../state/jobs-store.ts'
import { planningStore } from '../state/planning-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'
import { mergeable } from '#shared/review/scheme-figures.ts'
import { showEditRefusal, submit } from './edit-lane.ts'
import { checkAside } from './check-actions.ts'
import { addable } from './line-actions.ts'
import { switchScenario } from './scenario-actions.ts'
import { flyToScheme } from './selection-actions.ts'

/** Shows another scheme's lines over the active one; null shows none. */
export const showGhost = (ghostId: string | null): void => planningStore.setState({ ghostId, swipe: null })

/** Parts the picture between two schemes: the first becomes the active one, the other is looked at on the right. */
export async function swipeSchemes(leftId: string, rightId: string): Promise<void> {
  await switchScenario(leftId)
  planningStore.setState({ ghostId: rightId, swipe: 0.5 })
  void checkAside(rightId)
  const left = scenarioStore.getState().byId[leftId]
  if (left) flyToScheme(left.document)
}

/** @param share Of the picture's width. */
export const moveSwipe = (share: number): void => planningStore.setState({ swipe: Math.min(0.98, Math.max(0.02, share)) })

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
