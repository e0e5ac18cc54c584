import type { JobControl } from '../core/job.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { NodeRecord } from '../twin/asset.ts'
import type { NodeType } from '../twin/kinds.ts'
import { CARRIER_BY_KIND, CARRIERS, carrierOfKind } from './carriers.ts'
import { DisjointSets } from './disjoint-sets.ts'
import { buildPointGrid, forEachPointNear, type PointGrid } from './point-grid.ts'
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
/** Cells of the point grid are as long as the mean segment, within these. */
const [MIN_CELL_M, MAX_CELL_M] = [4, 64]
const PROGRESS_EVERY = 8192

export function findJoins(input: JoinInput, job: JobControl): Joins {
  return new JoinFinder(input).find(job)
}

/** A place on a segment next to a point. */
interface Approach {
  readonly asset: number
  readonly alongM: number
  readonly gapXyM: number
  readonly gapZ: number
  /** The asset's end if the place is at one, as a point; else −1. */
  readonly end: number
}

class JoinFinder {
  readonly #input: JoinInput
  readonly #sets: DisjointSets
  readonly #pointXyz: Float64Array
  readonly #cuts: Cut[] = []
  readonly #lengthM: Float64Array
  readonly #missAsset: Int32Array
  readonly #missGapM: Float64Array
  readonly #nodeCarrier: Uint8Array
  /** How far from a node in plan an end may lie. */
  readonly #reachM: Float64Array
  /** By node; most meet one line. */
  readonly #nodeHits: (NodeHit[] | undefined)[]
  /** Assets joined by geometry: not those whose ends are declared. */
  readonly #isJoined: Uint8Array

  constructor(input: JoinInput) {
    const { columns, nodes, links, isActive, toleranceM } = input
    this.#input = input
    this.#sets = new DisjointSets(2 * columns.count + nodes.length)
    this.#pointXyz = new Float64Array(3 * (2 * columns.count + nodes.length)).fill(NaN)
    this.#lengthM = axisLengths(columns)
    this.#missAsset = new Int32Array(2 * columns.count).fill(-1)
    this.#missGapM = new Float64Array(2 * columns.count).fill(Infinity)
    this.#nodeCarrier = new Uint8Array(nodes.length)
    this.#reachM = new Float64Array(nodes.length)
    this.#nodeHits = new Array<NodeHit[] | undefined>(nodes.length)
    nodes.forEach(({ kind, nodeType, diameterM }, n) => {
      this.#nodeCarrier[n] = CARRIERS.indexOf(carrierOfKind(kind))
      this.#reachM[n] = FITTINGS.has(nodeType) ? toleranceM : Math.max(toleranceM, Math.min(MAX_STRUCTURE_M, diameterM ?? 0) / 2)
    })
    this.#isJoined = isActive.slice()
    for (const { asset } of links) if (asset >= 0) this.#isJoined[asset] = 0
  }

  find(job: JobControl): Joins {
    const { columns, nodes } = this.#input
    const { count, vertexStart, xyz } = columns
    const grid = this.#placePoints()
    const windowM = this.#reachM.reduce((widest, reach) => Math.max(widest, reach), NEAR_MISS_M)
    for (let a = 0; a < count; a++) {
      if (a % PROGRESS_EVERY === 0) {
        job.progress(a / count, 'cli-analyse:stage.topology')
        job.throwIfCancelled()
      }
      if (this.#isJoined[a] === 0) continue
      let fromM = 0
      for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
        this.#meetPoints(grid, a, v, fromM, windowM)
        fromM += Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!)
      }
    }
    this.#nodeHits.forEach((hits, n) => hits && this.#joinNode(2 * count + n, hits, FITTINGS.has(nodes[n]!.nodeType)))
    return { sets: this.#sets, pointXyz: this.#pointXyz, cuts: this.#cuts, lengthM: this.#lengthM, missAsset: this.#missAsset, missGapM: this.#missGapM }
  }

