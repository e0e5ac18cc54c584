import { sessionStore } from '../../state/app/session-store.ts'
import { canRedoTwin, canUndoTwin, redoTwin, undoTwin } from '../ledger/ledger-actions.ts'
import { canRedoOwners, canUndoOwners, redoOwners, undoOwners } from '../ledger/owner-actions.ts'
import { canRedo, canUndo, redo, undo } from './scenario-actions.ts'

/**
 * The schemes, the twin and the register of owners have a history each. One key serves them all: what was changed last in
 * this session is taken back first, the others where that has nothing left.
 */
const HISTORIES = {
  scheme: { undo: { can: canUndo, run: undo }, redo: { can: canRedo, run: redo } },
  twin: { undo: { can: canUndoTwin, run: undoTwin }, redo: { can: canRedoTwin, run: redoTwin } },
  owners: { undo: { can: canUndoOwners, run: undoOwners }, redo: { can: canRedoOwners, run: redoOwners } },
} as const
type HistoryName = keyof typeof HISTORIES

/** Whose history the next undo, or redo, would be of; null where there is nothing. */
export function nextHistory(direction: 'undo' | 'redo'): HistoryName | null {
  const order = [sessionStore.getState().lastEdited, 'scheme', 'twin', 'owners'] as const
  return order.find(name => HISTORIES[name][direction].can()) ?? null
}

export const canUndoAny = (): boolean => nextHistory('undo') !== null
export const canRedoAny = (): boolean => nextHistory('redo') !== null

export const undoLast = (): void => step('undo')
export const redoLast = (): void => step('redo')

function step(direction: 'undo' | 'redo'): void {
  const name = nextHistory(direction)
  if (name) void HISTORIES[name][direction].run()
}
