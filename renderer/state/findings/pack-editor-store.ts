import { createStore } from 'zustand/vanilla'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'

export const PACK_TABS = ['horizontal', 'vertical', 'distance', 'cover', 'further', 'classes', 'tests', 'limits', 'findings'] as const
export type PackTab = (typeof PACK_TABS)[number]

/** Where one was in the rule packs, so that opening them again goes on there. Forgotten with the project. */
export interface PackEditorState {
  readonly packId: string | null
  readonly tab: PackTab
  /** States of own packs before and after the one shown, the nearest last. */
  readonly past: Readonly<Record<string, readonly RulePack[]>>
  readonly future: Readonly<Record<string, readonly RulePack[]>>
  /** The pack compared with, and what the two find. */
  readonly otherId: string | null
  readonly comparison: CallOutput<'check.compare'> | null
}

export const NO_PACK_EDITING: PackEditorState = { packId: null, tab: 'horizontal', past: {}, future: {}, otherId: null, comparison: null }

export const packEditorStore = createStore<PackEditorState>(() => NO_PACK_EDITING)
