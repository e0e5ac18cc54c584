import { sessionStore } from '../state/session-store.ts'
import { canRedoTwin, canUndoTwin, redoTwin, undoTwin } from './ledger-actions.ts'
import { canRedo, canUndo, redo, undo } from './scenario-actions.ts'

/**
 * The twin and the schemes have a history each. One key serves both: what was changed last in this session is taken back
 * first, the other where that has nothing left.
 */
const isTwinFirst = (): boolean => sessionStore.getState().lastEdited === 'twin'

/** Whether undo, or redo, would be of the twin now. */
export const isTwinNext = (direction: 'undo' | 'redo'): boolean => {
  const [twin, scheme] = direction === 'undo' ? [canUndoTwin(), canUndo()] : [canRedoTwin(), canRedo()]
  return twin && (isTwinFirst() || !scheme)
}

export const canUndoAny = (): boolean => canUndo() || canUndoTwin()
export const canRedoAny = (): boolean => canRedo() || canRedoTwin()

export const undoLast = (): void | Promise<void> => (isTwinNext('undo') ? void undoTwin() : undo())
export const redoLast = (): void | Promise<void> => (isTwinNext('redo') ? void redoTwin() : redo())
