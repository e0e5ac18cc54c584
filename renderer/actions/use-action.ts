import { useSyncExternalStore } from 'react'
import { findingsStore } from '../state/findings-store.ts'
import { jobsStore } from '../state/jobs-store.ts'
import { ledgerStore } from '../state/ledger-store.ts'
import { ownerStore } from '../state/owner-store.ts'
import { projectStore } from '../state/project-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'
import { sessionStore } from '../state/session-store.ts'
import type { AppAction } from './action.ts'
import { actionOf } from './app-actions.ts'

const stores = [projectStore, scenarioStore, sessionStore, findingsStore, jobsStore, ledgerStore, ownerStore]

const subscribe = (listener: () => void): (() => void) => {
  const stops = stores.map(store => store.subscribe(listener))
  return () => stops.forEach(stop => stop())
}

/** An action with whether it can run now; the component follows that. */
export function useAction(id: string): { readonly action: AppAction; readonly isEnabled: boolean } {
  const action = actionOf(id)
  return { action, isEnabled: useSyncExternalStore(subscribe, () => action.isEnabled()) }
}
