import { createStore } from 'zustand/vanilla'
import type { QualityReport } from '#shared/quality/quality-report.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'

/** What was found out about the ledger, and the twin it was found out about: another twin makes it stale. */
export interface QualityState {
  readonly isRunning: boolean
  readonly result: { readonly report: QualityReport; readonly columns: AssetColumns } | null
}

export const qualityStore = createStore<QualityState>(() => ({ isRunning: false, result: null }))
