import { outlineFrom } from '../geometry/plan-outline.ts'
import type { PlanPoint } from '../geometry/plan-polygon.ts'
import { trenchOutline } from '../geometry/trench-outline.ts'
import { findSoil } from '../twin/soils.ts'
import type { Excavation, ExcavationShape } from './document.ts'
import { TRENCH_POINT_LIMIT } from './excavation-schema.ts'
import { rejection, type Rejection } from './rejection.ts'

/** Most vertices of a bore's axis. */
const BORE_VERTEX_LIMIT = 10_000
/** Parts shorter than this are a second click on the same spot: metres. */
const MIN_PART_M = 0.001

/** Why this is no excavation anybody could dig, whatever the ground is; null where it may be one. */
export function refuseExcavation({ id, shape, bottom, soil, stage }: Excavation): Rejection | null {
  if (shape.type === 'bore' && bottom) return rejection('bottom_of_bore', { id })
  if (shape.type !== 'bore' && !bottom) return rejection('bottom_missing', { id })
  // A class by its id: names are for people and may be reworded.
  if (soil !== undefined && findSoil(soil)?.id !== soil) return rejection('unknown_soil', { id, soil })
  if (stage?.from !== undefined && stage.to !== undefined && stage.to < stage.from) return rejection('stage_ends_early', { id, from: stage.from, to: stage.to })
  return refuseShape(id, shape)
}

function refuseShape(id: string, shape: ExcavationShape): Rejection | null {
  if (shape.type === 'pit') return refuseOutline(id, shape.outline)
  const points: readonly (readonly number[])[] = shape.type === 'trench' ? shape.line : shape.axis
  const limit = shape.type === 'trench' ? TRENCH_POINT_LIMIT : BORE_VERTEX_LIMIT
  if (points.length < 2) return rejection('excavation_too_few_points', { id, count: points.length })
  if (points.length > limit) return rejection('excavation_too_many_points', { id, count: points.length, limit })
  for (let i = 1; i < points.length; i++) {
    if (Math.hypot(...points[i]!.map((value, k) => value - points[i - 1]![k]!)) < MIN_PART_M) return rejection('excavation_zero_length_part', { id, index: i + 1 })
  }
  if (shape.type === 'bore') return null
  return outlineFrom(trenchOutline(shape.line, shape.widthM)).ok ? null : rejection('trench_self_crossing', { id, width: shape.widthM })
}

function refuseOutline(id: string, points: readonly PlanPoint[]): Rejection | null {
  const outline = outlineFrom(points)
  return outline.ok ? null : rejection(outline.error.code, { id, ...outline.error.details })
}
