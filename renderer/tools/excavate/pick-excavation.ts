import { planeAt } from '#shared/geometry/plan-polygon.ts'
import { planIntervalIn } from '#shared/excavation/intervals.ts'
import type { CutSolid } from '#shared/excavation/cut-solid.ts'
import { along, meetLevel, type Ray } from '#renderer/scene/camera/pose.ts'
import type { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { excavationStore, isOpenAt } from '#renderer/state/scheme/excavation-store.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

/** The excavation seen at a place, and how far along the ray its floor or side is: what lies behind that is hidden by it. */
export interface ExcavationHit {
  readonly id: string
  readonly t: number
}

/** @param ray Local frame. */
export function pickExcavation(picker: ScenePicker, ray: Ray): ExcavationHit | null {
  const { results, stage } = excavationStore.getState()
  const ground = picker.model.groundRay?.(ray) ?? null
  for (const { excavation, solid } of results.values()) {
    if (!solid || !isOpenAt(excavation, stage)) continue
    const bottom = meetLevel(ray, solid.levelM)
    if (bottom && isOver(solid, bottom)) return { id: excavation.id, t: distanceTo(ray, bottom) }
    // Through the opening, onto a side.
    if (ground && isOver(solid, ground)) return { id: excavation.id, t: sideDistance(solid, ray, distanceTo(ray, ground)) }
  }
  return null
}

const distanceTo = (ray: Ray, point: Vec3): number => Math.hypot(point[0] - ray.origin[0], point[1] - ray.origin[1], point[2] - ray.origin[2]) / Math.hypot(...ray.direction)

/** Whether a point is in plan over the cut, and not under its floor. */
const isOver = ({ columns }: CutSolid, point: Vec3): boolean =>
  columns.some(({ ring, floor }) => planIntervalIn(ring, point, point) !== null && planeAt(floor, point[0], point[1]) <= point[2] + 1e-6)

const STEP_M = 0.25
const MOST_STEPS = 400

function sideDistance(solid: CutSolid, ray: Ray, from: number): number {
  for (let k = 1; k <= MOST_STEPS; k++) if (!isOver(solid, along(ray.origin, ray.direction, from + k * STEP_M))) return from + k * STEP_M
  return from
}
