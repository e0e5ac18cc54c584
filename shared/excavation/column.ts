import { planeAt, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { type PlanBox, ringBox } from '../geometry/plan-box.ts'

/** A convex body: everything between two planes over a convex plan ring. The cut is a union of these. */
export interface Column {
  readonly ring: PlanRing
  readonly floor: PlanPlane
  /** Corners [x, y, z, …], those of the floor first. */
  readonly corners: Float64Array
  readonly box: PlanBox
  readonly minZ: number
  readonly maxZ: number
}

/** @param roof Nowhere below the floor. */
export function columnOf(ring: PlanRing, floor: PlanPlane, roof: PlanPlane): Column {
  const count = ring.length / 2
  const corners = new Float64Array(6 * count)
  let [minZ, maxZ] = [Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const [x, y] = [ring[2 * i]!, ring[2 * i + 1]!]
    const low = planeAt(floor, x, y)
    const high = Math.max(low, planeAt(roof, x, y))
    corners.set([x, y, low], 3 * i)
    corners.set([x, y, high], 3 * (count + i))
    minZ = Math.min(minZ, low)
    maxZ = Math.max(maxZ, high)
  }
  return { ring, floor, corners, box: ringBox(ring), minZ, maxZ }
}
