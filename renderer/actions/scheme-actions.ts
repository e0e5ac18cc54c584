import { showToast } from '../state/jobs-store.ts'
import { planningStore } from '../state/planning-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'
import { mergeable } from '../state/scheme-figures.ts'
import { showEditRefusal, submit } from './edit-lane.ts'
import { addable } from './line-actions.ts'

/** Shows another scheme's lines over the active one; null shows none. */
export const showGhost = (ghostId: string | null): void => planningStore.setState({ ghostId })

/** Takes the lines over that one scheme has and the other has not; what both have differently stays, and is said. */
export function mergeScheme(intoId: string, fromId: string): void {
  const { byId } = scenarioStore.getState()
  const [into, from] = [byId[intoId], byId[fromId]]
  if (!into || !from) return
  const { added, conflicting } = mergeable(into.document, from.document)
  const commands = added.map(id => ({ op: 'proposal.add' as const, proposal: addable(from.document.proposals[id]!) }))
  const result = submit(intoId, { op: 'group', label: 'merge', commands })
  if (!result.ok) return showEditRefusal(result.error)
  showToast('success', 'planning:compare.merged', { count: added.length, name: from.document.name, skipped: conflicting.length })
}
