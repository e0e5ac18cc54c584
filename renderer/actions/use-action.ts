import { useSyncExternalStore } from 'react'
import { findingsStore } from '../state/findings/findings-store.ts'
import { jobsStore } from '../state/app/jobs-store.ts'
import { ledgerStore } from '../state/twin/ledger-store.ts'
import { ownerStore } from '../state/twin/owner-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore } from '../state/app/session-store.ts'
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
