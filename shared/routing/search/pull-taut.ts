import type { Vec3 } from '../../twin/asset.ts'
import { withoutIdleVertices } from '../lines/axis.ts'
import { vertexCost } from './route-cost.ts'
import type { StreetLattice } from './street-lattice.ts'
import type { RouteSite } from './route-site.ts'
import type { ShortRow } from '../fix/trial.ts'

type Pieces = Pick<StreetLattice, 'pieceCost'>

/** A stretch that the engine refuses is halved so often before the steps stay as the lattice gave them. */
const ROUNDS = 8

/**
 * Pulls a stepped path taut: vertices are left out while what remains is legal and costs no more. Where the engine
 * refuses what the lattice let pass, that stretch alone stays nearer to its steps.
 * @returns a line that breaks nothing the steps do not break.
 */
export function pullTaut(stepped: readonly Vec3[], lattice: Pieces, { trial, isGravity, costs: prices }: Pick<RouteSite, 'trial' | 'isGravity' | 'costs'>): readonly Vec3[] {
  const kept = new Set([0, stepped.length - 1])
  // Cost of the stepped path up to each vertex, and of what straight pieces were asked about.
  const costs = [0]
  for (let i = 1; i < stepped.length; i++) costs.push(costs[i - 1]! + lattice.pieceCost(stepped[i - 1]!, stepped[i]!))
  const straights = new Map<number, number>()
  const straight = (from: number, to: number): number => {
    const key = from * stepped.length + to
    const known = straights.get(key) ?? lattice.pieceCost(stepped[from]!, stepped[to]!)
    straights.set(key, known)
    return known
  }
  for (let round = 0; round < ROUNDS; round++) {
    const indices = tautIndices(stepped, costs, straight, kept, (from, to) => vertexCost(prices, stepped, from, to, isGravity))
    const taut = indices.map(i => stepped[i]!)
    const rows = trial.shortRows(taut)
    if (rows.length === 0) return taut
    const before = kept.size
    for (const middle of halved(rows, indices)) kept.add(middle)
    if (kept.size === before) break
  }
  return withoutIdleVertices(stepped)
}

/** The middles of the pieces that rows lie on; where one cannot be halved, of those beside it. */
function halved(rows: readonly ShortRow[], indices: readonly number[]): number[] {
  const middleOf = (piece: number): number[] => {
    const [from, to] = [indices[piece], indices[piece + 1]]
    return from !== undefined && to !== undefined && to - from > 1 ? [(from + to) >> 1] : []
  }
  return rows.flatMap(({ segment }) => {
    const own = middleOf(segment)
    return own.length > 0 ? own : [...middleOf(segment - 1), ...middleOf(segment + 1)]
  })
}

function tautIndices(path: readonly Vec3[], costs: readonly number[], straight: (from: number, to: number) => number, kept: ReadonlySet<number>, bendsBetween: (from: number, to: number) => number): number[] {
  const taut = [0]
  const stops = [...kept].sort((a, b) => a - b)
  let at = 0
  while (at < path.length - 1) {
    const last = stops.find(stop => stop > at)!
    let next = at + 1
    // The farthest vertex in sight: halving the reach first keeps long paths quick, every shorter reach is tried after.
    for (let far = last; far > at + 1; far = far - Math.max(1, Math.floor((far - at) / 12))) {
      const cost = straight(at, far)
      const stepped = costs[far]! - costs[at]!
      if (cost < Infinity && (cost <= stepped + bendsBetween(at, far) || Number.isNaN(stepped) || stepped === Infinity)) {
        next = far
        break
      }
    }
    taut.push(next)
    at = next
  }
  return taut
}
