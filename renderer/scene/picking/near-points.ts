import type { Vec3 } from '#shared/twin/asset.ts'
import { bodyAt } from '../geometry/node-bodies.ts'
import { along, type Ray } from '../camera/pose.ts'
import { raySegmentApproach } from './ray-solids.ts'
import { visitAlong, type SegmentGrid } from './segment-grid.ts'

/** A point a drawn vertex may be tied to. Local frame. */
export interface NearPoint {
  readonly type: 'end' | 'vertex' | 'axis' | 'node'
  readonly item: number
  readonly at: Vec3
  /** Distance beside the ray per metre along it. */
  readonly offset: number
}

/** Ends, vertices, axis points and nodes within `slack` (metres beside the ray per metre along it). */
export function nearAlong(grid: SegmentGrid, ray: Ray, slack: number, accepts: (item: number) => boolean): NearPoint[] {
  const { columns, segmentAsset, segmentVertex, bodies } = grid
  const found: NearPoint[] = []
  const keep = (type: NearPoint['type'], item: number, at: Vec3) => {
    const near = approach(ray, at, at)
    if (near.offset <= slack) found.push({ type, item, at, offset: near.offset })
  }
  visitAlong(grid, ray, entry => {
    if (entry >= segmentAsset.length) {
      const node = entry - segmentAsset.length
      const body = bodyAt(bodies, node)
      if (!body || !accepts(columns.count + node)) return
      const near = approach(ray, [body.x, body.y, body.bottomZ], [body.x, body.y, body.topZ])
      // The whole shaft attracts, out to its wall.
      const offset = Math.max(0, near.offset - body.radiusM / Math.max(near.t, 1e-3))
      if (offset <= slack) found.push({ type: 'node', item: columns.count + node, at: [body.x, body.y, body.topZ], offset })
      return
    }
    const asset = segmentAsset[entry]!
    if (!accepts(asset)) return
    const v = segmentVertex[entry]!
    const [a, b] = [pointOf(grid, v), pointOf(grid, v + 1)]
    keep(v === columns.vertexStart[asset] ? 'end' : 'vertex', asset, a)
    keep(v + 2 === columns.vertexStart[asset + 1] ? 'end' : 'vertex', asset, b)
    const near = approach(ray, a, b)
    if (near.offset <= slack) found.push({ type: 'axis', item: asset, at: along(a, [b[0] - a[0], b[1] - a[1], b[2] - a[2]], near.s), offset: near.offset })
  })
  return found
}

const pointOf = (grid: SegmentGrid, v: number): Vec3 => [grid.columns.xyz[3 * v]!, grid.columns.xyz[3 * v + 1]!, grid.columns.xyz[3 * v + 2]!]

function approach(ray: Ray, a: Vec3, b: Vec3): { readonly t: number; readonly s: number; readonly offset: number } {
  const near = raySegmentApproach(...ray.origin, ...ray.direction, ...a, ...b)
  return { t: near.t, s: near.s, offset: near.t > 0 ? near.distance / near.t : Infinity }
}
