import { planDistance } from '../geometry/plan-distance.ts'
import { newSegmentPair, newWitness, type SegmentPair } from '../geometry/segment-pair.ts'
import { assetKind, type AssetColumns } from '../twin/asset-columns.ts'
import { ASSET_STATUSES, GRAVITY_KINDS, type AssetKind } from '../twin/kinds.ts'
import { segmentsInBox } from '../twin/segments-near.ts'

/** Lines that press water into the ground where they leak. */
const PRESSED_WATER: ReadonlySet<AssetKind> = new Set(['water', 'reclaimed', 'heat'])

/**
 * Nearer than this a leaking pipe is taken to wash soil into a drain: the clearances GB 50289-2016 asks for between water
 * and sewer, alongside (4.1.9: 1.0 m, above DN 200 1.5 m) and where they cross (4.1.14).
 */
const ALONGSIDE_M = { small: 1, large: 1.5 } as const
const LARGE_OVER_M = 0.2
const CROSSING_M = 0.4
/** Lines that meet at less than this run alongside (design of the crossing rule). */
const CROSSING_SINE = Math.sin(Math.PI / 6)

/**
 * Drains that a line of pressurised water runs beside, or crosses, nearer than the code's clearance.
 * @param from Only water lines from this index on; all for 0.
 * @param isMeant Only the water lines it holds for; all where absent.
 * @returns such a water line of each drain; null where there is no water line to ask about: not known.
 */
export function drainsBesideWater(columns: AssetColumns, from = 0, isMeant: (water: number) => boolean = () => true): ReadonlyMap<number, number> | null {
  const removed = ASSET_STATUSES.indexOf('removed')
  const found = new Map<number, number>()
  let isAny = false
  for (let water = from; water < columns.count; water++) {
    if (!PRESSED_WATER.has(assetKind(columns, water)) || columns.status[water] === removed) continue
    isAny = true
    if (!isMeant(water)) continue
    const limitM = 2 * columns.halfWidthM[water]! > LARGE_OVER_M ? ALONGSIDE_M.large : ALONGSIDE_M.small
    const reachM = limitM + columns.halfWidthM[water]!
    const { xyz, vertexStart } = columns
    for (let v = vertexStart[water]!; v < vertexStart[water + 1]! - 1; v++) {
      const [ax, ay, bx, by] = [xyz[3 * v]!, xyz[3 * v + 1]!, xyz[3 * v + 3]!, xyz[3 * v + 4]!]
      for (const { asset, vertex } of segmentsInBox(columns, Math.min(ax, bx) - reachM, Math.min(ay, by) - reachM, Math.max(ax, bx) + reachM, Math.max(ay, by) + reachM)) {
        if (found.has(asset) || columns.status[asset] === removed || !GRAVITY_KINDS.has(assetKind(columns, asset))) continue
        if (isNear(columns, water, v, asset, vertex, limitM)) found.set(asset, water)
      }
    }
  }
  return isAny ? found : null
}

const pair = newSegmentPair()
const witness = newWitness()

function pairOf(...points: readonly (readonly [number, number, number])[]): SegmentPair {
  points.forEach((point, k) => pair.set(point, 3 * k))
  return pair
}

/** Two segments: alongside, by the gap in plan; across, by the gap in level where they cross. */
function isNear({ xyz, halfWidthM, halfHeightM }: AssetColumns, water: number, v: number, drain: number, w: number, limitM: number): boolean {
  const at = (k: number) => [xyz[3 * k]!, xyz[3 * k + 1]!, xyz[3 * k + 2]!] as const
  const [a, b, c, d] = [at(v), at(v + 1), at(w), at(w + 1)]
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const [lengthU, lengthV] = [Math.hypot(ux, uy), Math.hypot(vx, vy)]
  if (lengthU === 0 || lengthV === 0) return false
  const cross = ux * vy - uy * vx
  if (Math.abs(cross) < CROSSING_SINE * lengthU * lengthV) return planDistance(pairOf(a, b, c, d), witness) - halfWidthM[water]! - halfWidthM[drain]! < limitM
  const [s, t] = [((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / cross, ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / cross]
  if (s < 0 || s > 1 || t < 0 || t > 1) return false
  return Math.abs(a[2] + s * (b[2] - a[2]) - c[2] - t * (d[2] - c[2])) - halfHeightM[water]! - halfHeightM[drain]! < CROSSING_M
}
