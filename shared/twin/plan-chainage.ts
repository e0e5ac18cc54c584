import type { AssetColumns } from './asset-columns.ts'
import type { Vec3 } from './asset.ts'

/** Where on an asset's axis a point is nearest in plan: the point and its plan chainage from the asset's start. Local frame, metres. */
export function nearestOnAxis({ vertexStart, xyz }: AssetColumns, asset: number, x: number, y: number): { readonly at: Vec3; readonly chainageM: number } {
  const first = vertexStart[asset]!
  let [passedM, best, chainageM] = [0, Infinity, 0]
  let at: Vec3 = [xyz[3 * first]!, xyz[3 * first + 1]!, xyz[3 * first + 2]!]
  for (let v = first; v + 1 < vertexStart[asset + 1]!; v++) {
    const [ax, ay, az, bx, by, bz] = xyz.subarray(3 * v, 3 * v + 6) as unknown as [number, number, number, number, number, number]
    const planM = Math.hypot(bx - ax, by - ay)
    const t = planM > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / planM ** 2)) : 0
    const off = Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y)
    if (off < best) {
      best = off
      chainageM = passedM + t * planM
      at = [ax + t * (bx - ax), ay + t * (by - ay), az + t * (bz - az)]
    }
    passedM += planM
  }
  return { at, chainageM }
}
