import { parabolaThrough, stretchesBelow } from '../../geometry/parabola.ts'
import { groundSampler, type GroundSurface } from '../../twin/ground.ts'
import { BreakList, groundBreaks } from '../cover/ground-breaks.ts'
import type { ClearanceNetwork } from '../network/network.ts'
import { BROKEN_M } from '../pairs/pair-terms.ts'

/** Shares of a segment, from … to, on which something holds. */
export interface Piece {
  readonly from: number
  readonly to: number
}

export const WHOLE: readonly Piece[] = [{ from: 0, to: 1 }]

/** Where the crown of a segment lies no deeper than this below the ground; all of it where no ground is known. */
export type ShallowPieces = (asset: number, v: number, maxDepthM: number) => readonly Piece[]

export function shallowPieces(network: ClearanceNetwork, ground: GroundSurface | null): ShallowPieces {
  if (!ground) return () => WHOLE
  const levelAt = groundSampler(ground)
  const addBreaks = groundBreaks(ground)
  const edges = new BreakList()
  return (asset, v, maxDepthM) => {
    const { xyz, halfHeightM } = network
    const at = (k: number, share: number): number => xyz[3 * v + k]! + share * (xyz[3 * v + 3 + k]! - xyz[3 * v + k]!)
    const depth = (share: number): number | null => {
      const level = levelAt(at(0, share), at(1, share))
      return level === null ? null : level - at(2, share) - halfHeightM[asset]!
    }
    edges.begin()
    addBreaks(at(0, 0), at(1, 0), at(0, 1), at(1, 1), edges)
    edges.sort()
    const pieces: Piece[] = []
    for (let k = 0; k + 1 < edges.count; k++) {
      const [from, to] = [edges.values[k]!, edges.values[k + 1]!]
      if (to - from < 1e-12) continue
      const [quarter, half, threeQuarters] = [0.25, 0.5, 0.75].map(share => depth(from + share * (to - from)))
      const stretches: (readonly [number, number])[] = quarter == null || half == null || threeQuarters == null
        ? [[0, 1]]
        : stretchesBelow(parabolaThrough(quarter, half, threeQuarters), maxDepthM + BROKEN_M).map(([low, high]) => [low, high] as const)
      for (const [low, high] of stretches) {
        const piece = { from: from + low * (to - from), to: from + high * (to - from) }
        const last = pieces.at(-1)
        if (last && piece.from - last.to < 1e-12) pieces[pieces.length - 1] = { from: last.from, to: piece.to }
        else pieces.push(piece)
      }
    }
    return pieces
  }
}

/** What is in both lists. Each ascending and apart. */
export function common(a: readonly Piece[], b: readonly Piece[]): Piece[] {
  return a.flatMap(p => b.flatMap(q => {
    const [from, to] = [Math.max(p.from, q.from), Math.min(p.to, q.to)]
    return to > from || (to === from && p.from === p.to) ? [{ from, to }] : []
  }))
}
