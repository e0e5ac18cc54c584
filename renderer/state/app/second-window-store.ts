import { createStore } from 'zustand/vanilla'

/** What can stand in a window of its own, on the second screen. */
export const SECOND_WINDOWS = ['presenter', 'plan', 'profile', 'section'] as const
export type SecondWindowId = (typeof SECOND_WINDOWS)[number]

/** Windows that are open now. They show part of this page: same stores, same process; they close with it. */
export interface SecondWindowsState {
  readonly open: Readonly<Partial<Record<SecondWindowId, Window>>>
}

export const secondWindowsStore = createStore<SecondWindowsState>(() => ({ open: {} }))
