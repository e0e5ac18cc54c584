import { chainagesOf } from '#shared/geometry/section-line.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { draggedAxis, heldIndex, type VertexDrag } from '../../tools/edit-proposal/edit-steps.ts'
import { commitVertex, followed } from '../cut/commit-vertex.ts'
import type { Cut } from '../cut/use-cut.ts'
import type { SectionGrip } from './section-grips.ts'

/** A grip moved as a gesture of its vertex. @param to Local frame. */
export const gripDrag = ({ proposalId, index, inserted }: SectionGrip, to: Vec3): VertexDrag => ({ type: 'draggingVertex', proposalId, index, inserted, way: 'section', to })

/** The section stays on the vertex moved: taken hold of again it moves, and no second one is made beside it. @param line As before the move. */
export const stayOn = (line: Cut['line'], drag: VertexDrag): void =>
  sessionStore.setState({ cut: { lineId: drag.proposalId, chainageM: chainagesOf(draggedAxis(line.axis, drag))[heldIndex(drag)]! } })

/** Moves the vertex of the section's own line in one step. @param to Local frame. */
export function moveOwn({ line, origin }: Cut, grip: SectionGrip, to: Vec3): void {
  const drag = followed(gripDrag(grip, to), origin)
  if (commitVertex(drag, origin)) stayOn(line, drag)
}
