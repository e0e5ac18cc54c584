import { createStore } from 'zustand/vanilla'
import type { SlotAnswer } from '#shared/routing/free-slots.ts'

/** What free places are asked for beside the section and the line to lay: over what length, and how far aside. */
export interface SlotOptions {
  readonly lengthM: number
  readonly reachM: number
}

/** Free places of the section's line at a chainage, for the line that would be drawn next. */
export interface ShownSlots {
  readonly lineId: string
  readonly chainageM: number
  /** Null while they are looked for. */
  readonly answer: SlotAnswer | null
}

export interface SlotState {
  /** Whether free places are wanted in the cross-section. */
  readonly isOn: boolean
  readonly options: SlotOptions
  readonly shown: ShownSlots | null
}

export const slotStore = createStore<SlotState>(() => ({ isOn: false, options: { lengthM: 20, reachM: 8 }, shown: null }))
