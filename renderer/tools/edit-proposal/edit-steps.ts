import { bendsOf, relaidCommand, relaidThrough } from '#shared/routing/lines/ground-bends.ts'
import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { GroundSampler } from '#shared/twin/ground.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Interaction } from '#renderer/state/app/session-store.ts'

/** Dragging a vertex as plain functions: what the axis looks like meanwhile, and the one command at the end. */
export type VertexDrag = Extract<Interaction, { type: 'draggingVertex' }>

/** The axis while dragging. @param axis As committed; same frame as `drag.to`. */
export function draggedAxis(axis: readonly Vec3[], { index, inserted, to, relaid }: VertexDrag): readonly Vec3[] {
  if (relaid) return axis.toSpliced(relaid.first, relaid.last - relaid.first, ...relaid.points)
  return inserted ? axis.toSpliced(index, 0, to) : axis.with(index, to)
}

/** Which vertex of the dragged axis is the one in hand. */
export const heldIndex = ({ index, relaid }: VertexDrag): number => (relaid ? relaid.first + relaid.at : index)

/** Steps of the keys: plan and level, metres. */
export const VERTEX_STEP_M = { plan: 0.1, level: 0.05 } as const

/** Segments of the dragged axis that move: those that meet at the vertex; of a line laid by cover all of both its legs. */
export function movedSegments(vertexCount: number, { index, relaid }: VertexDrag): readonly [first: number, last: number] {
  const [from, to] = relaid ? [relaid.first, relaid.first + relaid.points.length - 1] : [index, index]
  return [Math.max(0, from - 1), Math.min(vertexCount - 2, to)]
}

/**
 * The drag of a line laid by cover, its legs on the ground anew. In level alone nothing is laid anew: a line is dipped where it is taken hold of.
 * @param axis As committed, local frame, as are the levels of the ground.
 */
export function relaidDrag(drag: VertexDrag, proposal: Proposal, axis: readonly Vec3[], groundAt: GroundSampler): VertexDrag {
  const isBend = drag.way === 'level' ? null : bendsOf(proposal)
  return isBend ? { ...drag, relaid: relaidThrough(axis, isBend, drag, drag.to, groundAt) } : drag
}

/** @param toCrs From the frame of the drag to the project CRS. */
export function dragCommand(drag: VertexDrag, proposal: Proposal, toCrs: (point: Vec3) => Vec3): ScenarioCommand {
  const { proposalId: id, index, inserted, to, relaid } = drag
  if (relaid) return relaidCommand(proposal, { ...relaid, points: relaid.points.map(toCrs) })
  return inserted ? { op: 'proposal.insertVertex', id, index, at: toCrs(to) } : { op: 'proposal.moveVertex', id, index, to: toCrs(to) }
}

/** What can be taken hold of on a selected proposal. */
export type Handle =
  | { readonly type: 'vertex'; readonly index: number; readonly at: Vec3 }
  /** Middle of segment index − 1: dragging it inserts a vertex there. */
  | { readonly type: 'middle'; readonly index: number; readonly at: Vec3 }
  /** Above the chosen vertex: dragging it changes the level. */
  | { readonly type: 'level'; readonly index: number; readonly at: Vec3 }

/** Height of the level handle above its vertex in the picture. */
export const LEVEL_HANDLE_LIFT_PX = 34

export function handlesOf(axis: readonly Vec3[], chosenVertex: number | null): Handle[] {
  const vertices = axis.map((at, index): Handle => ({ type: 'vertex', index, at }))
  const middles = axis.slice(1).map((to, i): Handle => {
    const from = axis[i]!
    return { type: 'middle', index: i + 1, at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2] }
  })
  const chosen = chosenVertex === null ? undefined : axis[chosenVertex]
  return [...(chosen ? [{ type: 'level', index: chosenVertex!, at: chosen } as const] : []), ...vertices, ...middles]
}

/** The handle at a place of the picture: the nearest within reach, in the order level, vertex, middle. */
export function handleAt(
  handles: readonly Handle[], pxX: number, pxY: number, project: (at: Vec3) => { readonly pxX: number; readonly pxY: number } | null, reachPx: number,
): Handle | null {
  let best: { handle: Handle; rank: number; distance: number } | null = null
  const ranks = { level: 0, vertex: 1, middle: 2 } as const
  for (const handle of handles) {
    const place = project(handle.at)
    if (!place) continue
    const lift = handle.type === 'level' ? LEVEL_HANDLE_LIFT_PX : 0
    const distance = Math.hypot(place.pxX - pxX, place.pxY - lift - pxY)
    const rank = ranks[handle.type]
    if (distance > reachPx || (best && (rank > best.rank || (rank === best.rank && distance >= best.distance)))) continue
    best = { handle, rank, distance }
  }
  return best?.handle ?? null
}
