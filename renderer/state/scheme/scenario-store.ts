import { createStore } from 'zustand/vanilla'
import type { ScenarioDocument } from '#shared/scenario/document.ts'

/** One scheme as the interface holds it: edits apply here at once, `pending` of them are not yet durable on the host. */
export interface ScenarioState {
  readonly document: ScenarioDocument
  readonly revision: number
  readonly pending: number
  readonly undoLabel: string | null
  readonly redoLabel: string | null
}

export interface ScenariosState {
  /** Scheme being worked on; null while only the baseline is looked at. */
  readonly activeId: string | null
  readonly byId: Readonly<Record<string, ScenarioState>>
  /** Order of the list. */
  readonly order: readonly string[]
}

export const scenarioStore = createStore<ScenariosState>(() => ({ activeId: null, byId: {}, order: [] }))

export const activeScenario = (state: ScenariosState): ScenarioState | null =>
  state.activeId === null ? null : (state.byId[state.activeId] ?? null)

/** Edits sent but not yet acknowledged as durable, over all schemes: the status bar's save state. */
export const pendingEdits = (state: ScenariosState): number =>
  Object.values(state.byId).reduce((sum, scenario) => sum + scenario.pending, 0)
