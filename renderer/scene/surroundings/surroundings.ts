import { groundSampler, type GroundSurface } from '#shared/twin/ground.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { featureReader, featuresOfTypes, type PackedFeatures } from '#shared/twin/twin-context.ts'
import { GROUND_TYPES, paintGround, type PaintArea } from '../ground/ground-paint.ts'
import type { SceneColours } from '../scene-colours.ts'
import { buildingMesh, type BuildingMesh } from './building-mesh.ts'
import { furnitureMesh, type FurnitureMesh } from './furniture-mesh.ts'
import { planSquares, type PlanSquare } from './plan-squares.ts'

/** What stands on and is painted on the ground of a twin. */
export interface SurroundingsTwin {
  readonly features: PackedFeatures
  readonly ground: GroundSurface | null
  readonly crsOrigin: Vec3
  /** View zero in the local frame. */
  readonly viewOrigin: Vec3
}

/** Where a square of buildings, trees and poles lies: a sphere about all of it, view frame. */
export interface SquarePlace {
  readonly centre: Vec3
  readonly radiusM: number
}

/** Buildings, trees and poles of one square, view frame. */
export interface SquareMeshes {
  readonly buildings: BuildingMesh
  readonly furniture: FurnitureMesh
}

export interface GroundPicture {
  readonly area: PaintArea
  readonly blocks: readonly Block[]
  readonly colours: SceneColours
  readonly largestPx: number
}

/** Strokes and shades reach beyond what they belong to. */
const PAINT_MARGIN_M = 10

function touches({ points }: SurfaceFeature, area: PaintArea): boolean {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  return minX < area.maxX + PAINT_MARGIN_M && maxX > area.minX - PAINT_MARGIN_M && minY < area.maxY + PAINT_MARGIN_M && maxY > area.minY - PAINT_MARGIN_M
}

/** Higher than what stands there, and the hills below it. */
const HEIGHT_MARGIN_M = 120

/** Makes the surroundings of one twin piece by piece: a city has more of them than is ever in sight. */
export class SurroundingsBuilder {
  private readonly twin: SurroundingsTwin
  private readonly groundAt: ReturnType<typeof groundSampler> | null
  private readonly read: (feature: number) => SurfaceFeature
  private readonly plan: readonly PlanSquare[]
  private painted: readonly SurfaceFeature[] | null = null

  constructor(twin: SurroundingsTwin) {
    this.twin = twin
    this.groundAt = twin.ground && groundSampler(twin.ground)
    this.read = featureReader(twin.features)
    this.plan = planSquares(twin.features)
  }

  squares(): SquarePlace[] {
    const { crsOrigin, viewOrigin } = this.twin
    return this.plan.map(({ minX, minY, maxX, maxY }) => {
      const [x, y] = [(minX + maxX) / 2 - crsOrigin[0], (minY + maxY) / 2 - crsOrigin[1]]
      const z = this.groundAt?.(x, y) ?? viewOrigin[2]
      return { centre: [x - viewOrigin[0], y - viewOrigin[1], z - viewOrigin[2]], radiusM: Math.hypot((maxX - minX) / 2, (maxY - minY) / 2, HEIGHT_MARGIN_M) }
    })
  }

  meshes(square: number): SquareMeshes {
    const features = Array.from(this.plan[square]!.features, feature => this.read(feature))
    const { crsOrigin, viewOrigin } = this.twin
    return { buildings: buildingMesh(features, this.groundAt, crsOrigin, viewOrigin), furniture: furnitureMesh(features, this.groundAt, crsOrigin, viewOrigin) }
  }

  /** The painted ground of an area, its first row in the south. */
  picture({ area, blocks, colours, largestPx }: GroundPicture): ImageBitmap {
    this.painted ??= featuresOfTypes(this.twin.features, GROUND_TYPES)
    return paintGround(this.painted.filter(feature => touches(feature, area)), blocks, area, colours, largestPx).transferToImageBitmap()
  }
}
