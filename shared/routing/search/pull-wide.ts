import type { Vec3 } from '../../twin/asset.ts'
import { distance, turnInSpace } from '../lines/axis.ts'
import { vertexCost } from './route-cost.ts'
import type { RouteCosts } from './route-costs.ts'
import type { StreetLattice } from './street-lattice.ts'
import type { Trial } from '../fix/trial.ts'

export interface WidePull {
  readonly stepped: readonly Vec3[]
  readonly lattice: Pick<StreetLattice, 'pieceCost'>
  readonly trial: Trial
  readonly costs: RouteCosts
  readonly isGravity: boolean
  /** Least radius of a bend, metres. */
  readonly radiusM: number
  /** Whether the first and the last vertex are ends of the whole line: a bend may take the whole of an end part. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** More vertices than these are thinned out: every three of them are looked at. */
const MOST_VERTICES = 48
/** Parts the engine refuses are left out, and the rest asked anew, so often. */
const ROUNDS = 8

/** The radius of the largest arc that fits a corner, its tangents taking these lengths at most. */
const radiusAt = (a: Vec3, b: Vec3, c: Vec3, beforeM: number, behindM: number): number => Math.min(beforeM, behindM) / Math.tan(turnInSpace(a, b, c) / 2)

/**
 * Of a stepped path the vertices to keep so that every bend is as wide as it must be (design §5, rule 8: the largest arc
 * that fits a corner, tangents of half of each leg) and the line is the cheapest of those: all choices are looked at.
 * @returns null where none is wide enough and clean.
 */
export function pullWide({ stepped, lattice, trial, costs: prices, isGravity, radiusM, isFirst, isLast }: WidePull): readonly Vec3[] | null {
  const path = thinned(stepped)
  const last = path.length - 1
  const costs = path.map((p, i) => path.map((q, j) => (j > i ? lattice.pieceCost(p, q) : Infinity)))
  const isWide = (i: number, j: number, k: number): boolean =>
    radiusAt(path[i]!, path[j]!, path[k]!, distance(path[i]!, path[j]!) * (isFirst && i === 0 ? 1 : 0.5), distance(path[j]!, path[k]!) * (isLast && k === last ? 1 : 0.5)) >= radiusM
  for (let round = 0; round < ROUNDS; round++) {
    const kept = cheapestOf(path, costs, isWide, (a, b, c) => vertexCost(prices, [a, b, c], 0, 2, isGravity))
    if (!kept) return null
    const axis = kept.map(i => path[i]!)
    const rows = trial.shortRows(axis)
    if (rows.length === 0) return axis
    for (const { segment } of rows) costs[kept[segment]!]![kept[segment + 1]!] = Infinity
  }
  return null
}

/** Indices of the cheapest choice of vertices, over (part before, part behind); null where there is none. */
function cheapestOf(path: readonly Vec3[], costs: readonly (readonly number[])[], isWide: (i: number, j: number, k: number) => boolean, bendCost: (a: Vec3, b: Vec3, c: Vec3) => number): number[] | null {
  const count = path.length
  const best = path.map((_, j) => path.map((__, i) => (i === 0 ? costs[0]![j]! : Infinity)))
  const from = path.map(() => new Int32Array(count).fill(-1))
  for (let j = 1; j < count; j++) {
    for (let k = j + 1; k < count; k++) {
      if (costs[j]![k] === Infinity) continue
      for (let i = 0; i < j; i++) {
        const cost = best[j]![i]! + costs[j]![k]! + bendCost(path[i]!, path[j]!, path[k]!)
        if (cost < best[k]![j]! && isWide(i, j, k)) {
          best[k]![j] = cost
          from[k]![j] = i
        }
      }
    }
  }
  const ends = best[count - 1]!
  let before = ends.indexOf(Math.min(...ends))
  if (ends[before] === Infinity) return null
  const kept = [count - 1]
  for (let at = count - 1; before >= 0;) {
    kept.push(before)
    const next = before === 0 ? -1 : from[at]![before]!
    at = before
    before = next
  }
  return kept.reverse()
}

/** Ends kept, and of what is between evenly so many. */
function thinned(path: readonly Vec3[]): readonly Vec3[] {
  if (path.length <= MOST_VERTICES) return path
  return Array.from({ length: MOST_VERTICES }, (_, i) => path[Math.round((i * (path.length - 1)) / (MOST_VERTICES - 1))]!)
}
