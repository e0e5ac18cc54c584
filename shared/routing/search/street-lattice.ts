import type { Vec3 } from '../../twin/asset.ts'
import type { SurfaceClass } from '../../twin/kinds.ts'
import { HEADINGS, type RouteLattice } from './lattice-search.ts'
import { latticeFrame, statesOf } from './lattice-frame.ts'
import type { ClosedLevels, Obstacles } from './obstacles.ts'
import type { RouteCosts } from './route-costs.ts'
import { planBound, type PlanBound } from './plan-bound.ts'
import { surfaceFactor } from './route-cost.ts'
import type { StreetSpace } from './street-space.ts'
import type { BesideCost } from './surroundings-cost.ts'

/** What a leg of a route is laid out by. Local frame, metres. */
export interface LegRequest {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  /** Level of the axis at the start, where a leg before this one ended; null where it is free. */
  readonly startLevel: number | null
  /** Level of the axis at the end; null where it is free. */
  readonly endLevel: number | null
  readonly halfHeightM: number
  /** Covers allowed; `leastFor` by use of the ground. */
  readonly leastCoverFor: Readonly<Record<SurfaceClass, number>>
  readonly maxCoverM: number
  /** Sharpest turn from step to step, eighths of a circle. */
  readonly mostTurn: number
  /** Fall a gravity line needs; null for others. */
  readonly fallRatio: number | null
  readonly space: StreetSpace
  /** Ground level where the twin has no surface. */
  groundAt(x: number, y: number): number | null
  readonly obstacles: Obstacles
  /** Cost of a metre for what stands beside it. */
  readonly besideAt: BesideCost
  readonly costs: RouteCosts
  /** Widening of the search to both sides of the straight line, metres. */
  readonly marginM: number
  readonly maxStates: number
  /** Finest cell and step of level; coarser ones are taken where the states would be too many. */
  readonly cellM: number
  readonly levelStepM: number
  /** Only nodes this near to one of the points are looked at; null for all. */
  readonly corridor: { readonly path: readonly Vec3[]; readonly radiusM: number } | null
  /** Cover asked beyond the least at a place where the ground between lattice points was found to sag, metres. */
  extraCoverM(x: number, y: number): number
  /** Factor on the cost of a piece: above 1 where another alternative lies, Infinity where a try failed. */
  penalty(x: number, y: number): number
  /** Of the same leg at the same grain, from tries before; new ones for the first. */
  readonly facts: LatticeFacts
}

interface NodeFacts {
  readonly ground: Float64Array
  readonly least: Float64Array
  readonly factor: Float64Array
  /** Of the step at each heading: depths of both ends of the shallowest that is open, Infinity for none, 0 where not asked yet. */
  readonly depths: Float64Array
  readonly isKnown: Uint8Array
}

/**
 * What a lattice has learnt of its site: ground, uses and what closes its pieces. None of it hangs on what was vetoed or
 * dearer in a try, so it serves all tries of one leg at one grain; asking the site anew is most of a search.
 */
export class LatticeFacts {
  #edges: (readonly ClosedLevels[] | 'building' | undefined)[] = []
  #crossed = new Uint16Array(0)
  #nodes: NodeFacts = { ground: new Float64Array(0), least: new Float64Array(0), factor: new Float64Array(0), depths: new Float64Array(0), isKnown: new Uint8Array(0) }

  #steps = new Uint8Array(0)

