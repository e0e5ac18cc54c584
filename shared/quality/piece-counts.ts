import { nodePieces, PIECE_TYPES, type NodePiece, type PieceType } from '../network/node-pieces.ts'
import type { Topology } from '../network/topology.ts'
import { assetKind } from '../twin/asset-columns.ts'
import type { AssetKind } from '../twin/kinds.ts'

/** Pieces of one sort: what a material list of the network's nodes needs. */
export interface PieceCount {
  readonly type: PieceType
  /** Of its widest line. */
  readonly kind: AssetKind
  /** Outer sizes of its arms, the widest first, each once, millimetres. */
  readonly sizesMm: readonly number[]
  /** Bends by the piece that is made, tees by how the branch leaves; null for the others, degrees. */
  readonly angleDeg: number | null
  readonly count: number
}

/** Bends and branches as they are cast: a turn is laid with the nearest of them and the play of the joints. */
const MADE_DEG = [5.625, 11.25, 22.5, 30, 45, 60, 90]

const nearestMade = (angleDeg: number): number => MADE_DEG.reduce((best, made) => (Math.abs(made - angleDeg) < Math.abs(best - angleDeg) ? made : best))

/** Pieces of a network by sort, in the order of the types, the most frequent first. Ends that lie open are counted as such. */
export function countPieces(topology: Topology): PieceCount[] {
  const counts = new Map<string, PieceCount & { count: number }>()
  for (const piece of nodePieces(topology)) {
    const sort = sortOf(piece, topology)
    const key = JSON.stringify(sort)
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { ...sort, count: 1 })
  }
  return [...counts.values()].sort((p, q) => PIECE_TYPES.indexOf(p.type) - PIECE_TYPES.indexOf(q.type) || q.count - p.count || (JSON.stringify(p) < JSON.stringify(q) ? -1 : 1))
}

function sortOf({ type, arms, angleDeg }: NodePiece, { columns }: Topology): Omit<PieceCount, 'count'> {
  const hasAngle = type === 'bend' || type === 'tee'
  return {
    type, kind: assetKind(columns, arms[0]!.asset), sizesMm: [...new Set(arms.map(({ widthM }) => Math.round(1000 * widthM)))],
    angleDeg: hasAngle && angleDeg !== null ? nearestMade(angleDeg) : null,
  }
}
