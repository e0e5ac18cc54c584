import type { Vec3 } from '../twin/asset.ts'
import type { SurfaceClass } from '../twin/kinds.ts'
import { HEADINGS, type RouteLattice } from './lattice-search.ts'
import type { ClosedLevels, Obstacles } from './obstacles.ts'
import type { RouteCosts } from './route-costs.ts'
import { planBound } from './plan-bound.ts'
import { surfaceFactor } from './route-cost.ts'
import type { StreetSpace } from './street-space.ts'

/** What a leg of a route is laid out by. Local frame, metres. */
export interface LegRequest {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  /** Level of the axis at the start, where a leg before this one ended; null where it is free. */
  readonly startLevel: number | null
  readonly halfHeightM: number
  /** Covers allowed; `leastFor` by use of the ground. */
  readonly leastCoverFor: Readonly<Record<SurfaceClass, number>>
  readonly maxCoverM: number
  /** Fall a gravity line needs; null for others. */
  readonly fallRatio: number | null
  readonly space: StreetSpace
  /** Ground level where the twin has no surface. */
  groundAt(x: number, y: number): number | null
  readonly obstacles: Obstacles
  readonly costs: RouteCosts
  /** Widening of the search to both sides of the straight line, metres. */
  readonly marginM: number
  readonly maxStates: number
  /** Finest cell and step of level; coarser ones are taken where the states would be too many. */
  readonly cellM: number
  readonly levelStepM: number
  /** Cover asked beyond the least at a place where the ground between lattice points was found to sag, metres. */
  extraCoverM(x: number, y: number): number
  /** Factor on the cost of a piece: above 1 where another alternative lies, Infinity where a try failed. */
  penalty(x: number, y: number): number
  /** Of the same leg at the same grain, from tries before; new ones for the first. */
  readonly facts: LatticeFacts
}

/**
 * What a lattice has learnt of its site: ground, uses and what closes its pieces. None of it hangs on what was vetoed or
 * dearer in a try, so it serves all tries of one leg at one grain; asking the site anew is most of a search.
 */
export class LatticeFacts {
  readonly edges: (readonly ClosedLevels[] | 'building' | undefined)[] = []
  readonly crossed: number[] = []
  #nodes = { ground: new Float64Array(0), least: new Float64Array(0), factor: new Float64Array(0), isKnown: new Uint8Array(0) }

  /** The facts of so many nodes. */
  nodes(count: number): { readonly ground: Float64Array; readonly least: Float64Array; readonly factor: Float64Array; readonly isKnown: Uint8Array } {
    if (this.#nodes.isKnown.length !== count) {
      this.#nodes = { ground: new Float64Array(count), least: new Float64Array(count), factor: new Float64Array(count), isKnown: new Uint8Array(count) }
      this.edges.length = this.crossed.length = 0
    }
    return this.#nodes
  }
}

export interface StreetLattice extends RouteLattice {
  readonly cellM: number
  pointOf(node: number, level: number): Vec3
  /** What closes the pieces out of a node, at the levels its line could have. */
  closedAround(node: number): readonly ClosedLevels[]
  /** Cost and legality of a straight piece at any place, as of a step: Infinity where it is closed. */
  pieceCost(p: Vec3, q: Vec3): number
}

const CELL_SIZES = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12]
/** The ground bends between lattice points: so much more cover is kept than asked. */
const SPARE_COVER_M = 0.02

/**
 * A lattice whose first axis runs from one end to the other, so that both lie on nodes; levels are covers below ground, or
 * for a gravity line depths below an inclined plane that falls as it must.
 */
