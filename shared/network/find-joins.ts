import type { JobControl } from '../core/job.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord } from '../twin/asset.ts'
import type { NodeType } from '../twin/kinds.ts'
import { CARRIER_BY_KIND, CARRIERS, carrierOfKind } from './carriers.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { buildPointGrid, forEachPointNear } from './point-grid.ts'
import { NEAR_MISS_M, type DeclaredLink } from './topology.ts'

/** Points: 2a is the start of asset a, 2a + 1 its end, 2 · count + n is node n. */
export interface Joins {
  /** Points that are one place. */
  readonly sets: DisjointSets
  readonly pointXyz: Float64Array
  /** Where a point lies on an asset between its ends. */
  readonly cuts: readonly Cut[]
  /** Per asset: its length along the axis in space. */
  readonly lengthM: Float64Array
  /** Per end: the nearest other asset within NEAR_MISS_M that it does not join, or −1. */
  readonly missAsset: Int32Array
  readonly missGapM: Float64Array
}

export interface Cut {
  readonly asset: number
  readonly alongM: number
  readonly point: number
}

interface NodeHit {
  readonly asset: number
  readonly alongM: number
  /** The end met, as a point; −1 for a place between the ends. */
  readonly end: number
  readonly gapZ: number
}

export interface JoinInput {
  readonly columns: AssetColumns
  readonly nodes: readonly NodeRecord[]
  readonly links: readonly DeclaredLink[]
  readonly isActive: Uint8Array
  readonly isNodeActive: Uint8Array
  readonly toleranceM: number
}

/** Fittings sit on one pipe; everything else is a structure, whose pipes meet in it whatever their levels. */
const FITTINGS: ReadonlySet<NodeType> = new Set(['valve', 'hydrant', 'other'])
/** Widest structure taken at its word; beyond it the diameter is a slip of units. */
const MAX_STRUCTURE_M = 10
const UNKNOWN = CARRIERS.indexOf('unknown')

