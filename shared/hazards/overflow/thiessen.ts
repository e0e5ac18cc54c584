import { unattendedJob, type JobControl } from '../../core/job.ts'
import { clipRing, ringArea, type PlanRing } from '../../geometry/plan-polygon.ts'
import { buildPointGrid, forEachPointNear } from '../../network/point-grid.ts'

/** Corners of the polygon a cell starts from; it has the area of the circle of the reach. */
const CORNERS = 36
const SAME_AREA = Math.sqrt((2 * Math.PI) / (CORNERS * Math.sin((2 * Math.PI) / CORNERS)))

/**
 * Area nearest to each inlet (Thiessen cells), square metres.
 * @param points [x, y, …] in plan, metres. Inlets at one place share their cell evenly.
 * @param reachM Ground farther than this from every inlet drains to none of them.
 * @param boundaries Rings (any simple polygon) that together limit what is drained, not overlapping; none for no limit.
 */
export function thiessenAreas(points: readonly (readonly [number, number])[], reachM: number, boundaries: readonly PlanRing[], job: JobControl = unattendedJob): Float64Array {
  const { sites, siteOf, shares } = distinct(points)
  const grid = buildPointGrid(Float64Array.from(sites.flatMap(([x, y]) => [x, y, 0])), Math.max(reachM, 1))
  const boxes = boundaries.map(boxOf)
  const areas = new Float64Array(sites.length)
  sites.forEach(([x, y], i) => {
    if (i % 256 === 0) job.throwIfCancelled()
    let cell: PlanRing = circle(x, y, reachM)
    const seen = new Set<number>([i])
    forEachPointNear(grid, x, y, x, y, 2 * reachM, other => {
      if (seen.has(other)) return
      seen.add(other)
      const [ox, oy] = sites[other]!
      // Points nearer to this inlet than to the other: on this side of the line half-way.
      if (Math.hypot(ox - x, oy - y) < 2 * reachM) cell = clipRing(cell, { x: (x + ox) / 2, y: (y + oy) / 2, c: 0, gx: x - ox, gy: y - oy })
    })
    areas[i] = boundaries.length === 0 ? ringArea(cell) : within(cell, boundaries, boxes)
  })
  return Float64Array.from(points, (_, p) => areas[siteOf[p]!]! / shares[siteOf[p]!]!)
}

function distinct(points: readonly (readonly [number, number])[]) {
  const sites: (readonly [number, number])[] = []
  const shares: number[] = []
  const siteByKey = new Map<string, number>()
  const siteOf = points.map(point => {
    const key = `${point[0].toFixed(3)},${point[1].toFixed(3)}`
    const site = siteByKey.get(key) ?? sites.push(point) - 1
    siteByKey.set(key, site)
    shares[site] = (shares[site] ?? 0) + 1
    return site
  })
  return { sites, siteOf, shares }
}

const circle = (x: number, y: number, radiusM: number): PlanRing =>
  Array.from({ length: CORNERS }, (_, k) => (2 * Math.PI * k) / CORNERS).flatMap(angle => [x + SAME_AREA * radiusM * Math.cos(angle), y + SAME_AREA * radiusM * Math.sin(angle)])

type Box = readonly [number, number, number, number]

function boxOf(ring: PlanRing): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    minX = Math.min(minX, ring[i]!)
    maxX = Math.max(maxX, ring[i]!)
    minY = Math.min(minY, ring[i + 1]!)
    maxY = Math.max(maxY, ring[i + 1]!)
  }
  return [minX, minY, maxX, maxY]
}

/** Area of a convex cell inside the boundaries: each boundary is clipped by the edges of the cell. */
function within(cell: PlanRing, boundaries: readonly PlanRing[], boxes: readonly Box[]): number {
  const [minX, minY, maxX, maxY] = boxOf(cell)
  let area = 0
  boundaries.forEach((boundary, k) => {
    const box = boxes[k]!
    if (box[0] > maxX || box[2] < minX || box[1] > maxY || box[3] < minY) return
    let left: PlanRing = boundary
    for (let i = 0; i < cell.length && left.length > 0; i += 2) {
      const j = (i + 2) % cell.length
      left = clipRing(left, { x: cell[i]!, y: cell[i + 1]!, c: 0, gx: -(cell[j + 1]! - cell[i + 1]!), gy: cell[j]! - cell[i]! })
    }
    area += Math.abs(ringArea(left))
  })
  return area
}
