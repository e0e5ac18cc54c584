import { unattendedJob, type JobControl } from '../../core/job.ts'
import { convexParts } from '../../excavation/convex-parts.ts'
import { clipRing, ringArea, type PlanRing } from '../../geometry/plan-polygon.ts'
import { buildPointGrid, forEachPointNear } from '../../network/point-grid.ts'
import { type PlanBox, boxesMeet, ringBox } from '../../geometry/plan-box.ts'

/** Corners of the polygon a cell starts from; it has the area of the circle of the reach. */
const CORNERS = 36
const SAME_AREA = Math.sqrt((2 * Math.PI) / (CORNERS * Math.sin((2 * Math.PI) / CORNERS)))

/** The ground that drains to one inlet. */
export interface InletCell {
  readonly areaM2: number
  /** Its outlines, one per boundary it lies in; inlets at one place have the same. What others drain is not cut out of them. */
  readonly rings: readonly PlanRing[]
}

/**
 * The ground nearest to each inlet (Thiessen cells).
 * @param points [x, y, …] in plan, metres. Inlets at one place share their cell evenly.
 * @param reachM Ground farther than this from every inlet drains to none of them.
 * @param boundaries Rings (any simple polygon) that together limit what is drained, not overlapping; none for no limit.
 * @param taken Rings (any simple polygon, not overlapping) that drain elsewhere: their area is taken off.
 */
export function thiessenCells(points: readonly (readonly [number, number])[], reachM: number, boundaries: readonly PlanRing[], taken: readonly PlanRing[] = [], job: JobControl = unattendedJob): InletCell[] {
  const { sites, siteOf, shares } = distinct(points)
  const grid = buildPointGrid(Float64Array.from(sites.flatMap(([x, y]) => [x, y, 0])), Math.max(reachM, 1))
  /** By site: for which one it was met last; a point may come twice. */
  const metFor = new Int32Array(sites.length).fill(-1)
  const boxes = boundaries.map(ringBox)
  const parts = taken.flatMap(ring => convexParts(ringArea(ring) < 0 ? reversed(ring) : ring)).map(part => ({ part, box: ringBox(part) }))
  const cells = sites.map(([x, y], i): InletCell => {
    if (i % 256 === 0) {
      job.progress(i / sites.length, 'analyses:stage.overflow')
      job.throwIfCancelled()
    }
    let cell: PlanRing = circle(x, y, reachM)
    metFor[i] = i
    forEachPointNear(grid, x, y, x, y, 2 * reachM, other => {
      if (metFor[other] === i) return
      metFor[other] = i
      const [ox, oy] = sites[other]!
      // Points nearer to this inlet than to the other: on this side of the line half-way.
      if (Math.hypot(ox - x, oy - y) < 2 * reachM) cell = clipRing(cell, { x: (x + ox) / 2, y: (y + oy) / 2, c: 0, gx: x - ox, gy: y - oy })
    })
    const inside = (of: PlanRing): PlanRing[] => (boundaries.length === 0 ? [of] : within(of, boundaries, boxes))
    const rings = inside(cell)
    const box = ringBox(cell)
    const lost = parts.reduce((sum, one) => sum + (boxesMeet(box, one.box) ? areaOf(inside(clippedBy(one.part, cell))) : 0), 0)
    return { areaM2: Math.max(0, areaOf(rings) - lost), rings }
  })
  return points.map((_, p) => ({ areaM2: cells[siteOf[p]!]!.areaM2 / shares[siteOf[p]!]!, rings: cells[siteOf[p]!]!.rings }))
}

const areaOf = (rings: readonly PlanRing[]): number => rings.reduce((sum, ring) => sum + Math.abs(ringArea(ring)), 0)

const reversed = (ring: PlanRing): PlanRing => Array.from({ length: ring.length / 2 }, (_, i) => ring.length - 2 - 2 * i).flatMap(i => [ring[i]!, ring[i + 1]!])

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

/** Any simple ring cut by the edges of a convex one that runs counter-clockwise. */
function clippedBy(ring: PlanRing, convex: PlanRing): PlanRing {
  let left = ring
  for (let i = 0; i < convex.length && left.length > 0; i += 2) {
    const j = (i + 2) % convex.length
    left = clipRing(left, { x: convex[i]!, y: convex[i + 1]!, c: 0, gx: -(convex[j + 1]! - convex[i + 1]!), gy: convex[j]! - convex[i]! })
  }
  return left
}

/** The parts of a convex cell inside the boundaries: each boundary is clipped by the edges of the cell. */
function within(cell: PlanRing, boundaries: readonly PlanRing[], boxes: readonly PlanBox[]): PlanRing[] {
  if (cell.length < 6) return []
  const box = ringBox(cell)
  return boundaries.flatMap((boundary, k) => {
    if (!boxesMeet(boxes[k]!, box)) return []
    const left = clippedBy(boundary, cell)
    return left.length >= 6 ? [left] : []
  })
}
