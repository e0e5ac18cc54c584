import type { NodePiece, PieceArm } from '#shared/network/node-pieces.ts'
import { axisFrames } from './axis-frames.ts'
import { addBoxSweep } from './box-sweep.ts'
import { addFrustum } from './frustum.ts'
import type { MeshBuffer } from './mesh-buffer.ts'
import { addTube } from './tube.ts'

type Point = readonly [number, number, number]

/** A line as it comes to a piece: where its own axis is there (levels may differ), and whether it is round. */
export interface FittedArm extends PieceArm {
  readonly at: Point
  readonly round: boolean
}

/** How much thicker a piece is drawn than the pipes it joins, and how far its sockets reach along them. For the picture only. */
const SOCKET = { thicker: 1.1, wallM: 0.008, reach: 1.5, leastM: 0.1 } as const
const VALVE = { thicker: 1.6, wallM: 0.02, reach: 0.9, leastM: 0.09 } as const
/** Ends nearer than this are drawn as one piece, metres. */
const TOGETHER_M = 0.05
const LEAST_CONE_M = 0.12

/**
 * The body of what is built where lines meet without a structure: an elbow through the two widest arms, a socket on each
 * further one, a cone between two sizes, a thick short body where a valve is. Nothing at ends, at wells (which have bodies of
 * their own) and where one size goes straight on.
 * @param arms In the piece's order. Same frame as `origin`, which is subtracted from every vertex.
 */
export function addFitting(mesh: MeshBuffer, piece: Pick<NodePiece, 'type' | 'nodes'>, arms: readonly FittedArm[], itemOf: (arm: FittedArm) => number, origin: Point): void {
  const [first, second, ...others] = arms
  if (!first || piece.type === 'well') return
  const hasValve = piece.nodes.some(({ nodeType }) => nodeType === 'valve')
  if (hasValve) addBody(mesh, [along(first, -reachOf(first, VALVE)), along(first, reachOf(first, VALVE))], first, VALVE, itemOf(first), origin)
  if (!second || piece.type === 'end' || piece.type === 'coupling') return
  if (piece.type === 'reducer' && first.round && second.round) {
    const [wide, narrow] = [first.widthM / 2, second.widthM / 2]
    const thick = (radiusM: number) => radiusM * SOCKET.thicker + SOCKET.wallM
    return addFrustum(mesh, second.at, along(second, Math.max(LEAST_CONE_M, 2 * (wide - narrow))), thick(wide), thick(narrow), itemOf(first), origin)
  }
  const isTogether = Math.hypot(...[0, 1, 2].map(c => first.at[c]! - second.at[c]!)) < TOGETHER_M
  if (isTogether) addBody(mesh, [along(first, reachOf(first, SOCKET)), first.at, along(second, reachOf(second, SOCKET))], first, SOCKET, itemOf(first), origin)
  // A branch's socket is seen beyond the pipe it leaves.
  for (const arm of isTogether ? others : arms) addBody(mesh, [arm.at, along(arm, first.widthM / 2 + reachOf(arm, SOCKET))], arm, SOCKET, itemOf(arm), origin)
}

type Thickness = typeof SOCKET | typeof VALVE

const reachOf = ({ widthM, heightM }: FittedArm, { reach, leastM }: Thickness): number => Math.max(leastM, (reach * Math.max(widthM, heightM)) / 2)

const along = ({ at, direction }: FittedArm, distanceM: number): Point => [at[0] + distanceM * direction[0], at[1] + distanceM * direction[1], at[2] + distanceM * direction[2]]

function addBody(mesh: MeshBuffer, axis: readonly Point[], { round, widthM, heightM }: FittedArm, { thicker, wallM }: Thickness, item: number, origin: Point): void {
  const frames = axisFrames(axis.flat(), 0, axis.length)
  const last = frames.count - 1
  if (last < 1) return
  if (round) addTube(mesh, frames, 0, last, (widthM / 2) * thicker + wallM, item, origin)
  else addBoxSweep(mesh, frames, 0, last, widthM / 2 + wallM, heightM / 2 + wallM, item, origin)
}
