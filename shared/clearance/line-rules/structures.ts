import { leastClearDistance } from '../../geometry/clear-distance.ts'
import { buildBoxGrid, queryBoxGrid, type BoxGrid } from '../../geometry/box-grid.ts'
import { newSegmentPair, newWitness } from '../../geometry/segment-pair.ts'
import type { Limit } from '../../rules/limit-lookup.ts'
import type { LineLimits } from '../../rules/line-limits.ts'
import type { NodeRecord, Vec3 } from '../../twin/asset.ts'
import type { RuleName } from '../findings/finding.ts'
import { isServedBy } from '../network/manholes.ts'
import { kindOfGroup } from '../network/network.ts'
import { BROKEN_M, GRACE_M } from '../pairs/pair-terms.ts'
import type { Hit } from '../pairs/hit.ts'
import type { World } from '../worlds/world.ts'

/** A node with a size: an upright cylinder from its floor to the ground. Local frame, metres. */
export interface Structure {
  readonly node: NodeRecord
  readonly centre: Vec3
  readonly radiusM: number
  readonly halfHeightM: number
}

/** Nodes whose diameter and floor are known. @param origin Project CRS of the local frame. */
export function structuresOf(nodes: readonly NodeRecord[], origin: Vec3): Structure[] {
  return nodes.flatMap(node => {
    const { at, bottomZ, diameterM } = node
    if (diameterM === undefined || !(diameterM > 0) || bottomZ === undefined || !(at[2] > bottomZ)) return []
    return [{ node, radiusM: diameterM / 2, halfHeightM: (at[2] - bottomZ) / 2, centre: [at[0] - origin[0], at[1] - origin[1], (at[2] + bottomZ) / 2 - origin[2]] as Vec3 }]
  })
}

/** Clear distance of lines to manholes and chambers that are not theirs: struck, or nearer than the pack allows. */
export class StructureTester {
  readonly #world: World
  readonly #structures: readonly Structure[]
  readonly #grid: BoxGrid
  readonly #limitsOf: (asset: number) => LineLimits
  readonly #greatestM: number
  readonly #subject: (structure: number) => number
  readonly #pair = newSegmentPair()
  readonly #witness = newWitness()

  /** @param subject Number that hits carry as `b` for a structure. */
  constructor(world: World, structures: readonly Structure[], limitsOf: (asset: number) => LineLimits, subject: (structure: number) => number) {
    this.#world = world
    this.#structures = structures
    this.#limitsOf = limitsOf
    this.#subject = subject
    this.#greatestM = Math.max(world.pack.touchBandM, ...world.pack.structures.map(cell => cell.minM))
    const boxes = new Float64Array(4 * structures.length)
    structures.forEach(({ centre: [x, y], radiusM }, k) => boxes.set([x - radiusM, y - radiusM, x + radiusM, y + radiusM], 4 * k))
    this.#grid = buildBoxGrid(boxes)
  }

  /** @param isWanted Which segments (first vertices) are asked about. */
  testAsset(asset: number, isWanted: (v: number) => boolean = () => true): Hit[] {
    const { network } = this.#world
    const { xyz, vertexStart, halfWidthM, accuracyPlanM, accuracyLevelM } = network
    const hits: Hit[] = []
    const own = new Map<number, boolean>()
    const reachM = halfWidthM[asset]! + this.#greatestM + Math.max(accuracyPlanM[asset]! || 0, accuracyLevelM[asset]! || 0)
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      if (!isWanted(v)) continue
      const [x0, y0, x1, y1] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      for (const k of queryBoxGrid(this.#grid, Math.min(x0, x1) - reachM, Math.min(y0, y1) - reachM, Math.max(x0, x1) + reachM, Math.max(y0, y1) + reachM)) {
        let isOwn = own.get(k)
        if (isOwn === undefined) own.set(k, (isOwn = this.#isOwn(asset, this.#structures[k]!)))
        if (!isOwn) this.#testSegment(asset, v, k, hits)
      }
    }
    return hits
  }

  /** Whether a structure belongs to a line: of its network, and the axis comes into it in plan. */
  #isOwn(asset: number, { node, centre, radiusM }: Structure): boolean {
    const { network } = this.#world
    if (!isServedBy(node.kind, kindOfGroup(network.group[asset]!))) return false
    const { xyz, vertexStart } = network
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const [ux, uy] = [xyz[3 * v + 3]! - xyz[3 * v]!, xyz[3 * v + 4]! - xyz[3 * v + 1]!]
      const [px, py] = [centre[0] - xyz[3 * v]!, centre[1] - xyz[3 * v + 1]!]
      const x = Math.min(1, Math.max(0, (px * ux + py * uy) / (ux * ux + uy * uy || 1)))
      if (Math.hypot(px - x * ux, py - x * uy) <= radiusM) return true
    }
    return false
  }

  #testSegment(asset: number, v: number, k: number, hits: Hit[]): void {
    const { network, pack } = this.#world
    const { node, centre, radiusM, halfHeightM } = this.#structures[k]!
    const isBox = network.isBox[asset] === 1
    const [halfW, halfH] = [network.halfWidthM[asset]!, network.halfHeightM[asset]!]
    const sums = { w: halfW + radiusM, h: halfH + halfHeightM, boxW: radiusM + (isBox ? halfW : 0), boxH: halfHeightM + (isBox ? halfH : 0), radius: isBox ? 0 : halfW, hasBox: true }
    this.#pair.set(network.xyz.subarray(3 * v, 3 * v + 6))
    this.#pair.set([...centre, ...centre], 6)
    const found = leastClearDistance(this.#pair, sums, this.#witness)
    const s = this.#witness[1]!
    const limit = this.#limitsOf(asset).structure(node.nodeType, node.kind)
    // The node's own position has no 95 % limit in the data: nothing it is part of is certain.
    const add = (rule: RuleName, required: number, from: Limit | null): void => {
      const p = [0, 1, 2].map(c => this.#pair[c]! + s * (this.#pair[c + 3]! - this.#pair[c]!)) as unknown as Vec3
      hits.push({ rule, a: asset, b: this.#subject(k), segmentA: v, segmentB: v, from: s, to: s, required, found, limit: from, isShort: true, uncertaintyM: null, p, q: [centre[0], centre[1], clampTo(p[2], centre[2], halfHeightM)] })
    }
    if (found < -pack.touchBandM - GRACE_M) add('structure_hard', 0, null)
    if (limit && limit.minM - found > BROKEN_M) add('structure', limit.minM, limit)
  }
}

const clampTo = (z: number, centre: number, half: number): number => Math.min(centre + half, Math.max(centre - half, z))
