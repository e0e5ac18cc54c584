import type { Selection, SessionState } from './session-store.ts'

/** Selects what was pointed at; of a line the profile and the cross-section go to the place. @param at Local frame. */
export const selectedAt = (selection: Selection, [x, y]: readonly number[]): Pick<SessionState, 'selection'> & Partial<Pick<SessionState, 'cut'>> =>
  selection.type === 'asset' || selection.type === 'proposal' ? { selection, cut: { lineIds: [selection.id], at: [x!, y!] } } : { selection }
