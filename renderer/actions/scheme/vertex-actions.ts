import { atItsDepth, bendsOf, relaidCommand, relaidThrough, relaidWithout } from '#shared/routing/lines/ground-bends.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { groundInCrs } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { executeCommand } from './scenario-actions.ts'

/** A vertex moved by figures or keys. On a line laid by cover one moved in plan alone keeps its depth, and its legs follow the ground anew. Project CRS. */
export function moveVertex(proposal: Proposal, index: number, [x, y, z]: Vec3): boolean {
  const [from, isBend, groundAt] = [proposal.axis[index]!, bendsOf(proposal), groundNow()]
  if (!isBend || !groundAt || (from[0] === x && from[1] === y)) return executeCommand({ op: 'proposal.moveVertex', id: proposal.id, index, to: [x, y, z] }).ok
  const to = from[2] === z ? atItsDepth(from, [x, y], groundAt) : ([x, y, z] as const)
  return executeCommand(relaidCommand(proposal, relaidThrough(proposal.axis, isBend, { index, inserted: false }, to, groundAt))).ok
}

/** A vertex taken out; one of a line's own that is laid by cover takes the bends of its legs with it. */
export function deleteVertex(proposal: Proposal, index: number): boolean {
  const [isBend, groundAt] = [bendsOf(proposal), groundNow()]
  if (!isBend || isBend[index] || !groundAt) return executeCommand({ op: 'proposal.deleteVertex', id: proposal.id, index }).ok
  return executeCommand(relaidCommand(proposal, relaidWithout(proposal.axis, isBend, index, groundAt))).ok
}

/** Deletes what is selected of the scheme: one vertex of a proposal, or the proposal. */
export function deleteSelection(): void {
  const { selection } = sessionStore.getState()
  if (selection?.type !== 'proposal') return
  const proposal = activeScenario(scenarioStore.getState())?.document.proposals[selection.id]
  if (!proposal) return
  if (selection.vertex !== null && proposal.axis.length > 2) {
    if (deleteVertex(proposal, selection.vertex)) sessionStore.setState({ selection: { ...selection, vertex: null } })
    return
  }
  if (executeCommand({ op: 'proposal.remove', id: proposal.id }).ok) sessionStore.setState({ selection: null })
}

function groundNow() {
  const { context, info } = projectStore.getState()
  return context?.ground && info ? groundInCrs(context.ground, info.origin) : null
}
