import type { Vec3 } from '../../twin/asset.ts'
import { SURFACE_CLASSES, type SurfaceClass } from '../../twin/kinds.ts'
import type { SurfaceFeature } from '../../twin/surface-feature.ts'

/** Polygons of roadway, footway and green that cover limits ask for, packed. Local frame, metres. */
export interface SurfaceAreas {
  /** Index into SURFACE_CLASSES. */
  readonly surface: Uint8Array
  /** Length count + 1: ring k is xy[2·start[k] … 2·start[k + 1]), not closed. */
  readonly start: Uint32Array
  readonly xy: Float64Array
  /** [minX, minY, maxX, maxY] of each ring. */
  readonly boxes: Float64Array
}

/** What holds where no area says what the ground is used for: the class that asks for the most cover in every code we know. */
export const ASSUMED_SURFACE: SurfaceClass = 'roadway'

export function packSurfaces(features: readonly SurfaceFeature[], origin: Vec3): SurfaceAreas {
  const areas = features.flatMap(feature => {
    const surface = SURFACE_CLASSES.indexOf(feature.type as SurfaceClass)
    return surface >= 0 && feature.geometry === 'polygon' && feature.points.length >= 3 ? [{ surface, points: feature.points }] : []
  })
  const start = new Uint32Array(areas.length + 1)
  areas.forEach(({ points }, k) => (start[k + 1] = start[k]! + points.length))
  const xy = new Float64Array(2 * start[areas.length]!)
  const boxes = new Float64Array(4 * areas.length)
  areas.forEach(({ points }, k) => {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
    points.forEach(([px, py], i) => {
      const [x, y] = [px - origin[0], py - origin[1]]
      xy.set([x, y], 2 * (start[k]! + i))
      minX = Math.min(minX, x)
      minY = Math.min(minY, y)
      maxX = Math.max(maxX, x)
      maxY = Math.max(maxY, y)
    })
    boxes.set([minX, minY, maxX, maxY], 4 * k)
  })
  return { surface: Uint8Array.from(areas, area => area.surface), start, xy, boxes }
}
