import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Extent } from './settings.ts'

/** [minX, minY, minZ, maxX, maxY, maxZ] of points or of all axes, project CRS; null for none. */
export function extentOf(source: AssetColumns | Iterable<Vec3>): Extent {
  const extent: [number, number, number, number, number, number] = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]
  const include = (x: number, y: number, z: number) => {
    if (x < extent[0]) extent[0] = x
    if (y < extent[1]) extent[1] = y
    if (z < extent[2]) extent[2] = z
    if (x > extent[3]) extent[3] = x
    if (y > extent[4]) extent[4] = y
    if (z > extent[5]) extent[5] = z
  }
  if ('xyz' in source) {
    const { xyz, origin } = source
    for (let i = 0; i < xyz.length; i += 3) include(xyz[i]! + origin[0], xyz[i + 1]! + origin[1], xyz[i + 2]! + origin[2])
  } else for (const [x, y, z] of source) include(x, y, z)
  return extent[0] === Infinity ? null : extent
}

export function joinExtents(a: Extent, b: Extent): Extent {
  if (!a || !b) return a ?? b
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.min(a[2], b[2]), Math.max(a[3], b[3]), Math.max(a[4], b[4]), Math.max(a[5], b[5])]
}
