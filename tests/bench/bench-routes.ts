import type { PreviewRoute } from '#shared/clearance/preview.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'

/** Planned gas mains of `legs` segments of 10 … 30 m: from somewhere on an asset, on at its level, bending a little. Local frame. */
export function benchRoutes(columns: AssetColumns, count: number, legs: number, seed: number): PreviewRoute[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => ({
    id: `bench-${i}`, kind: 'gas' as const, owner: 'bench', section: { shape: 'circle' as const, diameterM: 0.325 },
    laying: 'direct' as const, pressureClass: 'medium_a' as const, axis: routeAxis(columns, legs, random),
  }))
}

function routeAxis({ xyz }: AssetColumns, legs: number, random: Random): Vec3[] {
  const v = random.int(xyz.length / 3)
  let [x, y, heading] = [xyz[3 * v]!, xyz[3 * v + 1]!, random.range(0, 2 * Math.PI)]
  const z = xyz[3 * v + 2]!
  const axis: Vec3[] = [[x, y, z]]
  for (let leg = 0; leg < legs; leg++) {
    heading += random.range(-0.3, 0.3)
    const lengthM = random.range(10, 30)
    x += lengthM * Math.cos(heading)
    y += lengthM * Math.sin(heading)
    axis.push([x, y, z + random.range(-0.3, 0.3)])
  }
  return axis
}
