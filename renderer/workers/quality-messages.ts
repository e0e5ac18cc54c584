import type { PackedContext } from '#shared/twin/twin-context.ts'
import type { QualityInput, QualityReport } from '#shared/quality/quality-report.ts'

export type QualityRequest = Omit<QualityInput, 'nodes' | 'ground' | 'surfaceFeatures' | 'blocks'> & { readonly context: PackedContext }

export type QualityAnswer =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly report: QualityReport }
  | { readonly type: 'failed' }
