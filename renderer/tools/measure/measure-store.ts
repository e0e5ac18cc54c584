import { createStore } from 'zustand/vanilla'
import type { MeasuredPoint } from './measure-figures.ts'

/** The measurement under way: one point set, then both; `cursor` is what a click would take. */
export interface MeasureState {
  readonly first: MeasuredPoint | null
  readonly second: MeasuredPoint | null
  readonly cursor: MeasuredPoint | null
}

export const measureStore = createStore<MeasureState>(() => ({ first: null, second: null, cursor: null }))
export const clearMeasure = (): void => measureStore.setState({ first: null, second: null, cursor: null })
