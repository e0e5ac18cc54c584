import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'

/** Side of the squares trees and poles are drawn by. */
const TILE_M = 320

/** Trees and poles by square of the plan, so that what is out of sight or too far to matter is left out whole. */
export function furnitureTiles(features: readonly SurfaceFeature[]): SurfaceFeature[][] {
  const tiles = new Map<string, SurfaceFeature[]>()
  for (const feature of features) {
    const place = feature.points[0]
    if (!place || feature.geometry !== 'point' || (feature.type !== 'tree' && feature.type !== 'pole')) continue
    const key = `${Math.floor(place[0] / TILE_M)},${Math.floor(place[1] / TILE_M)}`
    const tile = tiles.get(key)
    if (tile) tile.push(feature)
    else tiles.set(key, [feature])
  }
  return [...tiles.values()]
}
