import { OUTLINE_PROBLEMS } from '../geometry/plan-outline.ts'

/**
 * Why an edit is refused. A refused edit changes nothing. Each code has a text under `scenario:rejection.<code>`
 * whose placeholders are the details.
 */
export const REJECTION_CODES = [
  'unknown_proposal', 'duplicate_id', 'invalid_id', 'index_out_of_range', 'too_few_vertices', 'too_many_vertices',
  'zero_length_part', 'name_taken',
  'unknown_excavation', ...OUTLINE_PROBLEMS, 'excavation_too_few_points', 'excavation_too_many_points', 'excavation_zero_length_part',
  'trench_self_crossing', 'bottom_missing', 'bottom_of_bore', 'unknown_soil', 'stage_ends_early',
  'unknown_removal', 'duplicate_removal', 'unknown_asset',
  /** The scheme was handed in: it goes back to the draft before it is changed. */
  'stage_locked',
  /** The document already is what the command asks for: no undo step is made. */
  'no_change',
] as const
export type RejectionCode = (typeof REJECTION_CODES)[number]

export interface Rejection {
  readonly code: RejectionCode
  readonly details: Readonly<Record<string, string | number>>
}

export const rejection = (code: RejectionCode, details: Rejection['details'] = {}): Rejection => ({ code, details })
