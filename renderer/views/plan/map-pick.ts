import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { bodyAt } from '#renderer/scene/geometry/node-bodies.ts'
import { boxesMeet } from '#shared/geometry/plan-box.ts'
import { boxOf } from './map-network.ts'

/** What lies under a place of the map: an asset, or a node of the twin. */
export type MapHit = { readonly type: 'asset' | 'node'; readonly index: number; readonly distanceM: number }

/**
 * The nearest thing within reach, its drawn width counted; points win over lines they stand on.
 * @param x, y Local frame. @param reachM How far off a hit may be. @param accepts Items (assets, then nodes) that are shown.
 */
export function pickOnMap(model: SceneModel, x: number, y: number, reachM: number, withNodes: boolean, accepts: (item: number) => boolean): MapHit | null {
  const { columns } = model
  const around = { minX: x - reachM, minY: y - reachM, maxX: x + reachM, maxY: y + reachM }
  let line: MapHit | null = null
  let point: MapHit | null = null
  for (const tile of model.tiles) {
    if (!boxesMeet(boxOf(tile), around)) continue
    for (let p = 0; p < tile.pieces.length; p += 3) {
      const asset = tile.pieces[p]!
      for (let v = tile.pieces[p + 1]!; v < tile.pieces[p + 2]!; v++) {
        const distanceM = Math.max(0, distanceToSegment(columns.xyz, v, x, y) - columns.halfWidthM[asset]!)
        if (distanceM <= (line?.distanceM ?? reachM) && accepts(asset) && (!line || distanceM < line.distanceM)) line = { type: 'asset', index: asset, distanceM }
      }
    }
    if (!withNodes) continue
    for (const n of tile.nodes) {
      const body = bodyAt(model.bodies, n)
      if (!body) continue
      const distanceM = Math.hypot(body.x - x, body.y - y)
      if (distanceM <= (point?.distanceM ?? reachM) && accepts(columns.count + n)) point = { type: 'node', index: n, distanceM }
    }
  }
  return point ?? line
}

function distanceToSegment(xyz: Float64Array, v: number, x: number, y: number): number {
  const [ax, ay] = [xyz[3 * v]!, xyz[3 * v + 1]!]
  const [dx, dy] = [xyz[3 * v + 3]! - ax, xyz[3 * v + 4]! - ay]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}
