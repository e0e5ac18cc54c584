import type { JobControl } from '#shared/core/job.ts'
import type { AnalysisOutcome } from '#shared/hazards/analysis/outcome.ts'
import type { AnalysisParameters } from '#shared/hazards/analysis/parameters.ts'
import { runAnalysis } from '#shared/hazards/analysis/run-analysis.ts'
import type { AnalysisBaseline, AnalysisRefusal } from '#shared/hazards/analysis/subject.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { pressureOutcome } from './analysis-pressure-outcome.ts'

/** One analysis of a baseline with a scheme's proposals. */
export interface AnalysisTask {
  readonly proposals: readonly Proposal[]
  readonly parameters: AnalysisParameters
  readonly thisYear: number
}

/** To the worker: a baseline to keep, then analyses of it. */
export type AnalysisOrder = { readonly type: 'baseline'; readonly baseline: AnalysisBaseline } | { readonly type: 'run'; readonly task: AnalysisTask }

/** From the worker. */
export type AnalysisReport =
  | { readonly type: 'progress'; readonly fraction: number | null; readonly stage: string }
  | { readonly type: 'done'; readonly outcome: AnalysisOutcome }
  | { readonly type: 'refused'; readonly code: AnalysisRefusal | 'model_refused'; readonly details: Readonly<Record<string, string | number>> }
  | { readonly type: 'failed'; readonly message: string }

/** Runs one analysis where it stands. @throws AnalysisRefused; ModelRefused; CancelledError */
export function runAnalysisTask(baseline: AnalysisBaseline, { proposals, parameters, thisYear }: AnalysisTask, job: JobControl): Promise<AnalysisOutcome> | AnalysisOutcome {
  return parameters.method === 'pressure' ? pressureOutcome(baseline, proposals, parameters, job) : runAnalysis(baseline, proposals, parameters, thisYear, job)
}
