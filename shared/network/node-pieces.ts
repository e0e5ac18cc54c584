import type { NodeRecord } from '../twin/asset.ts'
import { degreeOf, nodesOf, type Topology } from './topology.ts'

/** What is built where lines meet: pieces of pipe by how many arms they have and how these stand, wells where a structure is. */
export const PIECE_TYPES = ['well', 'bend', 'reducer', 'coupling', 'tee', 'cross', 'manifold', 'end'] as const
export type PieceType = (typeof PIECE_TYPES)[number]

/** One line as it leaves a piece. */
export interface PieceArm {
  /** Index into the columns. */
  readonly asset: number
  /** Unit vector away from the piece, local frame. */
  readonly direction: readonly [number, number, number]
  /** Outer size across and up, metres. */
  readonly widthM: number
  readonly heightM: number
}

export interface NodePiece {
  readonly type: PieceType
  /** Place in the topology. */
  readonly place: number
  /** Local frame. */
  readonly at: readonly [number, number, number]
  /** The widest first. */
  readonly arms: readonly PieceArm[]
  /** How far the two arms of a bend turn, the widest two of a well, or the branch of a tee stands off its run, degrees; null elsewhere. */
  readonly angleDeg: number | null
  /** What the ledger has there. */
  readonly nodes: readonly NodeRecord[]
}

/** Turns up to this are laid by bending the joints, degrees. */
const STRAIGHT_DEG = 2
/** Sizes that differ by less are one size with another wall, share of the larger. */
const SAME_SIZE = 0.05
/** Types of node that are structures: lines end in them, whatever their directions. */
const STRUCTURES: ReadonlySet<NodeRecord['nodeType']> = new Set(['manhole', 'chamber', 'gully', 'tank', 'pump', 'source', 'outfall'])

/**
 * The pieces at all places where lines meet, turn or end, in the order of the places. A vertex inside one line is a bend of
 * that line and no place. Two lines without a structure make a bend, a reducer or a coupling; three a tee; four a cross.
 */
export function nodePieces(topology: Topology): NodePiece[] {
  const pieces: NodePiece[] = []
  for (let place = 0; place < topology.placeCount; place++) {
    const arms = armsAt(topology, place)
    if (arms.length === 0) continue
    const nodes = nodesOf(topology, place)
    const { type, angleDeg } = shapeOf(arms, nodes.some(({ nodeType }) => STRUCTURES.has(nodeType)))
    pieces.push({ type, place, at: [topology.placeXyz[3 * place]!, topology.placeXyz[3 * place + 1]!, topology.placeXyz[3 * place + 2]!], arms, angleDeg, nodes })
  }
  return pieces
}

function shapeOf(arms: readonly PieceArm[], isStructure: boolean): Pick<NodePiece, 'type' | 'angleDeg'> {
  const [a, b] = arms
  const turnDeg = a && b ? 180 - betweenDeg(a, b) : null
  if (isStructure) return { type: 'well', angleDeg: turnDeg }
  if (!a || !b) return { type: 'end', angleDeg: null }
  if (arms.length === 2) return turnDeg! > STRAIGHT_DEG ? { type: 'bend', angleDeg: turnDeg } : { type: isOneSize(a, b) ? 'coupling' : 'reducer', angleDeg: null }
  if (arms.length > 4) return { type: 'manifold', angleDeg: null }
  if (arms.length === 4) return { type: 'cross', angleDeg: null }
  // The run of a tee is the straightest two of its arms; what is left is the branch.
  const [branch, run] = arms.map(arm => [arm, arms.filter(other => other !== arm)] as const).sort(([, p], [, q]) => betweenDeg(q[0]!, q[1]!) - betweenDeg(p[0]!, p[1]!))[0]!
  return { type: 'tee', angleDeg: Math.min(betweenDeg(branch, run[0]!), betweenDeg(branch, run[1]!)) }
}

const isOneSize = (a: PieceArm, b: PieceArm): boolean => Math.abs(a.widthM - b.widthM) <= SAME_SIZE * Math.max(a.widthM, b.widthM) && Math.abs(a.heightM - b.heightM) <= SAME_SIZE * Math.max(a.heightM, b.heightM)

function betweenDeg({ direction: p }: PieceArm, { direction: q }: PieceArm): number {
  return (Math.acos(Math.max(-1, Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]))) * 180) / Math.PI
}

function armsAt(topology: Topology, place: number): PieceArm[] {
  const { columns, incident, incidentStart, edgeAsset } = topology
  const arms: PieceArm[] = []
  const seen = new Map<number, number>()
  for (let k = incidentStart[place]!; k < incidentStart[place]! + degreeOf(topology, place); k++) {
    const edge = incident[k]!
    const asset = edgeAsset[edge]!
    if (asset < 0) continue
    // A loop is met twice: by its start, then by its end.
    const isEnd = topology.edgeFrom[edge] !== place || seen.get(edge) === 1
    seen.set(edge, 1)
    const direction = directionAt(topology, edge, isEnd)
    if (direction) arms.push({ asset, direction, widthM: 2 * columns.halfWidthM[asset]!, heightM: 2 * columns.halfHeightM[asset]! })
  }
  return arms.sort((p, q) => q.widthM - p.widthM || q.heightM - p.heightM || p.asset - q.asset)
}

/** Parts shorter than this have no direction worth building by, metres. */
const LEAST_PART_M = 1e-6

/** Along the line, away from where its stretch begins, or from where it ends; null where all of it is one point. */
function directionAt({ columns: { vertexStart, xyz }, edgeAsset, edgeStartM, edgeEndM }: Topology, edge: number, isEnd: boolean): readonly [number, number, number] | null {
  const asset = edgeAsset[edge]!
  const [first, last] = [vertexStart[asset]!, vertexStart[asset + 1]! - 1]
  const fromM = isEnd ? edgeEndM[edge]! : edgeStartM[edge]!
  let walkedM = 0
  let best: readonly [number, number, number] | null = null
  for (let v = first; v < last; v++) {
    const [dx, dy, dz] = [0, 1, 2].map(c => xyz[3 * v + 3 + c]! - xyz[3 * v + c]!) as [number, number, number]
    const partM = Math.hypot(dx, dy, dz)
    const endM = walkedM + partM
    if (partM > LEAST_PART_M) {
      // From a start the part that goes on, to an end the part that comes in.
      if (isEnd && walkedM < fromM - LEAST_PART_M) best = [-dx / partM, -dy / partM, -dz / partM]
      if (!isEnd && endM > fromM + LEAST_PART_M) return [dx / partM, dy / partM, dz / partM]
    }
    walkedM = endM
  }
  return best
}