export function findJoins({ columns, nodes, links, isActive, isNodeActive, toleranceM }: JoinInput, job: JobControl): Joins {
  const { count, origin, vertexStart, xyz } = columns
  const sets = new DisjointSets(2 * count + nodes.length)
  const pointXyz = new Float64Array(3 * (2 * count + nodes.length)).fill(NaN)
  const nodeCarrier = Uint8Array.from(nodes, node => CARRIERS.indexOf(carrierOfKind(node.kind)))
  const reachM = Float64Array.from(nodes, node => (FITTINGS.has(node.nodeType) ? toleranceM : Math.max(toleranceM, Math.min(MAX_STRUCTURE_M, node.diameterM ?? 0) / 2)))
  const lengthM = new Float64Array(count)

  const isDeclared = new Uint8Array(count)
  // A node that is itself a link stands at no place of its own.
  const isLink = new Uint8Array(nodes.length)
  for (const link of links) {
    if (link.asset >= 0) isDeclared[link.asset] = 1
    else isLink[link.node] = 1
  }
  let segments = 0
  let total = 0
  for (let a = 0; a < count; a++) {
    lengthM[a] = axisLength(columns, a)
    if (isActive[a] === 0 || isDeclared[a] === 1) continue
    const [first, last] = [vertexStart[a]!, vertexStart[a + 1]! - 1]
    for (let k = 0; k < 3; k++) {
      pointXyz[6 * a + k] = xyz[3 * first + k]!
      pointXyz[6 * a + 3 + k] = xyz[3 * last + k]!
    }
    segments += last - first
    total += lengthM[a]!
  }
  nodes.forEach((node, n) => {
    if (isLink[n] === 0 && isNodeActive[n] === 1) for (let k = 0; k < 3; k++) pointXyz[3 * (2 * count + n) + k] = node.at[k]! - origin[k]!
  })
  const grid = buildPointGrid(pointXyz, Math.min(64, Math.max(4, segments > 0 ? total / segments : 8)))
  const windowM = reachM.reduce((widest, reach) => Math.max(widest, reach), NEAR_MISS_M)

  const cuts: Cut[] = []
  const hits: NodeHit[][] = nodes.map(() => [])
  const missAsset = new Int32Array(2 * count).fill(-1)
  const missGapM = new Float64Array(2 * count).fill(Infinity)

  /** Asset a's segment from vertex v, beginning `fromM` along the axis, against a point near it. */
  const meet = (a: number, v: number, fromM: number, p: number): void => {
    const isNode = p >= 2 * count
    const other = isNode ? -1 : p >> 1
    const carrier = CARRIER_BY_KIND[columns.kind[a]!]!
    const theirs = isNode ? nodeCarrier[p - 2 * count]! : CARRIER_BY_KIND[columns.kind[other]!]!
    if (carrier !== theirs && !(isNode && theirs === UNKNOWN)) return
    const [ux, uy, uz] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!]
    const [wx, wy, wz] = [pointXyz[3 * p]! - xyz[3 * v]!, pointXyz[3 * p + 1]! - xyz[3 * v + 1]!, pointXyz[3 * p + 2]! - xyz[3 * v + 2]!]
    // A node's level is often the ground's: it is looked for in plan, unless the part stands upright.
    const planOnly = isNode && ux * ux + uy * uy > 1e-12
    const square = ux * ux + uy * uy + (planOnly ? 0 : uz * uz)
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, (wx * ux + wy * uy + (planOnly ? 0 : wz * uz)) / square))
    const gapXy = Math.hypot(t * ux - wx, t * uy - wy)
    const gapZ = Math.abs(t * uz - wz)
    const alongM = fromM + t * Math.hypot(ux, uy, uz)
    const end = alongM <= toleranceM ? 2 * a : alongM >= lengthM[a]! - toleranceM ? 2 * a + 1 : -1
    if (isNode) {
      const n = p - 2 * count
      const near = planOnly || reachM[n]! > toleranceM ? endWithin(a, p, reachM[n]!) : -1
      if (near >= 0) hits[n]!.push({ asset: a, alongM, end: near, gapZ: Math.abs(pointXyz[3 * near + 2]! - pointXyz[3 * p + 2]!) })
      else if (gapXy <= toleranceM) hits[n]!.push({ asset: a, alongM, end, gapZ })
      return
    }
    const gapM = Math.hypot(gapXy, gapZ)
    if (other === a && Math.abs(alongM - (p & 1 ? lengthM[a]! : 0)) <= 4 * toleranceM) return
    if (gapM <= toleranceM) {
      if (end >= 0) sets.unite(p, end)
      else cuts.push({ asset: a, alongM, point: p })
    } else if (other !== a && gapM <= NEAR_MISS_M && (gapM < missGapM[p]! || (gapM === missGapM[p] && a < missAsset[p]!))) {
      missGapM[p] = gapM
      missAsset[p] = a
    }
  }
  /** The end of an asset within reach of a node in plan; of two, the nearer, in level where they stand above each other. */
  const endWithin = (a: number, p: number, reach: number): number => {
    const gap = (e: number): number => Math.hypot(pointXyz[3 * e]! - pointXyz[3 * p]!, pointXyz[3 * e + 1]! - pointXyz[3 * p + 1]!)
    const gapZ = (e: number): number => Math.abs(pointXyz[3 * e + 2]! - pointXyz[3 * p + 2]!)
    const [start, end] = [gap(2 * a), gap(2 * a + 1)]
    if (Math.min(start, end) > reach) return -1
    if (Math.abs(start - end) > toleranceM) return start < end ? 2 * a : 2 * a + 1
    return gapZ(2 * a) <= gapZ(2 * a + 1) ? 2 * a : 2 * a + 1
  }

  for (let a = 0; a < count; a++) {
    if ((a & 8191) === 0) {
      job.progress(a / count, 'cli-analyse:stage.topology')
      job.throwIfCancelled()
    }
    if (isActive[a] === 0 || isDeclared[a] === 1) continue
    let fromM = 0
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      const [minX, maxX, minY, maxY] = [Math.min(x0, x1) - windowM, Math.max(x0, x1) + windowM, Math.min(y0, y1) - windowM, Math.max(y0, y1) + windowM]
      const at = fromM
      forEachPointNear(grid, x0, y0, x1, y1, windowM, p => {
        const [px, py] = [pointXyz[3 * p]!, pointXyz[3 * p + 1]!]
        if (px >= minX && px <= maxX && py >= minY && py <= maxY) meet(a, v, at, p)
      })
      fromM += Math.hypot(x1 - x0, y1 - y0, xyz[3 * v + 5]! - xyz[3 * v + 2]!)
    }
  }
  hits.forEach((found, n) => joinNode(2 * count + n, found, FITTINGS.has(nodes[n]!.nodeType)))

  function joinNode(p: number, found: readonly NodeHit[], isFitting: boolean): void {
    if (found.length === 0) return
    const nearest = found.reduce((best, hit) => (hit.gapZ < best.gapZ || (hit.gapZ === best.gapZ && hit.asset < best.asset) ? hit : best))
    const carrier = CARRIER_BY_KIND[columns.kind[nearest.asset]!]!
    const mine = found.filter(hit => CARRIER_BY_KIND[columns.kind[hit.asset]!] === carrier)
    const atLevel = mine.filter(hit => hit.gapZ <= toleranceM)
    const ends = mine.filter(hit => hit.end >= 0)
    // At its own level a fitting sits on just that pipe. Else the ends under it meet in it; with none, it sits on the nearest line.
    const met = isFitting && atLevel.length > 0 ? atLevel : [...ends, ...atLevel]
    const chosen = met.length > 0 ? met : [nearest]
    for (const hit of chosen) {
      if (hit.end >= 0) sets.unite(p, hit.end)
      else cuts.push({ asset: hit.asset, alongM: hit.alongM, point: p })
    }
  }
  return { sets, pointXyz, cuts, lengthM, missAsset, missGapM }
}

function axisLength({ vertexStart, xyz }: AssetColumns, a: number): number {
  let lengthM = 0
  for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
    lengthM += Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!)
  }
  return lengthM
}
