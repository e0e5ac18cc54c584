import type { Vec3 } from '../twin/asset.ts'
import { turnOf } from './axis.ts'
import { routeCosts } from './route-costs.ts'
import type { StreetLattice } from './street-lattice.ts'

/** Pulls a stepped path taut: vertices are left out while what remains is legal and costs no more. */
export function pullTaut(path: readonly Vec3[], lattice: Pick<StreetLattice, 'pieceCost'>): Vec3[] {
  const taut: Vec3[] = [path[0]!]
  // Cost of the stepped path up to each vertex.
  const costs = [0]
  for (let i = 1; i < path.length; i++) costs.push(costs[i - 1]! + lattice.pieceCost(path[i - 1]!, path[i]!))
  let at = 0
  while (at < path.length - 1) {
    let next = at + 1
    // The farthest vertex in sight: halving the reach first keeps long paths quick, every shorter reach is tried after.
    for (let far = path.length - 1; far > at + 1; far = far - Math.max(1, Math.floor((far - at) / 12))) {
      const straight = lattice.pieceCost(path[at]!, path[far]!)
      const stepped = costs[far]! - costs[at]!
      if (straight < Infinity && (straight <= stepped + bendsOf(path, at, far) || Number.isNaN(stepped) || stepped === Infinity)) {
        next = far
        break
      }
    }
    taut.push(path[next]!)
    at = next
  }
  return taut
}

function bendsOf(path: readonly Vec3[], from: number, to: number): number {
  let cost = 0
  for (let i = from + 1; i < to; i++) cost += (routeCosts.bendPerRightAngle * turnOf(path[i - 1]!, path[i]!, path[i + 1]!)) / (Math.PI / 2)
  return cost
}
