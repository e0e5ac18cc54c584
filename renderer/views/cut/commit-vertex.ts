import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { executeCommand } from '../../actions/scheme/scenario-actions.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { dragCommand, relaidDrag, type VertexDrag } from '../../tools/edit-proposal/edit-steps.ts'

/** Makes a moved vertex part of the scheme, one step of undo. @param origin From the local frame to the project CRS. @returns Whether it was taken. */
export function commitVertex(drag: VertexDrag, origin: Vec3): boolean {
  const proposal = proposalNow(drag.proposalId)
  return proposal !== undefined && executeCommand(dragCommand(drag, proposal, ([x, y, z]) => [x + origin[0], y + origin[1], z + origin[2]])).ok
}

/** The drag with the legs of a line laid by cover on the ground anew. @param origin As above. */
export function followed(drag: VertexDrag, origin: Vec3): VertexDrag {
  const [proposal, ground] = [proposalNow(drag.proposalId), projectStore.getState().context?.ground ?? null]
  return proposal && ground ? relaidDrag(drag, proposal, proposal.axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]]), groundOf(ground)) : drag
}

const proposalNow = (id: string): Proposal | undefined => activeScenario(scenarioStore.getState())?.document.proposals[id]