  /** Whether what lies there leaves a step open at its levels: 1 it does, 2 it does not, 0 not asked yet. */
  steps(count: number): Uint8Array {
    if (this.#steps.length !== count) this.#steps = new Uint8Array(count)
    return this.#steps
  }

  /** What closes each piece between two neighbours, and how many lines it passes; four a node. Laid out whole: a sparse list is a table of hashes. */
  pieces(count: number): { readonly edges: (readonly ClosedLevels[] | 'building' | undefined)[]; readonly crossed: Uint16Array } {
    if (this.#crossed.length !== count) {
      this.#edges = Array.from({ length: count })
      this.#crossed = new Uint16Array(count)
    }
    return { edges: this.#edges, crossed: this.#crossed }
  }

  /** The facts of so many nodes. */
  nodes(count: number): NodeFacts {
    if (this.#nodes.isKnown.length !== count) {
      this.#nodes = { ground: new Float64Array(count), least: new Float64Array(count), factor: new Float64Array(count), depths: new Float64Array(8 * count), isKnown: new Uint8Array(count) }
    }
    return this.#nodes
  }
}

export interface StreetLattice extends RouteLattice {
  readonly cellM: number
  /** Number of states of a search. */
  readonly states: number
  pointOf(node: number, level: number): Vec3
  /** What closes the pieces out of a node, at the levels its line could have. */
  closedAround(node: number): readonly ClosedLevels[]
  /** Cost and legality of a straight piece at any place, as of a step: Infinity where it is closed. */
  pieceCost(p: Vec3, q: Vec3): number
}

/** The ground bends between lattice points: so much more cover is kept than asked. */
const SPARE_COVER_M = 0.02
const LEAST_GRAVITY_LEVELS = 24
const MOST_GRAVITY_LEVELS = 120
/** Levels at which a step may be taken with the least cover: the first that are open, from one of which a step deeper may end shallower than from the other. */
const LEVELS_FOR_BOUND = 2

/**
 * A lattice from one end to the other; levels are covers below ground, or for a gravity line depths below an inclined
 * plane that falls as it must.
 */
export function streetLattice(request: LegRequest): StreetLattice {
  const { from, to, fallRatio, space, groundAt, obstacles, costs, halfHeightM, leastCoverFor, maxCoverM, startLevel, endLevel, corridor } = request
  const least = Math.min(...Object.values(leastCoverFor)) + (space.level ? SPARE_COVER_M : 0)
  const isGravity = fallRatio !== null
  const topLevel = startLevel ?? (groundAt(...from) ?? NaN) - halfHeightM - least - 1e-3
  const { planeFall, levels, levelStepM } = isGravity
    ? gravityPlane(request, topLevel, fallRatio)
    : { planeFall: 0, levelStepM: request.levelStepM, levels: Math.max(1, Math.floor((maxCoverM - least) / request.levelStepM + 1e-9) + 1) }
  const headings = isGravity ? [0, 1, 7] : HEADINGS.map((_, i) => i)
  const frame = latticeFrame({ ...request, levels, isLeastCell: request.mostTurn === 1 })
  const { cols, rows, cellM: cell, start, goal, xyOf, direction: [ux, uy] } = frame
  const inCorridor = corridor && frame.nodesNear(corridor.path, corridor.radiusM)
  const grounds = new Float64Array(cols * rows).fill(NaN)
  const leasts = new Float64Array(cols * rows)
  const factors = new Float64Array(cols * rows)
  const isKnown = new Uint8Array(cols * rows)
  const facts = request.facts.nodes(cols * rows)
  const ownCoverAt = (x: number, y: number): number => {
    const most = space.greatestOf(leastCoverFor, x, y)
    return most > -Infinity ? most : leastCoverFor.roadway
  }
  const coverLimitAt = (x: number, y: number): number => ownCoverAt(x, y) + request.extraCoverM(x, y)
  const ownFactorAt = (x: number, y: number): number => surfaceFactor(costs, space, x, y) + request.besideAt(x, y)
  const factorAt = (x: number, y: number): number => {
    const penalty = request.penalty(x, y)
    return penalty === Infinity ? Infinity : ownFactorAt(x, y) * penalty
  }
  const know = (node: number): void => {
    if (isKnown[node] === 1) return
    isKnown[node] = 1
    if (inCorridor && inCorridor[node] === 0) {
      factors[node] = Infinity
      return
    }
    const [x, y] = xyOf(node)
    if (facts.isKnown[node] === 0) {
      facts.isKnown[node] = 1
      facts.ground[node] = groundAt(x, y) ?? NaN
      facts.least[node] = ownCoverAt(x, y)
      facts.factor[node] = ownFactorAt(x, y)
    }
    const penalty = request.penalty(x, y)
    grounds[node] = facts.ground[node]!
    leasts[node] = facts.least[node]! + request.extraCoverM(x, y)
    factors[node] = penalty === Infinity ? Infinity : facts.factor[node]! * penalty
  }
  /** The level nearest to one that is given, which it then stands for. */
  const indexAt = (x: number, y: number, given: number | null): number =>
    given === null || isGravity ? -1 : Math.min(levels - 1, Math.max(0, Math.round(((groundAt(x, y) ?? NaN) - halfHeightM - least - given) / levelStepM)))
  const [startIndex, endIndex] = [indexAt(...from, startLevel), indexAt(...to, endLevel)]
  const levelOf = (node: number, level: number): number => {
    if (!isGravity) {
      if (node === start && level === startIndex) return startLevel!
      if (node === goal && level === endIndex) return endLevel!
      if (isKnown[node] === 0) know(node)
      return grounds[node]! - halfHeightM - least - level * levelStepM - 1e-3
    }
    const [x, y] = xyOf(node)
    const run = (x - from[0]) * ux + (y - from[1]) * uy
    return topLevel - planeFall * run - level * levelStepM
  }
  const isOpenAt = (node: number, level: number): boolean => {
    know(node)
    const cover = grounds[node]! - levelOf(node, level) - halfHeightM
    return cover >= leasts[node]! - 1e-9 && cover <= maxCoverM + 1e-9
  }
  const { edges, crossed } = request.facts.pieces(4 * cols * rows)
  const offsets = Int32Array.from(HEADINGS, ([dx, dy]) => dx + dy * cols)
  const keyOf = (node: number, heading: number): number => (heading < 4 ? node * 4 + heading : (node + offsets[heading]!) * 4 + heading - 4)
  const edgeOf = (node: number, heading: number): readonly ClosedLevels[] | 'building' => {
    const key = keyOf(node, heading)
    const known = edges[key]
    if (known !== undefined) return known
    const [dx, dy] = HEADINGS[heading]!
    const [[x0, y0], [x1, y1]] = [xyOf(node), xyOf(node + dx + dy * cols)]
    const building = space.buildingOn(x0, y0, x1, y1) !== null
    crossed[key] = building ? 0 : obstacles.crossings(x0, y0, x1, y1)
    return (edges[key] = building ? 'building' : obstacles.closedAlong(x0, y0, x1, y1))
  }
  const lengthCost = (length: number, factor: number, cover: number): number => length * (factor + costs.depthPerM * Math.max(0, cover - least))
  const levelSteps = isGravity ? [0, 1, 2, 3] : [0, -1, 1]
  const stepFacts = request.facts.steps(cols * rows * 8 * levels * levelSteps.length)
  const changes = Int8Array.from({ length: 7 }, (_, i) => levelSteps.indexOf(i - 3))
  const askStep = (node: number, level: number, heading: number, next: number, toLevel: number): boolean => {
    const closed = edgeOf(node, heading)
    if (closed === 'building') return false
    const [z0, z1] = [levelOf(node, level), levelOf(next, toLevel)]
    if (isGravity && z0 - z1 < fallRatio * (heading % 2 === 1 ? Math.SQRT2 * cell : cell) - 1e-9) return false
    const [low, high] = [Math.min(z0, z1), Math.max(z0, z1)]
    for (const piece of closed) if (high > piece.low && low < piece.high) return false
    return true
  }
  const stepCost = (node: number, level: number, heading: number, toLevel: number): number => {
    const key = ((node * 8 + heading) * levels + level) * levelSteps.length + changes[toLevel - level + 3]!
    let fact = stepFacts[key]!
    if (fact === 2) return Infinity
    const next = node + offsets[heading]!
    if (isKnown[node] === 0) know(node)
    if (isKnown[next] === 0) know(next)
    const factor = (factors[node]! + factors[next]!) / 2
    if (factor === Infinity) return Infinity
    const z1 = levelOf(next, toLevel)
    const coverThere = grounds[next]! - z1 - halfHeightM
    if (!(coverThere >= leasts[next]! - 1e-9 && coverThere <= maxCoverM + 1e-9)) return Infinity
    if (fact === 0) stepFacts[key] = fact = askStep(node, level, heading, next, toLevel) ? 1 : 2
    if (fact === 2) return Infinity
    const z0 = levelOf(node, level)
    const length = heading % 2 === 1 ? Math.SQRT2 * cell : cell
    const cover = (grounds[node]! - z0 + grounds[next]! - z1) / 2 - halfHeightM
    return lengthCost(Math.sqrt(length * length + (z1 - z0) * (z1 - z0)), factor, cover) + costs.crossing * crossed[keyOf(node, heading)]!
  }
  /** No step from a node at a heading costs less, at whatever levels: its plan length at the least cover that is open, deeper costs more. */
  const planCost = (node: number, heading: number): number => {
    const next = node + offsets[heading]!
    if (isKnown[node] === 0) know(node)
    if (isKnown[next] === 0) know(next)
    if (factors[node] === Infinity || factors[next] === Infinity || edgeOf(node, heading) === 'building') return Infinity
    // What is dearer or closed in this try alone is no part of it: it serves the next one too.
    const isOwn = leasts[node] === facts.least[node] && leasts[next] === facts.least[next]
    const known = isOwn ? facts.depths[node * 8 + heading]! : 0
    const leastDepths = known > 0 ? known : askDepths(node, heading, next)
    if (isOwn && known === 0) facts.depths[node * 8 + heading] = leastDepths
    if (leastDepths === Infinity) return Infinity
    return lengthCost(heading % 2 === 1 ? Math.SQRT2 * cell : cell, (factors[node]! + factors[next]!) / 2, leastDepths / 2 - halfHeightM) + costs.crossing * crossed[keyOf(node, heading)]!
  }
  /** Depths of both ends of the shallowest step that is open; Infinity for none. */
  const askDepths = (node: number, heading: number, next: number): number => {
    let [leastDepths, asked] = [Infinity, 0]
    for (let level = 0; level < levels && asked < LEVELS_FOR_BOUND; level++) {
      if (!isOpenAt(node, level)) continue
      for (const change of levelSteps) {
        const toLevel = level + change
        if (toLevel < 0 || toLevel >= levels || stepCost(node, level, heading, toLevel) === Infinity) continue
        leastDepths = Math.min(leastDepths, grounds[node]! - levelOf(node, level) + grounds[next]! - levelOf(next, toLevel))
      }
      if (leastDepths < Infinity) asked++
    }
    return leastDepths
  }
  let known: PlanBound | null = null
  const bound = (): PlanBound => (known ??= planBound({ cols, rows, start, goal, headings, planCost, leastStepCost: cell * Math.min(1, ...Object.values(costs.surfaceFactor)) }))
  return {
    cols, rows, levels, start, goal, headings, cellM: cell, levelSteps,
    states: statesOf(frame, levels),
    mostTurn: request.mostTurn,
    isOpen: (node, level) => isOpenAt(node, level) && (node !== start || startLevel === null || Math.abs(levelOf(node, level) - startLevel) < 1e-6),
    isEnd: level => endLevel === null || Math.abs(levelOf(goal, level) - endLevel) < 1e-6,
    turnCost: eighths => costs.bend + (costs.bendPerRightAngle * eighths) / 2 + (isGravity ? costs.manhole : 0),
    leastCost: node => bound().leastCost(node),
    closedAt: () => bound().closedAt(),
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
      const at = (k: 0 | 1 | 2, x: number): number => p[k] + x * (q[k] - p[k])
      // Most pieces asked about are closed somewhere: what an open one costs is asked after.
      const covers: number[] = []
      for (let i = 0; i < pieces; i++) {
        const [a, b, middle] = [i / pieces, (i + 1) / pieces, (i + 0.5) / pieces]
        const [x, y] = [at(0, middle), at(1, middle)]
        const ground = groundAt(x, y)
        const cover = ground === null ? NaN : ground - at(2, middle) - halfHeightM
        if (!(cover >= coverLimitAt(x, y) - 1e-9 && cover <= maxCoverM + 1e-9)) return Infinity
        const [low, high] = [Math.min(at(2, a), at(2, b)), Math.max(at(2, a), at(2, b))]
        if (obstacles.closedAlong(at(0, a), at(1, a), at(0, b), at(1, b)).some(closed => high > closed.low && low < closed.high)) return Infinity
        covers.push(cover)
      }
      const pieceM = Math.hypot(length, q[2] - p[2]) / pieces
      return covers.reduce((cost, cover, i) => {
        const middle = (i + 0.5) / pieces
        return cost + lengthCost(pieceM, factorAt(at(0, middle), at(1, middle)), cover)
      }, costs.crossing * obstacles.crossings(p[0], p[1], q[0], q[1]))
    },
  }
}

/** The fewest steps between a line's fall and the level it is to end at: diagonal pieces, being longer, fall by further ones. */
const LEAST_END_LEVELS = 12

/**
 * The inclined plane that levels of a gravity line are counted down from, and their step: steeper than the least fall, as
 * diagonal steps gain less on it than they are long. Where the end's level is given it is one of the levels, and what falls
 * too fast to reach it is left out.
 */
function gravityPlane({ from, to, endLevel, groundAt, halfHeightM, maxCoverM, levelStepM }: LegRequest, topLevel: number, fallRatio: number): { readonly planeFall: number; readonly levels: number; readonly levelStepM: number } {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const steep = 1.5 * fallRatio
  const deepest = (groundAt(...to) ?? NaN) - halfHeightM - maxCoverM
  if (endLevel === null) return { planeFall: steep, levelStepM, levels: gravityLevels((topLevel - deepest - steep * length) / levelStepM) }
  const fall = topLevel - endLevel
  const planeFall = fall > 1.02 * steep * length ? steep : Math.min(fallRatio, fall / length)
  const rest = Math.max(0, fall - planeFall * length)
  const steps = rest < 1e-6 ? 0 : Math.min(MOST_GRAVITY_LEVELS - 1, Math.max(LEAST_END_LEVELS, Math.ceil(rest / levelStepM)))
  return { planeFall, levelStepM: steps === 0 ? levelStepM : rest / steps, levels: steps + 1 }
}

/** Steps of level from the start down to the deepest the line may end: on a hillside more than on flat ground. */
const gravityLevels = (steps: number): number => Math.min(MOST_GRAVITY_LEVELS, Math.max(LEAST_GRAVITY_LEVELS, Number.isFinite(steps) ? Math.ceil(steps) + 1 : 0))
