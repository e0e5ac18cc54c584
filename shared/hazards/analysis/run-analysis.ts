import type { JobControl } from '../../core/job.ts'
import { gasOutcome } from './gas-method.ts'
import { collapseOutcome } from './ground-methods.ts'
import { lifelineOutcome } from './lifeline-method.ts'
import { burstOutcome, traceOutcome } from './network-methods.ts'
import type { AnalysisOutcome } from './outcome.ts'
import { overflowOutcome } from './overflow-method.ts'
import type { AnalysisParameters } from './parameters.ts'
import { connectivityOutcome, flowOutcome } from './structure-methods.ts'
import { analysisSubject, isEmpty, type AnalysisBaseline, type SchemeChanges } from './subject.ts'

/**
 * Runs one method on a baseline with a scheme in it. Pressures are the hydraulic engine's, digs
 * come with a sheet, SWMM with a model, what is in doubt is asked of the rules: these are not here.
 * @param thisYear For ages: the result depends on it.
 * @throws AnalysisRefused the question makes no sense here. @throws CancelledError
 */
export function runAnalysis(baseline: AnalysisBaseline, scheme: SchemeChanges, parameters: Exclude<AnalysisParameters, { method: 'pressure' | 'dig' | 'holes' | 'shift' | 'swmm' }>, thisYear: number, job: JobControl): AnalysisOutcome {
  const subject = analysisSubject(baseline, scheme)
  switch (parameters.method) {
    case 'burst': return burstOutcome(subject, parameters, job)
    case 'connectivity': return connectivityOutcome(subject, parameters, job)
    case 'trace': return traceOutcome(subject, parameters, job)
    case 'flow': return flowOutcome(subject, parameters, job)
    case 'gas': return gasOutcome(subject, parameters, job)
    case 'overflow': return overflowOutcome(subject, parameters, job)
    case 'collapse': return collapseOutcome(subject, parameters, thisYear, job)
    case 'lifeline': return lifelineOutcome(baseline, isEmpty(scheme) ? null : subject, parameters, thisYear, job)
  }
}
