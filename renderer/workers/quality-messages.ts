import type { QualityInput, QualityReport } from '#shared/quality/quality-report.ts'

export type QualityRequest = QualityInput

export type QualityAnswer =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly report: QualityReport }
  | { readonly type: 'failed' }
