/**
 * Why an edit is refused. A refused edit changes nothing. Each code has a text under `scenario:rejection.<code>`
 * whose placeholders are the details.
 */
export const REJECTION_CODES = [
  'unknown_proposal', 'duplicate_id', 'invalid_id', 'index_out_of_range', 'too_few_vertices', 'too_many_vertices',
  'zero_length_part', 'name_taken',
  /** The document already is what the command asks for: no undo step is made. */
  'no_change',
] as const
export type RejectionCode = (typeof REJECTION_CODES)[number]

export interface Rejection {
  readonly code: RejectionCode
  readonly details: Readonly<Record<string, string | number>>
}

export const rejection = (code: RejectionCode, details: Rejection['details'] = {}): Rejection => ({ code, details })
