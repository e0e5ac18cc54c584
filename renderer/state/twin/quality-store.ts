import { createStore } from 'zustand/vanilla'
import { FLAW_CODES, FLAW_SEVERITY, type FlawCode, type FlawSeverity, type QualityReport } from '#shared/quality/quality-report.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'

/** Which flaws are listed. */
export interface FlawFilter {
  readonly severity: FlawSeverity | 'all'
  readonly code: FlawCode | 'all'
}

/** What was found out about the ledger, and the twin it was found out about: another twin makes it stale. */
export interface QualityState {
  readonly isRunning: boolean
  readonly result: { readonly report: QualityReport; readonly columns: AssetColumns } | null
  readonly filter: FlawFilter
  /** The list of flaws is open: they are marked on the map. */
  readonly isListOpen: boolean
  /** The flaw somebody looks at: its place in the report. */
  readonly openFlaw: number | null
}

export const qualityStore = createStore<QualityState>(() => ({ isRunning: false, result: null, filter: { severity: 'all', code: 'all' }, isListOpen: false, openFlaw: null }))

const SEVERITY_ORDER: readonly FlawSeverity[] = ['error', 'warning', 'info']

/** Flaws that pass a filter, the gravest first. */
export function listedFlaws({ flaws }: QualityReport, { severity, code }: FlawFilter): number[] {
  const codeOf = (flaw: number): FlawCode => FLAW_CODES[flaws.code[flaw]!]!
  const rank = (flaw: number) => SEVERITY_ORDER.indexOf(FLAW_SEVERITY[codeOf(flaw)])
  return Array.from({ length: flaws.count }, (_, flaw) => flaw)
    .filter(flaw => (code === 'all' || codeOf(flaw) === code) && (severity === 'all' || FLAW_SEVERITY[codeOf(flaw)] === severity))
    .sort((a, b) => rank(a) - rank(b) || a - b)
}
