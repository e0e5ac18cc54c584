import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { bodyAt } from '../geometry/node-bodies.ts'
import { along, type Ray } from '../camera/pose.ts'
import { raySegmentApproach } from './ray-solids.ts'
import type { PickIndex } from './pick-index.ts'

/** A point a drawn vertex may be tied to. Local frame. */
export interface NearPoint {
  readonly type: 'end' | 'vertex' | 'axis' | 'node'
  readonly item: number
  readonly at: Vec3
  /** Distance beside the ray per metre along it. */
  readonly offset: number
}

/** Ends, vertices, axis points and nodes within `slack` (metres beside the ray per metre along it). */
export function nearAlong(index: PickIndex, ray: Ray, slack: number, accepts: (item: number) => boolean): NearPoint[] {
  const { columns, bodies } = index
  const found: NearPoint[] = []
  const keep = (type: NearPoint['type'], item: number, at: Vec3) => {
    const near = approach(ray, at, at)
    if (near.offset <= slack) found.push({ type, item, at, offset: near.offset })
  }
  index.visitAlong(ray, (item, vertex) => {
    if (!accepts(item)) return
    if (vertex < 0) {
      const body = bodyAt(bodies, item - columns.count)!
      const near = approach(ray, [body.x, body.y, body.bottomZ], [body.x, body.y, body.topZ])
      // The whole shaft attracts, out to its wall.
      const offset = Math.max(0, near.offset - body.radiusM / Math.max(near.t, 1e-3))
      if (offset <= slack) found.push({ type: 'node', item, at: [body.x, body.y, body.topZ], offset })
      return
    }
    const [a, b] = [pointOf(columns, vertex), pointOf(columns, vertex + 1)]
    keep(vertex === columns.vertexStart[item] ? 'end' : 'vertex', item, a)
    keep(vertex + 2 === columns.vertexStart[item + 1] ? 'end' : 'vertex', item, b)
    const near = approach(ray, a, b)
    if (near.offset <= slack) found.push({ type: 'axis', item, at: along(a, [b[0] - a[0], b[1] - a[1], b[2] - a[2]], near.s), offset: near.offset })
  })
  return found
}

const pointOf = ({ xyz }: AssetColumns, v: number): Vec3 => [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 2]!]

function approach(ray: Ray, a: Vec3, b: Vec3): { readonly t: number; readonly s: number; readonly offset: number } {
  const near = raySegmentApproach(ray, Float64Array.of(...a, ...b), { t: 0, s: 0, distance: 0 })
  return { t: near.t, s: near.s, offset: near.t > 0 ? near.distance / near.t : Infinity }
}
