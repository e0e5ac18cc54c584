import type { Vec3 } from '../../twin/asset.ts'
import { distance, turnInSpace } from '../lines/axis.ts'
import type { RouteCosts } from './route-costs.ts'
import type { RouteSite } from './route-site.ts'
import type { StreetSpace } from './street-space.ts'
import type { BesideCost } from './surroundings-cost.ts'

/** What a line costs, as an index in metres of plain trench. */
export interface RouteCost {
  readonly total: number
  readonly trench: number
  readonly bends: number
  readonly crossings: number
  /** For lying nearer than rule 8 allows to what stands around. */
  readonly beside: number
  /** Of a gravity line, at each change of direction or fall. */
  readonly manholes: number
}

/** Cost of a metre by what the ground there is used for. */
export function surfaceFactor({ surfaceFactor: factors }: RouteCosts, space: Pick<StreetSpace, 'greatestOf' | 'hasStreets'>, x: number, y: number): number {
  const most = space.greatestOf(factors, x, y)
  return most > 0 ? most : space.hasStreets ? factors.open : 1
}

/** What the vertices of a path between two of its own cost: bends, and manholes of a gravity line. */
export function vertexCost({ bend, bendPerRightAngle, manhole }: RouteCosts, path: readonly Vec3[], from: number, to: number, isGravity: boolean): number {
  let bends = 0
  for (let i = from + 1; i < to; i++) bends += bend + (bendPerRightAngle * turnInSpace(path[i - 1]!, path[i]!, path[i + 1]!)) / (Math.PI / 2)
  return bends + (isGravity ? manhole * Math.max(0, to - from - 1) : 0)
}

type CostSite = Pick<RouteSite, 'space' | 'obstacles' | 'besideAt' | 'halfHeightM' | 'leastCoverFor' | 'groundAt' | 'isGravity' | 'costs'>

/**
 * Costs lines laid on one site. A part is costed once: lines that share vertices (the same objects) share its cost.
 * @returns the cost of an axis, local frame.
 */
export function routeCoster(site: CostSite): (axis: readonly Vec3[]) => RouteCost {
  const parts = new WeakMap<Vec3, WeakMap<Vec3, PartCost>>()
  const partCost = (p: Vec3, q: Vec3): PartCost => {
    const from = parts.get(p) ?? new WeakMap<Vec3, PartCost>()
    parts.set(p, from)
    const known = from.get(q) ?? costOfPart(p, q, site)
    from.set(q, known)
    return known
  }
  return axis => {
    let [trench, crossings, beside] = [0, 0, 0]
    for (let i = 1; i < axis.length; i++) {
      const part = partCost(axis[i - 1]!, axis[i]!)
      trench += part.trench
      crossings += part.crossings
      beside += part.beside
    }
    const bends = vertexCost(site.costs, axis, 0, axis.length - 1, false)
    const manholes = site.isGravity ? site.costs.manhole * (axis.length - 2) : 0
    return { total: trench + bends + crossings + beside + manholes, trench, bends, crossings, beside, manholes }
  }
}

type PartCost = Pick<RouteCost, 'trench' | 'crossings' | 'beside'>

const costOfPart = (p: Vec3, q: Vec3, site: CostSite): PartCost =>
  ({ ...lengthCost(p, q, { ...site, leastCoverM: Math.min(...Object.values(site.leastCoverFor)) }), crossings: site.costs.crossing * site.obstacles.crossings(p[0], p[1], q[0], q[1]) })

interface LengthSite {
  readonly costs: RouteCosts
  readonly space: Pick<StreetSpace, 'greatestOf' | 'hasStreets'>
  readonly halfHeightM: number
  /** Cover from which a metre is dearer. */
  readonly leastCoverM: number
  /** Where no ground is known, depth costs nothing. */
  groundAt(x: number, y: number): number | null
  readonly besideAt: BesideCost
}

/** What the length of a straight part costs, by the use of the ground and depth, and for what stands around: asked in the middle of each metre. Local frame. */
export function lengthCost(p: Vec3, q: Vec3, { costs, space, halfHeightM, leastCoverM, groundAt, besideAt }: LengthSite): Pick<RouteCost, 'trench' | 'beside'> {
  const length = distance(p, q)
  const pieces = Math.max(1, Math.ceil(length))
  let [trench, beside] = [0, 0]
  for (let k = 0; k < pieces; k++) {
    const share = (k + 0.5) / pieces
    const [x, y, z] = [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]), p[2] + share * (q[2] - p[2])]
    const cover = (groundAt(x, y) ?? z) - z - halfHeightM
    trench += (length / pieces) * (surfaceFactor(costs, space, x, y) + costs.depthPerM * Math.max(0, cover - leastCoverM))
    beside += (length / pieces) * besideAt(x, y)
  }
  return { trench, beside }
}
