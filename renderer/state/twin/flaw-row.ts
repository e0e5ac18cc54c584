import type { TFunction } from 'i18next'
import { FLAW_CODES, FLAW_SEVERITY, type FlawCode, type FlawSeverity, type QualityReport } from '#shared/quality/quality-report.ts'
import { figure } from '../../i18n/format.ts'

/** A flaw as people read it. */
export interface FlawRow {
  /** Its place in the report. */
  readonly index: number
  readonly code: FlawCode
  readonly severity: FlawSeverity
  readonly asset: number
  readonly other: number | null
  readonly detail: string
}

export function flawRow({ flaws }: QualityReport, index: number, t: TFunction): FlawRow {
  const code = FLAW_CODES[flaws.code[index]!]!
  const value = flaws.value[index]!
  return {
    index, code, severity: FLAW_SEVERITY[code], asset: flaws.asset[index]!, other: flaws.other[index]! < 0 ? null : flaws.other[index]!,
    detail: t(`quality:detail.${code}`, { m: figure(value, 3), mm: figure(1000 * value, 0) }),
  }
}