  #placePoints(): PointGrid {
    const { columns: { count, vertexStart, xyz, origin }, nodes, links, isNodeActive } = this.#input
    const at = this.#pointXyz
    let segments = 0
    let totalM = 0
    for (let a = 0; a < count; a++) {
      if (this.#isJoined[a] === 0) continue
      const [first, last] = [vertexStart[a]!, vertexStart[a + 1]! - 1]
      for (let k = 0; k < 3; k++) {
        at[6 * a + k] = xyz[3 * first + k]!
        at[6 * a + 3 + k] = xyz[3 * last + k]!
      }
      segments += last - first
      totalM += this.#lengthM[a]!
    }
    // A node that is itself a link stands at no place of its own.
    const isLink = new Set(links.map(link => link.node))
    nodes.forEach((node, n) => {
      if (isNodeActive[n] === 1 && !isLink.has(n)) for (let k = 0; k < 3; k++) at[3 * (2 * count + n) + k] = node.at[k]! - origin[k]!
    })
    return buildPointGrid(at, Math.min(MAX_CELL_M, Math.max(MIN_CELL_M, segments > 0 ? totalM / segments : 0)))
  }

  /** Points near the segment from vertex v of asset a, which begins `fromM` along the axis. */
  #meetPoints(grid: PointGrid, a: number, v: number, fromM: number, windowM: number): void {
    const { columns: { xyz, count, kind } } = this.#input
    const at = this.#pointXyz
    const carrier = CARRIER_BY_KIND[kind[a]!]!
    const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
    const [minX, maxX, minY, maxY] = [Math.min(x0, x1) - windowM, Math.max(x0, x1) + windowM, Math.min(y0, y1) - windowM, Math.max(y0, y1) + windowM]
    forEachPointNear(grid, x0, y0, x1, y1, windowM, p => {
      const [px, py] = [at[3 * p]!, at[3 * p + 1]!]
      if (!(px >= minX && px <= maxX && py >= minY && py <= maxY)) return
      if (p < 2 * count) {
        if (CARRIER_BY_KIND[kind[p >> 1]!] === carrier) this.#meetEnd(p, this.#approach(a, v, fromM, p, false))
        return
      }
      const theirs = this.#nodeCarrier[p - 2 * count]!
      if (theirs === carrier || theirs === UNKNOWN) this.#meetNode(p, v, this.#approach(a, v, fromM, p, !this.#isUpright(v)))
    })
  }

  #isUpright(v: number): boolean {
    const { xyz } = this.#input.columns
    return (xyz[3 * v + 3]! - xyz[3 * v]!) ** 2 + (xyz[3 * v + 4]! - xyz[3 * v + 1]!) ** 2 <= 1e-12
  }

  /** The place of a segment nearest to a point, in plan or in space. */
  #approach(a: number, v: number, fromM: number, p: number, inPlan: boolean): Approach {
    const { columns: { xyz }, toleranceM } = this.#input
    const at = this.#pointXyz
    const [ux, uy, uz] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!]
    const [wx, wy, wz] = [at[3 * p]! - xyz[3 * v]!, at[3 * p + 1]! - xyz[3 * v + 1]!, at[3 * p + 2]! - xyz[3 * v + 2]!]
    const square = ux * ux + uy * uy + (inPlan ? 0 : uz * uz)
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, (wx * ux + wy * uy + (inPlan ? 0 : wz * uz)) / square))
    const alongM = fromM + t * Math.hypot(ux, uy, uz)
    const end = alongM <= toleranceM ? 2 * a : alongM >= this.#lengthM[a]! - toleranceM ? 2 * a + 1 : -1
    return { asset: a, alongM, gapXyM: Math.hypot(t * ux - wx, t * uy - wy), gapZ: Math.abs(t * uz - wz), end }
  }

  #meetEnd(p: number, { asset, alongM, gapXyM, gapZ, end }: Approach): void {
    const { toleranceM } = this.#input
    const gapM = Math.hypot(gapXyM, gapZ)
    const isOwn = p >> 1 === asset
    // Along its own pipe, an end is next to itself; a ring still closes.
    if (isOwn && Math.abs(alongM - ((p & 1) === 1 ? this.#lengthM[asset]! : 0)) <= 4 * toleranceM) return
    if (gapM <= toleranceM) {
      if (end >= 0) this.#sets.unite(p, end)
      else this.#cuts.push({ asset, alongM, point: p })
    } else if (!isOwn && gapM <= NEAR_MISS_M && (gapM < this.#missGapM[p]! || (gapM === this.#missGapM[p] && asset < this.#missAsset[p]!))) {
      this.#missGapM[p] = gapM
      this.#missAsset[p] = asset
    }
  }

  /** A node's level is as often the ground's as the pipe's: it is looked for in plan, unless the part stands upright. */
  #meetNode(p: number, v: number, { asset, alongM, gapXyM, gapZ, end }: Approach): void {
    const { columns: { count }, toleranceM } = this.#input
    const reachM = this.#reachM[p - 2 * count]!
    const near = this.#isUpright(v) && reachM <= toleranceM ? -1 : this.#endWithin(asset, p, reachM)
    const hits = (this.#nodeHits[p - 2 * count] ??= [])
    if (near >= 0) hits.push({ asset, alongM, end: near, gapZ: Math.abs(this.#pointXyz[3 * near + 2]! - this.#pointXyz[3 * p + 2]!) })
    else if (gapXyM <= toleranceM) hits.push({ asset, alongM, end, gapZ })
  }

  /** The end of an asset within reach of a node in plan; of two, the nearer, in level where they stand above each other. */
  #endWithin(a: number, p: number, reachM: number): number {
    const at = this.#pointXyz
    const gapM = (e: number): number => Math.hypot(at[3 * e]! - at[3 * p]!, at[3 * e + 1]! - at[3 * p + 1]!)
    const gapZ = (e: number): number => Math.abs(at[3 * e + 2]! - at[3 * p + 2]!)
    const [start, end] = [gapM(2 * a), gapM(2 * a + 1)]
    if (Math.min(start, end) > reachM) return -1
    if (Math.abs(start - end) > this.#input.toleranceM) return start < end ? 2 * a : 2 * a + 1
    return gapZ(2 * a) <= gapZ(2 * a + 1) ? 2 * a : 2 * a + 1
  }

  #joinNode(p: number, hits: readonly NodeHit[], isFitting: boolean): void {
    if (hits.length === 0) return
    const { columns: { kind }, toleranceM } = this.#input
    const nearest = hits.reduce((best, hit) => (hit.gapZ < best.gapZ || (hit.gapZ === best.gapZ && hit.asset < best.asset) ? hit : best))
    const mine = hits.filter(hit => CARRIER_BY_KIND[kind[hit.asset]!] === CARRIER_BY_KIND[kind[nearest.asset]!])
    const atLevel = mine.filter(hit => hit.gapZ <= toleranceM)
    // At its own level a fitting sits on just that pipe. Else the ends under it meet in it; with none, it sits on the nearest line.
    const met = isFitting && atLevel.length > 0 ? atLevel : [...mine.filter(hit => hit.end >= 0), ...atLevel]
    for (const hit of met.length > 0 ? met : [nearest]) {
      if (hit.end >= 0) this.#sets.unite(p, hit.end)
      else this.#cuts.push({ asset: hit.asset, alongM: hit.alongM, point: p })
    }
  }
}

function axisLengths({ count, vertexStart, xyz }: AssetColumns): Float64Array {
  const lengthM = new Float64Array(count)
  for (let a = 0; a < count; a++) {
    for (let v = vertexStart[a]!; v < vertexStart[a + 1]! - 1; v++) {
      lengthM[a]! += Math.hypot(xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!, xyz[3 * v + 5]! - xyz[3 * v + 2]!)
    }
  }
  return lengthM
}
