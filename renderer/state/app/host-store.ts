import { createStore } from 'zustand/vanilla'
import type { CallOutput } from '#shared/contract/contract.ts'

export type HostInfo = CallOutput<'app.info'>
export type RecentFile = CallOutput<'project.recent'>['files'][number]
export type RulePackTitle = CallOutput<'rules.list'>['packs'][number]

/** What the host is and offers; learnt at boot, and what changes of it when a project is opened or closed. */
export interface HostState {
  readonly info: HostInfo | null
  readonly recent: readonly RecentFile[]
  readonly packs: readonly RulePackTitle[]
}

export const hostStore = createStore<HostState>(() => ({ info: null, recent: [], packs: [] }))
