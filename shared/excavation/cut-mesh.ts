import type { GroundSampler } from '../twin/ground.ts'
import { clipRing, planeAt, ringArea, ringPlanes, clipToPlanes, type PlanPlane, type PlanRing } from '../geometry/plan-polygon.ts'
import { isVertical, profileBands } from './cut-profile.ts'
import type { CutSolid } from './cut-solid.ts'
import { floorPartition } from './floor-partition.ts'
import { groundRange, patchLevel, type GroundPatch } from './ground-patches.ts'
import { ringBox } from '../geometry/plan-box.ts'

/** A cut as drawn: triangles of its floor, sides and risers, and where the ground is gone. Frame of the solid, metres. */
export interface CutMesh {
  /** Three corners a triangle, [x, y, z, …], counter-clockwise seen from inside the cut. */
  readonly positions: readonly number[]
  /** Unit normals into the cut, one a corner. */
  readonly normals: readonly number[]
  /** Plan rings, convex, that together are the opening in the ground. */
  readonly openings: readonly PlanRing[]
}

/** Walls follow the ground in steps of about this length. */
const WALL_STEP_M = 1
/** Where no ground is known, walls are drawn this high. */
const WALL_WITHOUT_GROUND_M = 3
const LEVEL_SLACK_M = 1e-6

class MeshParts {
  readonly positions: number[] = []
  readonly normals: number[] = []
  readonly openings: PlanRing[] = []

  /** A convex ring on a plane, as a fan. */
  floor(ring: PlanRing, plane: PlanPlane): void {
    const length = Math.hypot(plane.gx, plane.gy, 1)
    const normal = [-plane.gx / length, -plane.gy / length, 1 / length]
    for (let i = 2; i + 3 < ring.length; i += 2) {
      for (const k of [0, i, i + 2]) {
        this.positions.push(ring[k]!, ring[k + 1]!, planeAt(plane, ring[k]!, ring[k + 1]!))
        this.normals.push(...normal)
      }
    }
    this.openings.push(ring)
  }

  /** An upright quad over a–b, seen from the left of a → b. */
  wall(a: readonly [number, number], b: readonly [number, number], low: number, highA: number, highB: number): void {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
    const length = Math.hypot(dx, dy)
    if (length === 0 || (highA <= low && highB <= low)) return
    const [topA, topB] = [Math.max(low, highA), Math.max(low, highB)]
    const corners = [[...a, low], [...a, topA], [...b, topB], [...a, low], [...b, topB], [...b, low]]
    for (const corner of corners) {
      this.positions.push(...corner)
      this.normals.push(-dy / length, dx / length, 0)
    }
  }
}

/** @param groundAt Level of the ground as drawn; null where there is none. */
export function cutMesh(solid: CutSolid, groundAt: GroundSampler | null): CutMesh {
  const { toe, toeParts, faces, profile, levelM, topM, ground } = solid
  const parts = new MeshParts()
  for (const { ring, floor } of floorPartition(toe, toeParts, faces, profile, levelM, topM - levelM)) {
    const range = ground && groundRange(ground, ringBox(ring))
    if (!ground || !range || range.minZ >= highestOf(ring, floor) - LEVEL_SLACK_M) parts.floor(ring, floor)
    else if (range.maxZ > lowestOf(ring, floor)) {
      const planes = ringPlanes(ring)
      ground.forEachIn(ringBox(ring), patch => {
        const overlap = clipToPlanes(patch.ring, planes)
        if (overlap.length >= 6 && Math.abs(ringArea(overlap)) > 1e-9) floorUnder(parts, overlap, floor, patch)
      })
    }
  }
  if (profile.slopeRatio === 0) addWalls(parts, solid, groundAt)
  return parts
}

const highestOf = (ring: PlanRing, plane: PlanPlane) => cornerLevels(ring, plane).reduce((a, b) => Math.max(a, b))
const lowestOf = (ring: PlanRing, plane: PlanPlane) => cornerLevels(ring, plane).reduce((a, b) => Math.min(a, b))
const cornerLevels = (ring: PlanRing, plane: PlanPlane) => Array.from({ length: ring.length / 2 }, (_, i) => planeAt(plane, ring[2 * i]!, ring[2 * i + 1]!))

/** The part of an overlap that is below ground; between corners the ground is taken as the plane through its middle. */
function floorUnder(parts: MeshParts, overlap: PlanRing, floor: PlanPlane, patch: GroundPatch): void {
  const [x, y] = [overlap.filter((_, i) => i % 2 === 0), overlap.filter((_, i) => i % 2 === 1)].map(values => values.reduce((a, b) => a + b) / values.length) as [number, number]
  const [gx, gy] = [patch.gx + patch.gxy * (y - patch.y), patch.gy + patch.gxy * (x - patch.x)]
  const below = clipRing(overlap, { x, y, c: patchLevel(patch, x, y) - planeAt(floor, x, y), gx: gx - floor.gx, gy: gy - floor.gy })
  if (below.length >= 6) parts.floor(below, floor)
}

/** Upright sides: along the toe, and at every step of a benched cut. */
function addWalls(parts: MeshParts, solid: CutSolid, groundAt: GroundSampler | null): void {
  const { toe, faces, profile, levelM, topM } = solid
  const top = solid.ground ? topM : levelM + WALL_WITHOUT_GROUND_M
  for (let i = 0; i < toe.length; i += 2) {
    const j = i + 2 === toe.length ? 0 : i + 2
    addWall(parts, [toe[i]!, toe[i + 1]!], [toe[j]!, toe[j + 1]!], levelM, profile.bench ? Math.min(top, levelM + profile.bench.everyM) : Infinity, top, groundAt)
  }
  if (isVertical(profile) || !profile.bench) return
  for (const { toM, heightM } of profileBands(profile, topM - levelM)) {
    const low = levelM + heightM
    for (const face of faces) {
      // The far edge of the bench, walked with the cut on its left as the toe is.
      const ring = face.ring(toM, toM)
      addWall(parts, [ring[2]!, ring[3]!], [ring[0]!, ring[1]!], low, low + profile.bench.everyM, top, groundAt)
    }
  }
}

function addWall(parts: MeshParts, a: readonly [number, number], b: readonly [number, number], low: number, high: number, top: number, groundAt: GroundSampler | null): void {
  const steps = Math.max(1, Math.min(400, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / WALL_STEP_M)))
  const at = (k: number): readonly [number, number] => [a[0] + (k / steps) * (b[0] - a[0]), a[1] + (k / steps) * (b[1] - a[1])]
  const levels = Array.from({ length: steps + 1 }, (_, k) => Math.min(high, groundAt?.(...at(k)) ?? top))
  for (let k = 0; k < steps; k++) parts.wall(at(k), at(k + 1), low, levels[k]!, levels[k + 1]!)
}

