import { createStore } from 'zustand/vanilla'
import type { CollectionName, StoredRecord } from '#shared/register/collections.ts'

/** The project's records as the host keeps them (shared/register), by collection and id. */
export type RegisterState = { readonly [N in CollectionName]: Readonly<Record<string, StoredRecord<N>>> }

const EMPTY: RegisterState = { views: {}, findingStates: {}, findingFilters: {}, decisions: {}, rulePacks: {}, schemeStages: {}, queries: {}, checkJobs: {}, ignoreRules: {}, completeness: {}, pictures: {}, catchments: {}, lifeline: {}, owners: {}, lineTemplates: {}, routeCosts: {} }
export const registerStore = createStore<RegisterState>(() => EMPTY)

/** Another project, or none: its records in place of all others. */
export function showRecords(records: readonly StoredRecord[]): void {
  registerStore.setState(records.reduce(withRecord, EMPTY), true)
}

/** Takes over what became of some records. */
export function mergeRecords(records: readonly StoredRecord[], removed: readonly { readonly collection: CollectionName; readonly id: string }[]): void {
  registerStore.setState(state => removed.reduce(withoutRecord, records.reduce(withRecord, state)), true)
}

const withRecord = (state: RegisterState, record: StoredRecord): RegisterState => ({ ...state, [record.collection]: { ...state[record.collection], [record.id]: record } })

function withoutRecord(state: RegisterState, { collection, id }: { readonly collection: CollectionName; readonly id: string }): RegisterState {
  return { ...state, [collection]: Object.fromEntries(Object.entries(state[collection]).filter(([other]) => other !== id)) }
}
