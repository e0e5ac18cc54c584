import { fail, ok, type Result } from '../core/result.ts'
import { ringArea, type PlanPoint, type PlanRing } from './plan-polygon.ts'

/** Why points make no outline. `first` and `second` number points, or edges by their first point, from 1. */
export const OUTLINE_PROBLEMS = [
  'outline_too_few_points', 'outline_too_many_points', 'outline_not_finite', 'outline_repeated_point', 'outline_zero_area', 'outline_self_crossing',
] as const
export interface OutlineRefusal {
  readonly code: (typeof OUTLINE_PROBLEMS)[number]
  readonly details: Readonly<Record<string, number>>
}

const refused = (code: OutlineRefusal['code'], details: OutlineRefusal['details'] = {}) => fail({ code, details })

/** Plan points nearer than this are one point: metres. */
const SAME_POINT_M = 1e-6
/** Every edge is tested against every other; nobody draws a pit with more corners. */
const OUTLINE_POINT_LIMIT = 2000

/**
 * Checks a drawn or imported outline and brings it into counter-clockwise order.
 * @param points Plan points, metres, any frame; the first may be repeated at the end, as GeoJSON does.
 * @returns the ring, or why it is none: crossing or touching itself, without area, with repeated or non-finite points.
 */
export function outlineFrom(points: readonly PlanPoint[]): Result<PlanRing, OutlineRefusal> {
  const open = isClosed(points) ? points.slice(0, -1) : points
  if (open.length > OUTLINE_POINT_LIMIT) return refused('outline_too_many_points', { count: open.length, limit: OUTLINE_POINT_LIMIT })
  const notFinite = open.findIndex(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y))
  if (notFinite >= 0) return refused('outline_not_finite', { point: notFinite + 1 })
  if (open.length < 3) return refused('outline_too_few_points', { count: open.length })
  const ring = open.flat()
  const repeated = repeatedPoint(ring)
  if (repeated) return refused('outline_repeated_point', { first: repeated[0] + 1, second: repeated[1] + 1 })
  const crossing = crossingEdges(ring)
  const area = ringArea(ring)
  // Points in one line overlap themselves too, but "no area" says it better.
  if (Math.abs(area) < SAME_POINT_M * perimeter(ring)) return refused(crossing && !isInOneLine(ring) ? 'outline_self_crossing' : 'outline_zero_area', crossing ? edgeDetails(crossing) : {})
  if (crossing) return refused('outline_self_crossing', edgeDetails(crossing))
  return ok(area > 0 ? ring : reversed(ring))
}

const edgeDetails = ([first, second]: readonly [number, number]) => ({ first: first + 1, second: second + 1 })

function isClosed(points: readonly PlanPoint[]): boolean {
  const first = points[0]
  const last = points[points.length - 1]
  return points.length > 1 && first![0] === last![0] && first![1] === last![1]
}

function repeatedPoint(ring: PlanRing): readonly [number, number] | null {
  const count = ring.length / 2
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (Math.hypot(ring[2 * i]! - ring[2 * j]!, ring[2 * i + 1]! - ring[2 * j + 1]!) < SAME_POINT_M) return [i, j]
    }
  }
  return null
}

/** The first two edges (numbered by their first point) that meet elsewhere than at a corner they share. */
function crossingEdges(ring: PlanRing): readonly [number, number] | null {
  const count = ring.length / 2
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const follows = j === i + 1
      const closes = (j + 1) % count === i
      if (follows || closes ? foldsBack(ring, follows ? i : j) : edgesMeet(ring, i, j)) return [i, j]
    }
  }
  return null
}

/** Whether the edge after this one runs back along it. */
function foldsBack(ring: PlanRing, edge: number): boolean {
  const count = ring.length / 2
  const [a, b, c] = [edge, (edge + 1) % count, (edge + 2) % count]
  const [ux, uy] = [ring[2 * b]! - ring[2 * a]!, ring[2 * b + 1]! - ring[2 * a + 1]!]
  const [vx, vy] = [ring[2 * c]! - ring[2 * b]!, ring[2 * c + 1]! - ring[2 * b + 1]!]
  return ux * vx + uy * vy < 0 && Math.abs(ux * vy - uy * vx) <= SAME_POINT_M * Math.min(Math.hypot(ux, uy), Math.hypot(vx, vy))
}

function edgesMeet(ring: PlanRing, i: number, j: number): boolean {
  const count = ring.length / 2
  const [ax, ay] = [ring[2 * i]!, ring[2 * i + 1]!]
  const [bx, by] = corner(ring, (i + 1) % count)
  const [cx, cy] = [ring[2 * j]!, ring[2 * j + 1]!]
  const [dx, dy] = corner(ring, (j + 1) % count)
  if (Math.min(ax, bx) > Math.max(cx, dx) + SAME_POINT_M || Math.max(ax, bx) < Math.min(cx, dx) - SAME_POINT_M) return false
  if (Math.min(ay, by) > Math.max(cy, dy) + SAME_POINT_M || Math.max(ay, by) < Math.min(cy, dy) - SAME_POINT_M) return false
  const det = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
  if (det !== 0) {
    const s = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / det
    const t = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / det
    if (s >= 0 && s <= 1 && t >= 0 && t <= 1) return true
  }
  return [
    pointToEdge(ax, ay, cx, cy, dx, dy), pointToEdge(bx, by, cx, cy, dx, dy),
    pointToEdge(cx, cy, ax, ay, bx, by), pointToEdge(dx, dy, ax, ay, bx, by),
  ].some(distance => distance < SAME_POINT_M)
}

const corner = (ring: PlanRing, i: number): readonly [number, number] => [ring[2 * i]!, ring[2 * i + 1]!]

/** Plan distance of a point to a straight piece a–b. */
export function pointToEdge(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [ux, uy] = [bx - ax, by - ay]
  const along = ux * ux + uy * uy
  const t = along > 0 ? Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / along)) : 0
  const [dx, dy] = [ax + t * ux - x, ay + t * uy - y]
  return Math.sqrt(dx * dx + dy * dy)
}

function perimeter(ring: PlanRing): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = corner(ring, (i / 2 + 1) % (ring.length / 2))
    sum += Math.hypot(x - ring[i]!, y - ring[i + 1]!)
  }
  return sum
}

function isInOneLine(ring: PlanRing): boolean {
  let [far, farthest] = [0, 0]
  for (let i = 2; i < ring.length; i += 2) {
    const distance = Math.hypot(ring[i]! - ring[0]!, ring[i + 1]! - ring[1]!)
    if (distance > farthest) [far, farthest] = [i, distance]
  }
  const [ux, uy] = [(ring[far]! - ring[0]!) / farthest, (ring[far + 1]! - ring[1]!) / farthest]
  for (let i = 0; i < ring.length; i += 2) if (Math.abs((ring[i]! - ring[0]!) * uy - (ring[i + 1]! - ring[1]!) * ux) > SAME_POINT_M) return false
  return true
}

function reversed(ring: PlanRing): PlanRing {
  const out: number[] = []
  for (let i = ring.length - 2; i >= 0; i -= 2) out.push(ring[i]!, ring[i + 1]!)
  return out
}
