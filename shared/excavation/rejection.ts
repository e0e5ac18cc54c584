import { OUTLINE_PROBLEMS } from '../geometry/plan-outline.ts'

/**
 * Why an excavation cannot be computed. Nothing is repaired in silence: a planner who drew a crossing outline wants to
 * know it. Each code has a text whose placeholders are the details.
 */
export const EXCAVATION_REJECTION_CODES = [
  ...OUTLINE_PROBLEMS, 'depth_not_positive', 'level_not_finite', 'slope_out_of_range', 'bench_out_of_range', 'structures_out_of_range',
  'no_ground', 'no_ground_for_slope', 'above_ground',
] as const
export type ExcavationRejectionCode = (typeof EXCAVATION_REJECTION_CODES)[number]

export interface ExcavationRejection {
  readonly code: ExcavationRejectionCode
  readonly details: Readonly<Record<string, string | number>>
}

export const excavationRejection = (code: ExcavationRejectionCode, details: ExcavationRejection['details'] = {}): ExcavationRejection => ({ code, details })
