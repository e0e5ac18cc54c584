import { assetKind } from '../twin/asset-columns.ts'
import { ASSET_STATUSES, GRAVITY_KINDS } from '../twin/kinds.ts'
import { buildPointGrid, forEachPointNear } from './point-grid.ts'
import type { Topology } from './topology.ts'

const REMOVED = ASSET_STATUSES.indexOf('removed')
/** Drains meet anywhere in a manhole, whose width is seldom known. */
const MANHOLE_M = 1

/**
 * Places from which a drain that was taken out led the water on: the places nearest to the upper ends of removed drains, within a
 * manhole's width in plan. Whether something else leads it on now is not asked here.
 */
export function cutPlaces({ columns, placeXyz }: Topology): Set<number> {
  const { count, status, vertexStart, xyz } = columns
  const cut = new Set<number>()
  const removed = Array.from({ length: count }, (_, asset) => asset).filter(asset => status[asset] === REMOVED && GRAVITY_KINDS.has(assetKind(columns, asset)))
  if (removed.length === 0) return cut
  const grid = buildPointGrid(placeXyz, 8)
  for (const asset of removed) {
    const [first, last] = [vertexStart[asset]!, vertexStart[asset + 1]! - 1]
    const upper = xyz[3 * first + 2]! >= xyz[3 * last + 2]! ? first : last
    const [x, y] = [xyz[3 * upper]!, xyz[3 * upper + 1]!]
    let [nearest, leastM] = [-1, MANHOLE_M]
    forEachPointNear(grid, x, y, x, y, MANHOLE_M, place => {
      const gapM = Math.hypot(placeXyz[3 * place]! - x, placeXyz[3 * place + 1]! - y)
      if (gapM < leastM || (gapM === leastM && place < nearest)) [nearest, leastM] = [place, gapM]
    })
    if (nearest >= 0) cut.add(nearest)
  }
  return cut
}
