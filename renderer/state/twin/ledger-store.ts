import { createStore } from 'zustand/vanilla'
import { EVERYTHING, type AssetQuery } from '#shared/ledger/asset-query.ts'
import type { TwinEdit } from '#shared/ledger/twin-edit.ts'

/** What the ledger lists, and the recorded changes of the twin it stands on. */
export interface LedgerState {
  readonly query: AssetQuery
  /** Recorded changes, newest first. */
  readonly edits: readonly TwinEdit[]
  /** True while a change of the twin is on its way: the next one waits. */
  readonly isChanging: boolean
}

export const EMPTY_LEDGER: LedgerState = { query: EVERYTHING, edits: [], isChanging: false }
export const ledgerStore = createStore<LedgerState>(() => EMPTY_LEDGER)

/** What undo would take back next, and redo do again; null where there is nothing. */
export const nextUndo = ({ edits }: LedgerState): TwinEdit | null => edits.find(({ state }) => state === 'done') ?? null
export const nextRedo = ({ edits }: LedgerState): TwinEdit | null => edits.findLast(({ state }) => state === 'undone') ?? null
