import { packedString } from '../core/packed-strings.ts'
import type { PlanBox } from '../geometry/plan-box.ts'
import { SURFACE_FEATURE_TYPES, type SurfaceFeature, type SurfaceFeatureType } from './surface-feature.ts'
import { GEOMETRIES, type PackedFeatures } from './twin-context.ts'

/** [minX, minY, maxX, maxY] of each feature. */
const boxesOf = new WeakMap<PackedFeatures, Float64Array>()

/** Areas of some types that meet a box, project CRS: of a packed context, whose records nobody has to make for it. */
export function surfacesNear(features: PackedFeatures, types: ReadonlySet<SurfaceFeatureType>, { minX, minY, maxX, maxY }: PlanBox): Pick<SurfaceFeature, 'id' | 'type' | 'geometry' | 'points'>[] {
  const { featureType, geometry, start, xy, ids } = features
  const boxes = boxesOf.get(features) ?? featureBoxes(features)
  boxesOf.set(features, boxes)
  const found: Pick<SurfaceFeature, 'id' | 'type' | 'geometry' | 'points'>[] = []
  for (let i = 0; i < featureType.length; i++) {
    if (!(boxes[4 * i]! <= maxX && boxes[4 * i + 1]! <= maxY && boxes[4 * i + 2]! >= minX && boxes[4 * i + 3]! >= minY)) continue
    const type = SURFACE_FEATURE_TYPES[featureType[i]!]
    if (type === undefined || !types.has(type) || GEOMETRIES[geometry[i]!] !== 'polygon') continue
    const points = Array.from({ length: start[i + 1]! - start[i]! }, (_, k) => [xy[2 * (start[i]! + k)]!, xy[2 * (start[i]! + k) + 1]!] as const)
    found.push({ id: packedString(ids, i), type, geometry: 'polygon', points })
  }
  return found
}

function featureBoxes({ featureType, start, xy }: PackedFeatures): Float64Array {
  const boxes = new Float64Array(4 * featureType.length)
  for (let i = 0; i < featureType.length; i++) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let k = 2 * start[i]!; k < 2 * start[i + 1]!; k += 2) {
      minX = Math.min(minX, xy[k]!)
      maxX = Math.max(maxX, xy[k]!)
      minY = Math.min(minY, xy[k + 1]!)
      maxY = Math.max(maxY, xy[k + 1]!)
    }
    boxes.set([minX, minY, maxX, maxY], 4 * i)
  }
  return boxes
}
