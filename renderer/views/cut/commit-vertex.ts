import type { Vec3 } from '#shared/twin/asset.ts'
import { executeCommand } from '../../actions/scenario-actions.ts'
import { dragCommand, type VertexDrag } from '../../tools/edit-proposal/edit-steps.ts'

/** Makes a moved vertex part of the scheme, one step of undo. @param origin From the local frame to the project CRS. @returns Whether it was taken. */
export const commitVertex = (drag: VertexDrag, origin: Vec3): boolean =>
  executeCommand(dragCommand(drag, [drag.to[0] + origin[0], drag.to[1] + origin[1], drag.to[2] + origin[2]])).ok
