import type { SceneModel } from '#renderer/scene/scene-model.ts'
import type { SceneColours } from '#renderer/scene/scene-colours.ts'
import { paintContours } from './map-contours.ts'
import { paintMapGround, type GroundIndex } from './map-ground.ts'
import { paintMapNetwork, type NetworkLook } from './map-network.ts'
import type { TilePainter } from './tile-cache.ts'

/** Lines and signs beyond a square's edge still reach into it. */
const BLEED_PX = 14

/** Ground with its contours, then lines, then points of one square. */
export function mapPainter(model: SceneModel, ground: GroundIndex, colours: SceneColours, shows: { readonly ground: boolean; readonly buildings: boolean }, look: Omit<NetworkLook, 'rim'>): TilePainter {
  return function* paint(context, box, pxPerM) {
    context.fillStyle = colours.soil
    context.fillRect(box.minX, box.minY, box.maxX - box.minX, box.maxY - box.minY)
    const bleed = BLEED_PX / pxPerM
    const wide = { minX: box.minX - bleed, minY: box.minY - bleed, maxX: box.maxX + bleed, maxY: box.maxY + bleed }
    if (shows.ground) {
      yield* paintMapGround(context, ground, wide, pxPerM, { colours, buildings: shows.buildings })
      if (model.context.ground) yield* paintContours(context, model.context.ground, wide, pxPerM, model.columns.origin[2], colours.contour)
    }
    yield* paintMapNetwork(context, model, wide, pxPerM, { ...look, rim: colours.soil })
  }
}
