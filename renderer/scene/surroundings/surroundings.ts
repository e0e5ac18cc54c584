import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { featuresOfTypes, type PackedFeatures } from '#shared/twin/twin-context.ts'
import { GROUND_TYPES, paintGround, type PaintArea } from '../ground/ground-paint.ts'
import type { SceneColours } from '../scene-colours.ts'
import { buildingMesh, type BuildingMesh } from './building-mesh.ts'
import { furnitureMesh, type FurnitureMesh } from './furniture-mesh.ts'
import { furnitureTiles } from './furniture-tiles.ts'

/** What stands on and is painted on the ground of a twin. */
export interface SurroundingsTwin {
  readonly features: PackedFeatures
  readonly ground: GroundSurface | null
  readonly crsOrigin: Vec3
  /** View zero in the local frame. */
  readonly viewOrigin: Vec3
}

export interface SurroundingsMeshes {
  readonly buildings: BuildingMesh
  readonly furniture: readonly FurnitureMesh[]
}

export interface GroundPicture {
  readonly area: PaintArea
  readonly blocks: readonly Block[]
  readonly colours: SceneColours
  readonly largestPx: number
}

/** Buildings, trees and poles as meshes, view frame. */
export function surroundingsMeshes({ features, ground, crsOrigin, viewOrigin }: SurroundingsTwin): SurroundingsMeshes {
  const groundAt = ground && groundSampler(ground)
  return {
    buildings: buildingMesh(featuresOfTypes(features, ['building']), groundAt, crsOrigin, viewOrigin),
    furniture: furnitureTiles(featuresOfTypes(features, ['tree', 'pole'])).map(tile => furnitureMesh(tile, groundAt, crsOrigin, viewOrigin)),
  }
}

/** The painted ground of an area, its first row in the south. The features are read once and kept by whoever calls. */
export const groundPicture = (features: readonly SurfaceFeature[], { area, blocks, colours, largestPx }: GroundPicture): ImageBitmap =>
  paintGround(features, blocks, area, colours, largestPx).transferToImageBitmap()

export const paintedFeatures = ({ features }: SurroundingsTwin): SurfaceFeature[] => featuresOfTypes(features, GROUND_TYPES)