export function streetLattice(request: LegRequest): StreetLattice {
  const { from, to, fallRatio, space, groundAt, obstacles, costs, marginM, halfHeightM, leastCoverFor, maxCoverM, levelStepM } = request
  const distanceM = Math.hypot(to[0] - from[0], to[1] - from[1])
  const [ux, uy] = [(to[0] - from[0]) / distanceM, (to[1] - from[1]) / distanceM]
  const least = Math.min(...Object.values(leastCoverFor)) + (space.level ? SPARE_COVER_M : 0)
  const isGravity = fallRatio !== null
  // Diagonal steps gain less on the plane than they are long.
  const planeFall = isGravity ? 1.5 * fallRatio : 0
  const startGround = groundAt(...from)
  const levels = isGravity ? 24 : Math.max(1, Math.floor((maxCoverM - least) / levelStepM + 1e-9) + 1)
  const headings = isGravity ? [0, 1, 7] : HEADINGS.map((_, i) => i)
  const sizes = CELL_SIZES.filter(size => size >= request.cellM).map(size => {
    const along = Math.max(1, Math.round(distanceM / size))
    const cell = distanceM / along
    const sideways = Math.ceil(marginM / cell)
    return { along, cell, sideways, states: (along + 1 + 2 * sideways) * (2 * sideways + 1) * levels * 9 }
  })
  const { along, cell, sideways } = sizes.find(({ states }) => states <= request.maxStates) ?? sizes.at(-1)!
  const back = sideways
  const cols = along + 1 + 2 * back
  const rows = 2 * sideways + 1
  const xyOf = (node: number): readonly [number, number] => {
    const a = ((node % cols) - back) * cell
    const b = (Math.floor(node / cols) - sideways) * cell
    return [from[0] + a * ux - b * uy, from[1] + a * uy + b * ux]
  }
  const grounds = new Float64Array(cols * rows).fill(NaN)
  const leasts = new Float64Array(cols * rows)
  const factors = new Float64Array(cols * rows)
  const isKnown = new Uint8Array(cols * rows)
  const facts = request.facts.nodes(cols * rows)
  const ownCoverAt = (x: number, y: number): number => {
    const found = space.uses(x, y).flatMap(use => (use === 'roadway' || use === 'footway' || use === 'green' ? [leastCoverFor[use]] : []))
    return found.length > 0 ? Math.max(...found) : leastCoverFor.roadway
  }
  const coverLimitAt = (x: number, y: number): number => ownCoverAt(x, y) + request.extraCoverM(x, y)
  const factorAt = (x: number, y: number): number => {
    const penalty = request.penalty(x, y)
    return penalty === Infinity ? Infinity : surfaceFactor({ space }, x, y) * penalty
  }
  const know = (node: number): void => {
    if (isKnown[node] === 1) return
    isKnown[node] = 1
    const [x, y] = xyOf(node)
    if (facts.isKnown[node] === 0) {
      facts.isKnown[node] = 1
      facts.ground[node] = groundAt(x, y) ?? NaN
      facts.least[node] = ownCoverAt(x, y)
      facts.factor[node] = surfaceFactor({ space }, x, y)
    }
    const penalty = request.penalty(x, y)
    grounds[node] = facts.ground[node]!
    leasts[node] = facts.least[node]! + request.extraCoverM(x, y)
    factors[node] = penalty === Infinity ? Infinity : facts.factor[node]! * penalty
  }
  const levelOf = (node: number, level: number): number => {
    if (!isGravity) {
      know(node)
      const z = grounds[node]! - halfHeightM - least - level * levelStepM - 1e-3
      return z
    }
    const [x, y] = xyOf(node)
    const run = (x - from[0]) * ux + (y - from[1]) * uy
    return (request.startLevel ?? (startGround ?? NaN) - halfHeightM - least - 1e-3) - planeFall * run - level * levelStepM
  }
  const isOpenAt = (node: number, level: number): boolean => {
    know(node)
    const cover = grounds[node]! - levelOf(node, level) - halfHeightM
    return cover >= leasts[node]! - 1e-9 && cover <= maxCoverM + 1e-9
  }
  const { edges, crossed } = request.facts
  const edgeOf = (node: number, heading: number): readonly ClosedLevels[] | 'building' => {
    const [dx, dy] = HEADINGS[heading]!
    const [base, half] = heading < 4 ? [node, heading] : [node + dx + dy * cols, heading - 4]
    const key = base * 4 + half
    const known = edges[key]
    if (known !== undefined) return known
    const [[x0, y0], [x1, y1]] = [xyOf(node), xyOf(node + dx + dy * cols)]
    const building = space.buildingOn(x0, y0, x1, y1) !== null
    crossed[key] = building ? 0 : obstacles.crossings(x0, y0, x1, y1)
    return (edges[key] = building ? 'building' : obstacles.closedAlong(x0, y0, x1, y1))
  }
  const keyOf = (node: number, heading: number): number => {
    const [dx, dy] = HEADINGS[heading]!
    return heading < 4 ? node * 4 + heading : (node + dx + dy * cols) * 4 + heading - 4
  }
  const start = back + sideways * cols
  const goal = start + along
  const lengthCost = (length: number, factor: number, cover: number): number => length * (factor + costs.depthPerM * Math.max(0, cover - least))
  const stepCost = (node: number, level: number, heading: number, toLevel: number): number => {
    const [dx, dy] = HEADINGS[heading]!
    const next = node + dx + dy * cols
    if (!isOpenAt(next, toLevel)) return Infinity
    know(node)
    const closed = edgeOf(node, heading)
    if (closed === 'building') return Infinity
    const [z0, z1] = [levelOf(node, level), levelOf(next, toLevel)]
    for (const { low, high } of closed) if (Math.max(z0, z1) > low && Math.min(z0, z1) < high) return Infinity
    const length = Math.hypot(dx, dy) * cell
    const cover = (grounds[node]! - z0 + grounds[next]! - z1) / 2 - halfHeightM
    return lengthCost(Math.hypot(length, z1 - z0), (factors[node]! + factors[next]!) / 2, cover) + costs.crossing * crossed[keyOf(node, heading)]!
  }
  const levelSteps = isGravity ? [0, 1, 2, 3] : [0, -1, 1]
  const planCost = (node: number, heading: number): number => {
    const [dx, dy] = HEADINGS[heading]!
    const next = node + dx + dy * cols
    know(node)
    know(next)
    if (edgeOf(node, heading) === 'building' || factors[node] === Infinity || factors[next] === Infinity) return Infinity
    for (let level = 0; level < levels; level++) {
      if (!isOpenAt(node, level)) continue
      for (const change of levelSteps) {
        if (level + change >= 0 && level + change < levels && stepCost(node, level, heading, level + change) < Infinity) {
          return Math.hypot(dx, dy) * cell * ((factors[node]! + factors[next]!) / 2) + costs.crossing * crossed[keyOf(node, heading)]!
        }
      }
    }
    return Infinity
  }
  let bound: Float64Array | null = null
  return {
    cols, rows, levels, start, goal, headings, cellM: cell,
    levelSteps,
    isOpen: (node, level) => isOpenAt(node, level) && (node !== start || request.startLevel === null || Math.abs(levelOf(node, level) - request.startLevel) < (isGravity ? 1e-6 : levelStepM / 2 + 1e-6)),
    turnCost: eighths => (costs.bendPerRightAngle * eighths) / 2,
    leastCost: node => (bound ??= planBound({ cols, rows, start, goal, headings, planCost }))[node]!,
    stepCost,
    pointOf(node, level) {
      const [x, y] = node === goal ? to : node === start ? from : xyOf(node)
      return [x, y, levelOf(node, level)]
    },
    closedAround(node) {
      return headings.flatMap(heading => {
        const [dx, dy] = HEADINGS[heading]!
        const [column, row] = [(node % cols) + dx, Math.floor(node / cols) + dy]
        if (column < 0 || column >= cols || row < 0 || row >= rows) return []
        const closed = edgeOf(node, heading)
        return closed === 'building' ? [] : closed
      })
    },
    pieceCost(p, q) {
      const length = Math.hypot(q[0] - p[0], q[1] - p[1])
      const pieces = Math.max(1, Math.ceil(length / cell))
      if (space.buildingOn(p[0], p[1], q[0], q[1]) !== null) return Infinity
      let cost = costs.crossing * obstacles.crossings(p[0], p[1], q[0], q[1])
      for (let i = 0; i < pieces; i++) {
        const at = (k: 0 | 1 | 2, x: number): number => p[k] + x * (q[k] - p[k])
        const [a, b, middle] = [i / pieces, (i + 1) / pieces, (i + 0.5) / pieces]
        const [x, y] = [at(0, middle), at(1, middle)]
        const ground = groundAt(x, y)
        const cover = ground === null ? NaN : ground - at(2, middle) - halfHeightM
        if (!(cover >= coverLimitAt(x, y) - 1e-9 && cover <= maxCoverM + 1e-9)) return Infinity
        const [low, high] = [Math.min(at(2, a), at(2, b)), Math.max(at(2, a), at(2, b))]
        if (obstacles.closedAlong(at(0, a), at(1, a), at(0, b), at(1, b)).some(closed => high > closed.low && low < closed.high)) return Infinity
        cost += lengthCost(Math.hypot(length, q[2] - p[2]) / pieces, factorAt(x, y), cover)
      }
      return cost
    },
  }
}
