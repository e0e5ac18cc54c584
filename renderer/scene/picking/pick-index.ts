import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Ray } from '../camera/pose.ts'
import { bodyRadiusM, standingLine, type NodeBodies } from '../geometry/node-bodies.ts'
import type { Tile } from '../tiles/tile-plan.ts'
import { walkCells } from './ray-cells.ts'
import { rayBox, rayCapsule, raySegmentApproach, type Approach, type Ends } from './ray-solids.ts'
import { SLACK_M, tileCells, type TileCells } from './tile-cells.ts'

export interface Hit {
  /** Asset index, or `columns.count` + node index. */
  readonly item: number
  /** First vertex of the segment hit (index into the columns' vertices); −1 for a node. */
  readonly vertex: number
  /** Distance along the ray, metres. */
  readonly t: number
}

type NearHit = Hit & { readonly offset: number }

/** What a tile's box holds of a node already (tile-plan.ts). */
const NODE_REACH_M = 2

/**
 * Finds what a ray meets: axis segments and node bodies, in the tiles they are drawn by. The cells of a tile are made when a
 * ray first crosses it, so that things can be pointed at as soon as they are seen. Local frame.
 */
export class PickIndex {
  readonly columns: AssetColumns
  readonly bodies: NodeBodies
  private readonly tiles: readonly Tile[]
  private readonly cells: (TileCells | null)[]
  /** Per tile: low x, low y, high x, high y, near misses included. */
  private readonly boxes: Float64Array
  private minZ = Infinity
  private maxZ = -Infinity
  /** Questions so far. */
  private asked = 0
  /** Both ends of what is looked at. */
  private readonly ends: Ends = new Float64Array(6)
  private readonly approach: Approach = { t: 0, s: 0, distance: 0 }
  /** Where the ray is in the tile looked at: distances in and out. */
  private readonly span = new Float64Array(2)

  constructor(columns: AssetColumns, bodies: NodeBodies, tiles: readonly Tile[]) {
    this.columns = columns
    this.bodies = bodies
    this.tiles = tiles
    this.cells = tiles.map(() => null)
    this.boxes = new Float64Array(4 * tiles.length)
    tiles.forEach(({ min, max }, t) => {
      const reach = this.reachM(t)
      this.boxes.set([min[0] - reach, min[1] - reach, max[0] + reach, max[1] + reach], 4 * t)
      this.minZ = Math.min(this.minZ, min[2] - reach)
      this.maxZ = Math.max(this.maxZ, max[2] + reach)
    })
  }

  /**
   * First thing along a ray.
   * @param ray Local frame. @param slack How far beside a solid still counts, metres per metre of distance (a few pixels):
   * a real hit wins over any near miss, and of near misses the nearest to the ray in the picture.
   * @param accepts Items that may be hit (hidden ones may not).
   */
  first(ray: Ray, slack: number, accepts: (item: number) => boolean): Hit | null {
    let hit: NearHit | null = null
    let miss: NearHit | null = null
    this.visitAlong(ray, (item, vertex) => {
      const found = this.meet(item, vertex, ray, slack)
      if (!found || !accepts(item)) return
      if (found.offset === 0) {
        if (!hit || found.t < hit.t) hit = found
      } else if (!miss || found.offset < miss.offset || (found.offset === miss.offset && found.t < miss.t)) miss = found
    })
    return hit ?? miss
  }

  /** All solids a ray passes through, nearest first, one per item. */
  all(ray: Ray, slack: number, accepts: (item: number) => boolean): Hit[] {
    const nearest = new Map<number, Hit>()
    this.visitAlong(ray, (item, vertex) => {
      const found = this.meet(item, vertex, ray, slack)
      if (found && accepts(item) && found.t < (nearest.get(item)?.t ?? Infinity)) nearest.set(item, found)
    })
    return [...nearest.values()].sort((a, b) => a.t - b.t || a.item - b.item)
  }

  /** Visits once each what lies in the cells a ray crosses in plan between the lowest and highest level of the data. @param visit As in `Hit`. */
  visitAlong(ray: Ray, visit: (item: number, vertex: number) => void): void {
    this.asked++
    const { boxes, minZ, maxZ, span } = this
    const { origin, direction } = ray
    for (let t = 0; t < this.tiles.length; t++) {
      span[0] = 0
      span[1] = Infinity
      const b = 4 * t
      if (isWithin(span, origin[0], direction[0], boxes[b]!, boxes[b + 2]!) && isWithin(span, origin[1], direction[1], boxes[b + 1]!, boxes[b + 3]!) && isWithin(span, origin[2], direction[2], minZ, maxZ)) this.visitTile(t, ray, visit)
    }
  }

  private visitTile(tile: number, ray: Ray, visit: (item: number, vertex: number) => void): void {
    const cells = (this.cells[tile] ??= tileCells(this.columns, this.bodies, this.tiles[tile]!, this.reachM(tile)))
    const { item, vertex, cellStart, entries, seenFor } = cells
    walkCells(cells, ray, this.span[0]!, this.span[1]!, cell => {
      for (let e = cellStart[cell]!; e < cellStart[cell + 1]!; e++) {
        const entry = entries[e]!
        if (seenFor[entry] === this.asked) continue
        seenFor[entry] = this.asked
        visit(item[entry]!, vertex[entry]!)
      }
      return true
    })
  }

  /** How far beyond its box a tile has something to point at, metres. */
  private reachM(tile: number): number {
    let widest = NODE_REACH_M
    const { nodes } = this.tiles[tile]!
    for (let n = 0; n < nodes.length; n++) widest = Math.max(widest, bodyRadiusM(this.bodies, nodes[n]!))
    return SLACK_M + widest - NODE_REACH_M
  }

  private meet(item: number, vertex: number, ray: Ray, slack: number): NearHit | null {
    const { ends } = this
    const node = item - this.columns.count
    if (vertex < 0) standingLine(this.bodies, node, ends)
    else for (let c = 0; c < 6; c++) ends[c] = this.columns.xyz[3 * vertex + c]!
    const radius = vertex < 0 ? bodyRadiusM(this.bodies, node) : this.columns.halfWidthM[item]!
    const isRound = vertex < 0 || this.columns.shape[item] === 0
    const t = isRound ? rayCapsule(ray, ends, radius) : rayBox(ray, ends, radius, this.columns.halfHeightM[item]!)
    if (t !== null) return { item, vertex, t, offset: 0 }
    if (slack <= 0) return null
    const near = raySegmentApproach(ray, ends, this.approach)
    const offset = (near.distance - radius) / Math.max(near.t, 1e-3)
    return offset <= slack ? { item, vertex, t: near.t, offset: Math.max(offset, 1e-9) } : null
  }
}

/** Narrows a span of a ray to where one coordinate lies between two values. @returns whether any of it is left. */
function isWithin(span: Float64Array, origin: number, direction: number, low: number, high: number): boolean {
  if (Math.abs(direction) < 1e-15) return origin >= low && origin <= high
  const t0 = (low - origin) / direction
  const t1 = (high - origin) / direction
  span[0] = Math.max(span[0]!, Math.min(t0, t1))
  span[1] = Math.min(span[1]!, Math.max(t0, t1))
  return span[0] <= span[1]
}
